import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { openBrowser, openScreen } from '../console/browser.ts'

/** Until what the enforcer does is seen; the machine may be busy. */
const ENFORCED_MS = 60_000

/**
 * What a newcomer does, without a mouse: in by the link that was printed, to the personal data that goes in clear text, why
 * that is, a rule against it that is tried, applied and enforced, until it is seen to be blocked, and a case opened from that.
 *
 * @param demo what `npm start -- --demo` has printed so far
 */
export async function journey(t: TestContext, demo: { output: string }): Promise<void> {
  const { page, complaints } = await openScreen(await openBrowser(t), '')
  await logIn(page, demo.output)
  await findClearText(page)
  await tryAndApply(page)
  for (const group of ['nv.clinic-api.default', 'nv.clinic-partner.default']) await protect(page, group)
  await seeBlocked(page)
  await openCase(page)
  assert.deepEqual(complaints, [])
}

async function logIn(page: Page, output: string): Promise<void> {
  const [link] = /https:\/\/127\.0\.0\.1:\d+\/login#\S+/.exec(output) ?? assert.fail(output)
  await page.goto(link)
  await press(page, page.getByRole('button', { name: 'Log in', exact: true }))
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
}

async function findClearText(page: Page): Promise<void> {
  await goTo(page, 'overview', 'Overview')
  await page.getByText('Is personal data sent in clear text?').waitFor()
  await press(page, page.getByRole('link', { name: 'clinic-api to clinic-partner, HTTP' }).first())
  const drawer = page.getByRole('dialog', { name: 'clinic-api → clinic-partner' })
  await drawer.getByText('clear text').waitFor()
  await drawer.getByText('Latest, masked').first().waitFor()
  await press(page, drawer.getByRole('link', { name: 'Make a rule for it' }))
}

async function tryAndApply(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: 'New rule' })
  await tabTo(page, form.getByLabel('It is'))
  await page.keyboard.press('d')
  await tabTo(page, form.getByLabel('Applications'))
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  // By its port alone: connections that are there already are decided by no more than that.
  await tabTo(page, form.getByLabel('Ports'))
  await page.keyboard.type('tcp/80')
  await press(page, form.getByRole('button', { name: 'Try it' }))
  await form.getByText(/It would have blocked [\d,]+ connections? of 2 workloads/).waitFor()
  await form.getByText('denied by the rule that is tried').first().waitFor()
  await tabTo(page, form.getByRole('textbox', { name: /^Why/ }))
  await page.keyboard.type('health data in clear text')
  await page.keyboard.press('Enter')
  await form.getByText('Version 1 holds').waitFor()
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
}

async function protect(page: Page, group: string): Promise<void> {
  await goTo(page, `group ${group}`, group)
  const drawer = page.getByRole('dialog', { name: group })
  await tabTo(page, drawer.getByLabel('Network'))
  await page.keyboard.press('p')
  await drawer.getByText(/it would have blocked/).waitFor()
  await press(page, drawer.getByRole('button', { name: 'Set network to Protect, processes to Discover' }))
  await drawer.getByText(/Version \d holds/).waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
}

async function seeBlocked(page: Page): Promise<void> {
  await goTo(page, 'screen events', 'Events')
  await tabTo(page, page.getByLabel('Kind of event'))
  await page.keyboard.press('n') // One letter: what is typed slowly is taken for the beginnings of several.
  await page.waitForURL(/kind=violations/)
  await page.getByRole('cell', { name: 'blocked', exact: true }).first().waitFor({ timeout: ENFORCED_MS })
  const row = page.getByRole('row').filter({ hasText: 'blocked' }).first()
  assert.match(await row.innerText(), /:80\b/)
  // Whichever it is: the list is renewed while one goes there.
  await tabToOne(page, /^Why: /)
  await page.keyboard.press('Enter')
}

async function openCase(page: Page): Promise<void> {
  const drawer = page.getByRole('dialog')
  await drawer.getByText('Rule that decided', { exact: true }).waitFor()
  await press(page, drawer.getByRole('link', { name: 'Open a case from this' }))
  const form = page.getByRole('dialog', { name: 'Open a case' })
  await press(page, form.getByRole('button', { name: 'Open the case' }))
  await page.waitForURL(/\/incidents\/case-/)
  await page.getByText('when the breach began').first().waitFor()
}

/** With the palette, by what is typed. */
async function goTo(page: Page, typed: string, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const found = page.getByRole('combobox', { name: /Go to/ })
  await found.waitFor()
  await page.keyboard.type(typed)
  await page.getByRole('option', { name: new RegExp(`^${name}`), selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await found.waitFor({ state: 'detached' })
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** More are not on a way that somebody goes. */
const mostTabs = 150

/** For the page, whose types are not those of the tests. */
const hasFocus = (element: { ownerDocument?: { activeElement: unknown } }) =>
  element.ownerDocument?.activeElement === element

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let i = 0; i < mostTabs && !(await target.evaluate(hasFocus)); i++) await page.keyboard.press('Tab')
  assert.ok(await target.evaluate(hasFocus), 'it is reached with the Tab key')
}

/** To any that is called so. */
async function tabToOne(page: Page, label: RegExp): Promise<void> {
  for (let i = 0; i < mostTabs; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(`document.activeElement?.getAttribute('aria-label') ?? ''`)
    if (label.test(focused)) return
  }
  assert.fail(`${label} is reached with the Tab key`)
}
