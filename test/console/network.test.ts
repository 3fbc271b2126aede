import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { GivenRule } from '../../src/controller/policy/user-rules.ts'
import { eventually } from '../controller/fixture.ts'
import { cannotBrowse, loadAxe } from './browser.ts'
import { hostile } from './clinic.ts'
import { enter, enterAs, openConsole, type Opened } from './opened-console.ts'

/* The network, and the page of a workload: looked at, tried, changed and taken back, through the real API. */

const file = `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: nv.db.clinic, namespace: clinic}
spec:
  target:
    selector: {name: nv.db.clinic, criteria: [{key: service, op: =, value: db.clinic}, {key: domain, op: =, value: clinic}]}
  ingress:
  - {name: api, action: allow, applications: [PostgreSQL], ports: any, selector: {name: nv.api.clinic}}
`

const encryptedOnly: GivenRule = {
  ...{ from: 'nv.web.clinic', to: 'nv.api.clinic', action: 'allow', priority: 0 },
  ...{ applications: ['HTTP'], ports: '', requirements: { encryption: { minimumTlsVersion: 'TLSv1.2' } } },
}

/** Rules of a file and of a user, and a workload that is cut off. */
async function withPolicy({ api: { controller } }: Opened): Promise<void> {
  const { policy, quarantine } = controller
  const by = { author: 'ada', reason: 'no clear text' }
  await policy.apply({ ...by, texts: [{ name: 'db.yaml', text: file }], only: false, dryRun: false })
  await policy.edit({ ...by, edits: { add: [encryptedOnly] }, dryRun: false })
  await quarantine.add('docker:lab', 'it scans others')
}

/** Each view with what shows that it is there. */
const views: [path: string, text: RegExp][] = [
  ['/network', /What goes between them/],
  ['/network?namespace=clinic', /partner\.example/],
  ['/network?view=groups', /New services are in Discover/],
  ['/network?view=groups&group=nv.api.clinic', /Change its modes/],
  ['/network?view=rules', /version 2 by/],
  ['/network?view=rules&rule=user%2F2.1', /encrypted, TLS 1\.2 or newer/],
  ['/network?view=rules&rule=new&from=nv.web.clinic&to=nv.api.clinic&tls=any&data=allowed', /Categories/],
  [
    '/network?view=rules&rule=new&from=nv.api.clinic&to=nv.db.clinic&action=deny&priority=9&try=yes',
    /would have blocked/,
  ],
  ['/network?view=review', /Nothing is left to look at|0 chosen/],
  ['/network?view=simulate', /would have blocked/],
  ['/network?view=history&version=2', /What it changed/],
  ['/network?view=quarantine&workload=docker%3Aweb', /it scans others/],
  ['/workload?id=docker%3Aapi', /Personal data through it/],
  ['/workload?id=docker%3Alab', /It is cut off/],
]

/** By how many pixels the page, or a drawer in it, is wider than there is room for. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(`Math.max(...[document.documentElement, ...document.querySelectorAll('dialog[open]')]
    .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))`)
}

/** Goes on within the page, as a link does: what is loaded stays. */
async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
}

suite('the network in the console', { skip: cannotBrowse }, () => {
  test('no view has a fault that axe finds, in light and in dark, nor scrolls sideways when narrow', async (t) => {
    const opened = await openConsole(t)
    await withPolicy(opened)
    const { page, complaints } = await enter(opened)
    const problems = await loadAxe(page)
    for (const [path, text] of views) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await visit(page, path)
      await page.getByText(text).first().waitFor()
      assert.deepEqual(await problems(), [], path)
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 640 })
        assert.ok((await overhang(page)) <= 0, `${path} scrolls sideways at ${width} px`)
      }
      assert.doesNotMatch(await page.innerText('body'), /\u202e/)
    }
    assert.equal(await page.evaluate(`'broken' in window`), false, hostile)
    assert.deepEqual(complaints, [], 'nothing goes against the content security policy')
  })

  test('a rule is made of a flow, tried, applied, seen in the history and taken back, without a mouse', async (t) => {
    const opened = await openConsole(t)
    const { page } = await enter(opened)
    await visit(page, '/flows?find=iban')
    await press(page, 'button', /^Why: web to api/)
    await press(page, 'link', 'Allow it encrypted only')
    const form = page.getByRole('dialog', { name: 'New rule' })
    await form.getByLabel('Encryption').waitFor()
    assert.deepEqual(
      await Promise.all(
        ['From group', 'To group', 'Encryption'].map((name) => form.getByLabel(name).inputValue()),
      ),
      ['nv.web.clinic', 'nv.api.clinic', 'any'],
    )
    await press(page, 'button', 'Try it')
    await form.getByText('It would have blocked 1 connection of 2 workloads in the last 24 hours.').waitFor()
    await form.getByText('not as asked by the rule that is tried').waitFor()
    const copied = page.url()
    await form.getByLabel(/Why/).focus()
    await page.keyboard.type('no clear text')
    await page.keyboard.press('Enter')
    await form.getByText('Version 1 holds').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('version 1 by admin').waitFor()
    await visit(page, '/network?view=history')
    await press(page, 'button', 'Version 1: what it changed')
    await page.getByText('allow nv.web.clinic → nv.api.clinic: HTTP, any port, encrypted').waitFor()
    await press(page, 'button', 'Take it back')
    await page.getByText('Version 2 holds').waitFor()
    assert.equal(opened.api.controller.policy.content.rules.length, 0)
    await page.goto(copied)
    await page.getByText('It would have blocked 1 connection').waitFor()
  })

  test('what was learned is looked at: some of it is kept, some forgotten', async (t) => {
    let ahead = 0
    const opened = await openConsole(t, { now: () => Date.now() + ahead })
    const { controller } = opened.api
    const learned = () => controller.policy.definition.rules.filter(({ tier }) => tier === 'learned')
    ahead = 20_000 // By then connections have settled.
    await eventually(() => learned().length >= 3, 'rules are learned', 20_000)
    const { page } = await enter(opened)
    await visit(page, '/network?view=review')
    await page.getByRole('checkbox', { name: 'Choose nv.web.clinic to nv.api.clinic, HTTP' }).check()
    await page.getByText('1 chosen', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Make them rules of ours' }).click()
    await eventually(() => controller.policy.content.rules.length === 1, 'it is promoted')
    const database = page.getByRole('checkbox', { name: 'Choose nv.api.clinic to nv.db.clinic, PostgreSQL' })
    await database.check()
    await page.getByRole('button', { name: 'What would break without them?' }).click()
    await page.getByText(/would have blocked 1 connection/).waitFor()
    await page.getByRole('button', { name: 'Forget them' }).click()
    await database.waitFor({ state: 'detached' })
    assert.ok(!learned().some(({ to }) => to === 'nv.db.clinic'))
  })

  test('a mode says what it means and what it would have blocked before it is set', async (t) => {
    const opened = await openConsole(t)
    await withPolicy(opened)
    const { page } = await enter(opened)
    await visit(page, '/network?view=groups&group=nv.web.clinic')
    const drawer = page.getByRole('dialog', { name: 'nv.web.clinic' })
    await drawer.getByLabel('Network').selectOption('Protect')
    await drawer.getByText('What no rule allows, or a rule denies, is blocked and reported.').waitFor()
    await drawer.getByText(/it would have blocked \d+:/).waitFor()
    await drawer.getByRole('button', { name: 'Set network to Protect, processes to Discover' }).click()
    await drawer.getByText('Version 3 holds').waitFor()
    const { modes } = opened.api.controller.policy.content
    const { network, profile } = modes['nv.web.clinic']
    assert.deepEqual([network?.mode, profile?.mode], ['Protect', 'Discover'], 'apart')
  })

  test('a file is tried, and applied once what it changes is shown', async (t) => {
    const { page } = await enter(await openConsole(t))
    await visit(page, '/network?view=simulate')
    await page.getByLabel('or written here').fill(file)
    await page.getByRole('button', { name: 'Try these files' }).click()
    await page.getByText(/would have blocked/).waitFor()
    await page.getByRole('button', { name: 'Show what would change' }).click()
    await page.getByText('+ NvSecurityRule clinic/nv.db.clinic').waitFor()
    await page.getByRole('button', { name: 'Apply these files' }).click()
    await page.getByText('Version 1 holds').waitFor()
    await page.getByLabel('or written here').fill(file.replace('any', 'tcp/x'))
    await page.getByRole('button', { name: 'Show what would change' }).click()
    await page
      .getByText(/from the console\.yaml:8/)
      .first()
      .waitFor()
  })

  test('a workload is found by its name, cut off and let go, each with a reason', async (t) => {
    const opened = await openConsole(t)
    const { page } = await enter(opened)
    await page.keyboard.press('Control+k')
    const found = page.getByRole('combobox', { name: /Go to/ })
    await found.fill('workload db')
    await page.getByRole('option', { name: /^db/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'db', exact: true }).waitFor()
    assert.equal(new URL(page.url()).searchParams.get('id'), 'docker:db')
    await press(page, 'button', 'Cut it off …')
    await page.getByRole('textbox', { name: /^Why/ }).fill('it answers strangers')
    await press(page, 'button', 'Cut it off')
    await page.getByText('It is cut off').first().waitFor()
    assert.equal(opened.api.controller.quarantine.workloads[0].reason, 'it answers strangers')
    await page.getByRole('textbox', { name: /^Why/ }).fill('looked at')
    await press(page, 'button', 'Let it go')
    await eventually(() => opened.api.controller.quarantine.workloads.length === 0, 'it is let go')
  })

  test('with the arrows to a screen, and out again to where one was', async (t) => {
    const { page } = await enter(await openConsole(t))
    await page.getByRole('link', { name: 'admin' }).focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /Go to/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: /Go to/ }).waitFor({ state: 'detached' })
    assert.ok(await page.getByRole('link', { name: 'admin' }).evaluate(hasFocus), 'the focus is back')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('network')
    await page.getByRole('option', { name: 'Network: Groups' }).waitFor()
    await page.keyboard.press('ArrowDown')
    assert.deepEqual(await (await loadAxe(page))(), [])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Groups' }).waitFor()
  })

  test('who may not change the policy is shown it, and who may not read it the map alone', async (t) => {
    const opened = await openConsole(t)
    await withPolicy(opened)
    const auditor = await enterAs(opened, 'auditor')
    await visit(auditor.page, '/network?view=rules&rule=user%2F2.1')
    await auditor.page.getByText('Your role may read rules, and not change them.').waitFor()
    const reader = await enterAs(opened, 'reader')
    await visit(reader.page, '/network?namespace=clinic')
    await reader.page.getByText('partner.example:443').first().waitFor()
    assert.equal(await reader.page.getByRole('link', { name: 'Rules' }).count(), 0)
    await visit(reader.page, '/network?view=rules')
    await reader.page.getByText('Your role does not show you the policy.').waitFor()
  })
})

/** For the page, whose types are not those of the tests. */
const hasFocus = (element: { ownerDocument?: { activeElement: unknown } }) =>
  element.ownerDocument?.activeElement === element

/** With the keyboard: to it, and Enter. */
async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first()
  await target.focus()
  await page.keyboard.press('Enter')
}
