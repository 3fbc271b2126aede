import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { fileOfPackets } from '../../src/capture/fixtures.ts'
import { sampleViolation } from '../records.ts'
import { cannotBrowse, loadAxe, openScreen } from './browser.ts'
import { hostile } from './clinic.ts'
import { enter, type Opened, openConsole } from './opened-console.ts'

/* The console as people use it: the built one, served by the controller, in Chromium, with what an enforcer told. */

const password = 'a sentence that nobody else has'

/** For the page, whose types are not those of the tests. */
const hasFocus = (element: { ownerDocument?: { activeElement: unknown } }) =>
  element.ownerDocument?.activeElement === element

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** Each screen with what shows that it is there. */
const screens: [path: string, text: RegExp][] = [
  ['/', /Is personal data sent in clear text\?/],
  ['/', /no attack and no threat was seen/],
  ['/flows', /6 of 6 data flows/],
  ['/flows?view=map', /laboratory/],
  ['/flows?find=postgres', /1 of 6 data flows/],
  ['/flows?view=declared', /not as declared or not as they should be/],
  ['/flows?view=partners', /No partner is declared/],
  ['/flows?view=differences', /Drafts of what was observed and declared/],
  ['/events', /sql.column diagnosis/],
  ['/events?search=postgresql&last=day', /2 of 2 events/],
  ['/events?kind=coverage', /the ring was full/],
  ['/events?kind=processes', /No program was decided about/],
  ['/events?kind=violations', /no rule allows it/],
  ['/network?view=captures&workload=docker:web', /Which packets/],
  ['/network?view=captures&file=run-0-c1', /Show the packets/],
  ['/account', /Set a password/],
]

/** A file of packets that was recorded because of the connection that is not allowed. */
function keepPackets({ api: { controller } }: Opened): void {
  const since = new Date(Date.now() - 60_000).toISOString()
  const finding = { type: 'violation', id: sampleViolation().recordId, name: 'not allowed' }
  const about = { workload: 'docker:api', since, headersOnly: false, finding }
  const data = Buffer.from(fileOfPackets([Buffer.from('GET /patients')])).toString('base64')
  controller.captures?.take('node', {
    ...{ file: 'run-0-c1', part: 0, isLast: true, data, about },
    ...{ packets: 1, dropped: 0 },
  })
}

test('the console', { skip: cannotBrowse }, async (t) => {
  /** Nobody has a password there, so that each may come in by a link. */
  const opened = await openConsole(t, { captures: 'payload' })
  keepPackets(opened)

  await t.test(
    'a newcomer comes in by the link, sets a password, and finds the personal data that goes in clear text',
    async (t) => {
      const opened = await openConsole(t)
      const { page, complaints } = await openScreen(opened.browser, opened.api.url)
      await page.goto(`/login#${opened.link}`)
      await page.getByText('This link logs you in, once.').waitFor()
      assert.equal(new URL(page.url()).hash, '', 'the secret does not stay in the address')
      await page.getByRole('button', { name: 'Log in', exact: true }).click()
      await page.getByLabel(/New password/).fill(password)
      await page.getByRole('button', { name: 'Set password' }).click()
      await page.getByText('The password is set').waitFor()
      await page.getByRole('link', { name: 'Overview' }).click()
      await page.getByText('Yes: 60 values in 4 data flows.').waitFor()
      await page.getByRole('link', { name: 'api to db, PostgreSQL' }).click()
      const drawer = page.getByRole('dialog', { name: 'api → db' })
      await drawer.getByText('sql.column diagnosis').waitFor()
      await drawer.getByRole('link', { name: 'All findings of this kind' }).first().click()
      await page.getByText('sql.column diagnosis').waitFor()
      assert.deepEqual(complaints, [])
      const other = await openScreen(opened.browser, opened.api.url)
      await other.page.goto('/flows?transport=clear')
      await other.page.getByLabel('Name').fill('admin')
      await other.page.getByLabel('Password').fill(password)
      await other.page.getByRole('button', { name: 'Log in', exact: true }).click()
      await other.page.getByText('4 of 6 data flows').waitFor()
      assert.equal(new URL(other.page.url()).search, '?transport=clear', 'where one wanted to go')
    },
  )

  await t.test(
    'without a mouse: to the data flows, into one, out again, and back to where one was',
    async () => {
      const { page } = await enter(opened)
      await page.goto('/flows')
      await page.getByText('6 of 6 data flows').waitFor()
      const why = page.getByRole('button', { name: 'Why: api to db, PostgreSQL' })
      for (let i = 0; i < 40 && !(await why.evaluate(hasFocus)); i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      assert.ok(await why.evaluate(hasFocus), 'the focus is back')
    },
  )

  await t.test('a line of the map opens by key what the table has', async () => {
    const { page } = await enter(opened)
    await page.goto('/flows?view=map&find=postgres')
    const line = page.getByRole('group', { name: /api to db, PostgreSQL, clear text: health, contact/ })
    await line.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'api → db' }).waitFor()
  })

  await t.test(
    'what is shown is in the address: back, forward and a copied link give the same view',
    async () => {
      const { page, context } = await enter(opened)
      await page.goto('/flows')
      await page.getByLabel('Personal data').selectOption('health')
      await page.getByText('1 of 6 data flows').waitFor()
      await page.getByRole('button', { name: /^Why: / }).click()
      await page.getByRole('dialog').waitFor()
      const copied = page.url()
      await page.goBack()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.goBack()
      await page.getByText('6 of 6 data flows').waitFor()
      await page.goForward()
      await page.getByText('1 of 6 data flows').waitFor()
      const other = await context.newPage()
      await other.goto(copied)
      await other.getByRole('dialog', { name: 'api → db' }).waitFor()
    },
  )

  await t.test(
    'no screen has a fault that axe finds, nor scrolls sideways, and what traffic named is text in it',
    async () => {
      const { page, complaints } = await enter(opened)
      const problems = await loadAxe(page)
      for (const [path, text] of screens) {
        await page.setViewportSize({ width: 1280, height: 800 })
        // As a link does: the document stays, and axe in it.
        await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
        await page.getByText(text).first().waitFor()
        assert.deepEqual(await problems(), [], path)
        await page.setViewportSize({ width: 320, height: 640 })
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        assert.ok(over <= 0, `${path} is ${over} px wider than 320 px`)
        assert.doesNotMatch(await page.innerText('body'), /\u202e/, path)
      }
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto('/flows')
      await page.getByRole('button', { name: /^Why: api to ">/ }).click()
      const shown = await page.getByRole('dialog').innerText()
      assert.ok(shown.includes(hostile.replace('\u202e', '⟨U+202E⟩')), shown)
      assert.equal(await page.evaluate(`'broken' in window`), false)
      assert.equal(await page.locator('img').count(), 0)
      assert.deepEqual(complaints, [], 'nothing goes against the content security policy')
    },
  )

  await t.test('events are searched, counted and narrowed by what there is and when it was', async () => {
    const { page } = await enter(opened)
    await page.goto('/events')
    await page.getByText('5 of 5 events').waitFor()
    await page.getByRole('button', { name: 'PostgreSQL', exact: true }).click()
    await page.getByText('2 of 2 events').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('application'), 'PostgreSQL')
    await page.getByLabel('Words').fill('diagnosis')
    await page.getByText('1 of 1 events').waitFor()
    await page.getByText('As a table').click()
    await page.getByRole('row', { name: / 1$/ }).getByRole('button').click()
    await page.waitForURL(/since=.*until=/)
    await page.getByText('1 of 1 events').waitFor()
    await page.getByLabel('Words').fill('nothing-such')
    await page.getByText('No personal data was found that is as the filters ask.').waitFor()
  })

  await t.test('the packets of an event are opened with a reason, which is on record', async () => {
    const { page } = await enter(opened)
    await page.goto('/events?kind=violations')
    await page.getByRole('button', { name: /^Why: / }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('Rule that decided', { exact: true }).waitFor()
    await drawer.getByText('All that is known of it').click()
    await drawer.getByText('recordId').waitFor()
    await drawer.getByRole('button', { name: 'Packets run-0-c1' }).click()
    await drawer.getByLabel(/Why they are opened/).fill('case 7')
    await drawer.getByRole('button', { name: 'Show the packets' }).click()
    await drawer.getByText('1. 10.0.0.1:40000 → 10.0.0.2:80 tcp PSH ACK').click()
    await drawer.getByText('GET /patie').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      drawer.getByRole('link', { name: 'Download as pcapng' }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'run-0-c1.pcapng')
    const { items } = await opened.api.store.audit.list({ limit: 9, action: 'capturePackets' })
    assert.deepEqual(
      items.map(({ target, reason }) => [target, reason]),
      [['run-0-c1', 'case 7']],
    )
  })

  await t.test('what is new is shown as it happens, and not while it is paused', async () => {
    const { page } = await enter(opened)
    await page.goto('/events')
    await page.getByRole('button', { name: '● Live: pause' }).waitFor()
    await opened.api.controller.reportGap({ reason: 'test', detail: 'nothing was seen for a moment' })
    await page.goto('/events?kind=coverage')
    await page.getByText('nothing was seen for a moment').waitFor()
    await page.getByRole('button', { name: '● Live: pause' }).waitFor()
    await opened.api.controller.reportGap({ reason: 'test', detail: 'and for another' })
    await page.getByText('and for another').waitFor()
    await page.getByRole('button', { name: '● Live: pause' }).click()
    await page.getByRole('button', { name: /Paused/ }).waitFor()
  })

  await t.test('a session that ends leads to the log-in', async () => {
    const { page } = await enter(opened)
    await page.goto('/events?kind=coverage')
    await page.getByText('the ring was full').waitFor()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in', exact: true }).waitFor()
    await page.goto('/')
    await heading(page, 'Pavise').waitFor()
    assert.equal(new URL(page.url()).pathname, '/login')
  })

  await t.test('the first load is less than 100 kB of script', async () => {
    const { api } = opened
    const html = (await api.ask('/login', { token: null })).text
    let bytes = 0
    for (const [, path] of html.matchAll(/src="(\/assets\/[^"]+\.js)"/g)) {
      const { headers } = await api.ask(path, { token: null, headers: { 'accept-encoding': 'br' } })
      assert.equal(headers['content-encoding'], 'br')
      bytes += Number(headers['content-length'])
    }
    assert.ok(bytes > 10_000 && bytes < 100_000, `${bytes} bytes`)
  })
})
