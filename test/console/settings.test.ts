import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinAs, joinedNode } from '../controller/joined-node.ts'
import { sampleAttack } from '../records.ts'
import { cannotBrowse, loadAxe, type Screen } from './browser.ts'
import { hostile } from './clinic.ts'
import { enter, enterAs, openConsole } from './opened-console.ts'

/** Screens of cases, evidence and settings, each with what shows that it is there. */
const screens: [path: string, text: RegExp][] = [
  ['/', /What is overdue\?/],
  ['/incidents', /Next deadline/],
  ['/incidents?open=yes', /Time zone:/],
  ['/incidents/case-2026-0001', /when the breach began/],
  ['/incidents/case-2026-0001?part=scope', /Who received it/],
  ['/incidents/case-2026-0001?part=severity', /Choose otherwise/],
  ['/incidents/case-2026-0001?part=words', /Laws whose clocks run/],
  ['/incidents/case-2026-0001?part=drafts', /Nature of the breach/],
  ['/incidents/case-2026-0001?part=timeline', /its record/],
  ['/incidents/case-2026-0001?part=history', /opened/],
  ['/compliance', /Each report that is looked at is itself on record/],
  ['/compliance?framework=nis2&control=Art.%2021(2)(h)', /A person has to show/],
  ['/evidence', /Signed last/],
  ['/evidence?entry=1', /The entry is in the signed ledger/],
  ['/evidence?part=growth', /It only grew/],
  ['/evidence?part=bundle', /pavise evidence verify/],
  ['/settings', /\d+ of \d+ detectors/],
  ['/settings?of=threat', /What it tells/],
  ['/settings?part=exceptions', /Suggested by what was seen/],
  ['/settings?part=trial', /nothing of it is kept/],
  ['/settings?part=machines&machine=web-1', /renews its certificate by itself/],
  ['/settings?part=retention', /the oldest goes first/],
  ['/settings?part=accounts&invite=yes', /Namespaces of reader/],
  ['/settings?part=audit', /logInByLink/],
  ['/settings?part=started', /read only here/],
  ['/account', /What it may do/],
]

/** In both themes, which change while the page stays: what is shown is the same. */
async function checkScreens({ page, complaints }: Screen): Promise<void> {
  await page.goto('/account')
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
    assert.doesNotMatch(await page.innerText('body'), /\u202e/, `${path}: what traffic named is visible text`)
    assert.equal(await page.locator('img').count(), 0, path)
  }
  assert.equal(await page.evaluate(`'broken' in window`), false)
  assert.deepEqual(complaints, [], 'nothing goes against the content security policy')
}

test('settings in the console', { skip: cannotBrowse }, async (t) => {
  const opened = await openConsole(t, { nodes: {} })
  const { controller } = opened.api
  const times = { aware: new Date(Date.now() - 80 * 3_600_000).toISOString() }
  const opening = { title: hostile, description: hostile, workloads: ['docker:api'], times }
  await controller.cases.open(opening, { by: 'anna', reason: hostile })
  await controller.ledger.checkpoint()
  const screen = await enter(opened)
  const { page } = screen

  await t.test('a text is tried, and what would be found is masked', async () => {
    await page.goto('/settings?part=trial')
    await page.getByLabel('Text').fill('My IBAN is DE89370400440532013000.')
    await page.getByRole('button', { name: 'Look at it' }).click()
    await page.getByText('1 would be found; it was read as text').waitFor({ timeout: 60_000 })
    const found = await page.getByRole('listitem').filter({ hasText: 'International bank' }).innerText()
    assert.match(found, /DE89\*+3000/)
    assert.match(found, /passed: ISO 13616/)
    assert.doesNotMatch(found, /DE893704/)
  })

  await t.test('a detector is switched off with a reason, and the history has it', async () => {
    await page.goto('/settings?find=iban')
    await page.getByRole('button', { name: /^Switch International .*: ✓ on/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('checkbox').uncheck()
    await drawer.getByLabel(/Why/).fill('test data')
    await drawer.getByRole('button', { name: 'Change it' }).click()
    await drawer.getByText('It is off.').waitFor()
    await drawer.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: /^Switch International .*: ○ off/ }).waitFor()
    await page.goto('/network?view=history&version=1')
    await page.getByText('detector iban').waitFor()
  })

  await t.test('what is likely no attack is suggested, and excepted by who answers for it', async () => {
    const records = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address, i) =>
      sampleAttack({
        ...{ id: `suggested-${i}`, workload: 'docker:api', client: { address, port: 40_000 } },
        ...{ count: 4, last: new Date().toISOString(), masked: hostile },
      }),
    )
    await opened.api.store.append({ enforcer: 'n', run: 'suggested', sequence: 1, records })
    await page.goto('/settings?part=exceptions')
    await page.getByRole('button', { name: /\/items\/\* query/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('12 requests of 3 clients').waitFor()
    await drawer.getByLabel('Who answers for it').fill('shop team')
    await drawer.getByLabel('Its last day').fill('2999-12-31')
    await drawer.getByLabel(/Why/).fill('people look for SQL')
    await drawer.getByRole('button', { name: 'Make the exception' }).click()
    await page.getByRole('row', { name: /shop team 2999-12-31/ }).waitFor()
    await page.getByText('None looks like what').waitFor()
  })

  await t.test(
    'a machine joins by the command that is shown once, and is removed with a reason',
    async () => {
      await page.goto('/settings?part=machines')
      await page.getByText('No machine has joined yet').waitFor()
      await page.getByRole('button', { name: 'Make a token' }).click()
      const command = await page.getByText(/pavise enforcer --controller/).innerText()
      const [, port = '', token = ''] = /:(\d+) --join (\S+)/.exec(command) ?? []
      await joinedNode({
        name: 'db-1',
        token,
        controller: { host: '127.0.0.1', port: Number(port) },
        in: opened.api.folder,
      })
      await joinAs(opened.api, 'web-1')
      await page.getByRole('button', { name: 'db-1' }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByLabel(/Why/).fill('sold')
      await drawer.getByRole('button', { name: 'Remove db-1' }).click()
      await drawer.waitFor({ state: 'detached' })
      await page.getByRole('row', { name: /web-1 ▲ not connected/ }).waitFor()
      assert.equal(await page.getByRole('button', { name: 'db-1' }).count(), 0)
    },
  )

  await t.test('somebody is invited, comes in by the link, and is put out again', async () => {
    await page.goto('/settings?part=accounts')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Name', { exact: true }).fill('zoe')
    await page.getByRole('checkbox', { name: /Auditor:/ }).check()
    await page.getByRole('button', { name: 'Make the account' }).click()
    const link = await page.getByText(/\/login#/).innerText()
    const guest = await opened.browser.newPage({ ignoreHTTPSErrors: true })
    await guest.goto(link)
    await guest.getByRole('button', { name: 'Log in', exact: true }).click()
    await guest.getByRole('heading', { name: 'Your account' }).waitFor()
    await page.getByRole('button', { name: 'Change: zoe' }).click()
    await page.getByRole('button', { name: 'End all sessions' }).click()
    await page.getByText('All sessions of zoe have ended.').waitFor()
    await guest.reload()
    await guest.getByRole('button', { name: 'Log in', exact: true }).waitFor()
    await guest.close()
  })

  await t.test(
    'what was done is in the audit log, whose chain is checked, for those who may read it',
    async () => {
      const auditor = await enterAs(opened, 'auditor')
      await auditor.page.goto('/settings')
      assert.equal(await auditor.page.getByRole('link', { name: 'Accounts' }).count(), 0)
      await auditor.page.getByRole('link', { name: 'Audit log' }).click()
      await auditor.page.getByLabel('What', { exact: true }).fill('endSessions')
      await auditor.page.getByRole('row', { name: /endSessions zoe ✓ done/ }).waitFor()
      await auditor.page.getByRole('button', { name: 'Check the chain' }).click()
      await auditor.page.getByText(/✓ All \d+ entries follow/).waitFor()
      const officer = await enterAs(opened, 'privacy-officer')
      await officer.page.goto('/settings')
      assert.equal(await officer.page.getByRole('link', { name: 'Audit log' }).count(), 0)
      await officer.page.getByRole('link', { name: 'Retention' }).click()
      await officer.page.getByText(/there is none to unmask/).waitFor()
    },
  )

  await t.test(
    'no screen of cases, evidence or settings has a fault that axe finds, nor scrolls sideways',
    () => checkScreens(screen),
  )
})
