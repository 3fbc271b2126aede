import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { cannotBrowse } from './browser.ts'
import { hostile } from './clinic.ts'
import { enter, enterAs, openConsole } from './opened-console.ts'

/** As the field for a time takes it, in the zone of the browser, which is that of this machine. */
const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toLocaleString('sv').replace(' ', 'T')

const lab = `apiVersion: pavise.dev/v1
kind: Processor
metadata: {name: lab}
spec:
  name: Laboratory Ltd
  role: processor
  country: US
  contract: AVV-17
  contractDate: 2026-01-15
  transferMechanism: standard-contractual-clauses
  transferReference: '(EU) 2021/914, module 2'
  subProcessors: [{name: Courier Ltd, country: IN, purpose: samples}]
  purposes: [laboratory analysis]
  securityMeasures: [TLS 1.3]
  categories: [health]
  addresses: [lab.example]
`

test('breach cases in the console', { skip: cannotBrowse }, async (t) => {
  const opened = await openConsole(t)

  await t.test(
    'one is opened from an event, its clock runs from awareness, and its draft is taken away',
    async () => {
      const { page, complaints } = await enterAs(opened, 'privacy-officer')
      await page.goto('/events?kind=violations')
      await page.getByRole('button', { name: /^Why: / }).click()
      await page.getByRole('link', { name: 'Open a case from this' }).click()
      await page.getByLabel('What happened, in a few words').fill('Telnet to the outside')
      assert.equal(
        await page.getByLabel(/Workloads that it is about/).inputValue(),
        'api',
        'as the event says',
      )
      await page.getByLabel('Detected').fill(hoursAgo(101))
      await page.getByRole('button', { name: 'Open the case', exact: true }).click()

      await page.getByRole('heading', { name: 'Telnet to the outside', level: 1 }).waitFor()
      await page.getByText('not running: its beginning is not set').first().waitFor()
      await page.getByRole('button', { name: 'Set: Aware' }).click()
      await page.getByLabel('Aware', { exact: true }).fill(hoursAgo(2))
      await page.getByLabel('Why, for the record').fill('the log says so')
      await page.getByRole('button', { name: 'Set', exact: true }).click()
      await page.getByText(/2 d 2[12] h left/).waitFor()
      await page.getByRole('button', { name: 'Move: Aware' }).click()
      await page.getByLabel('Aware', { exact: true }).fill(hoursAgo(100))
      await page.getByLabel('Why, for the record').fill('somebody knew before')
      await page.getByRole('button', { name: 'Move', exact: true }).click()
      await page.getByText(/▲ overdue by 1 d 4 h/).waitFor()
      await page.getByText(/by privacy-officer: the log says so/).waitFor()

      await page.getByRole('button', { name: 'Say that it was sent: GDPR Art. 33(1)' }).click()
      await page.getByRole('button', { name: 'It was sent', exact: true }).click()
      await page.getByText(/says privacy-officer; missing then: .*contact/).waitFor()

      await page.getByRole('link', { name: 'Severity' }).click()
      await page.getByLabel('Malicious intent').selectOption({ label: 'Yes: adds 0.5' })
      await page.getByLabel('Why, for the record').fill('a tool was found')
      await page.getByRole('button', { name: 'Save what is chosen' }).click()
      await page.getByText(/malicious intent 0\.5/).waitFor()

      await page.getByRole('link', { name: 'Drafts' }).click()
      await page.getByText('▲ to be filled in').first().waitFor()
      await page.getByLabel('Language').selectOption('de')
      await page.getByRole('heading', { name: /^Meldung/ }).waitFor()
      await page.getByLabel('Language').selectOption('en')
      await page.getByRole('heading', { name: /^Notification/ }).waitFor()
      const downloading = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Markdown' }).click()
      const draft = readFileSync(await (await downloading).path(), 'utf8')
      assert.match(draft, /^# Notification of a personal data breach[^]*to be filled in/)
      assert.doesNotMatch(draft, /[^\\]<img/, 'what traffic named is text there, too')
      assert.deepEqual(complaints, [])
    },
  )

  await t.test(
    'an auditor reads a case, each line of whose timeline leads to its record, and changes nothing',
    async () => {
      const { cases } = opened.api.controller
      const began = new Date(Date.now() - 3_600_000).toISOString()
      const opening = { title: hostile, workloads: ['docker:api'], times: { began } }
      const { id } = await cases.open(opening, { by: 'anna', reason: hostile })
      const { page } = await enterAs(opened, 'auditor')
      await page.getByRole('link', { name: 'Incidents' }).click()
      await page.getByRole('link', { name: hostile.replace('\u202e', '⟨U+202E⟩') }).click()
      await page.getByRole('heading', { name: 'Clocks' }).waitFor()
      assert.equal(await page.getByRole('button', { name: /Set|Move|Close the case/ }).count(), 0)
      await page.getByRole('link', { name: 'Timeline' }).click()
      const violation = page.getByRole('row', { name: /not allowed/ })
      await violation.getByRole('link', { name: 'its record' }).click()
      await page.getByRole('dialog', { name: /192\.0\.2\.10:23/ }).waitFor()
      await page.goto(`/incidents/${id}?part=scope`)
      await page.getByRole('table', { name: 'How far it came, and could have come' }).waitFor()
      await page
        .getByRole('row', { name: /mode Discover stops nothing/ })
        .first()
        .waitFor()
      await page
        .getByRole('row', { name: /sight.*✓ held/ })
        .first()
        .waitFor()
      for (const part of ['', 'scope', 'severity', 'words', 'drafts', 'timeline', 'history']) {
        await page.goto(`/incidents/${id}?part=${part}`)
        await page.getByRole('heading', { level: 2 }).first().waitFor()
        assert.doesNotMatch(await page.innerText('body'), /\u202e/, part)
        assert.equal(await page.locator('img').count(), 0, part)
      }
      assert.equal(await page.evaluate(`'broken' in window`), false)
    },
  )

  await t.test(
    'a reader has no such screen; what is overdue stands first, and a copied link says the same',
    async () => {
      const { cases } = opened.api.controller
      const actor = { by: 'anna', reason: '' }
      const aware = (hours: number) => ({
        times: { aware: new Date(Date.now() - hours * 3_600_000).toISOString() },
      })
      await cases.open({ title: 'late', ...aware(200) }, actor)
      await cases.open({ title: 'in time', ...aware(1) }, actor)
      const { page, context } = await enter(opened)
      await page.goto('/incidents')
      await page.getByRole('rowheader', { name: /late/ }).waitFor()
      assert.match(await page.getByRole('row').nth(1).innerText(), /late[^]*▲ GDPR Art\. 33\(1\): overdue/)
      await page.getByLabel('Order').selectOption('newest')
      await page
        .getByRole('row', { name: /^in time/ })
        .first()
        .waitFor()
      const other = await context.newPage()
      await other.goto(page.url())
      await other.getByRole('rowheader', { name: /late/ }).waitFor()
      assert.match(await other.getByRole('row').nth(1).innerText(), /in time/)
      const reader = await enterAs(opened, 'reader')
      assert.equal(await reader.page.getByRole('link', { name: 'Incidents' }).count(), 0)
      await reader.page.goto('/incidents')
      await reader.page.getByText('There is no such screen, or none that you may see.').waitFor()
    },
  )

  await t.test(
    'what is otherwise than declared is accepted until a day, and forbidden by a rule',
    async () => {
      const { page, complaints } = await enter(opened)
      await page.goto('/flows?view=differences')
      await page.getByText(/^[1-9]\d* open, 0 accepted$/).waitFor()
      await page
        .getByRole('button', { name: /^Resolve: .*unencrypted/ })
        .first()
        .click()
      await page.getByLabel('Until').fill(new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10))
      const accepting = page.getByRole('region', { name: 'Accept it' })
      await accepting.getByLabel(/^Why/).fill('moves next week')
      await accepting.getByRole('button', { name: 'Accept it', exact: true }).click()
      await page.getByText(/1 accepted$/).waitFor()
      await page.getByRole('button', { name: 'Accept it no longer' }).click()
      await page.getByText(/0 accepted$/).waitFor()

      const forbidding = page.getByRole('region', { name: 'Forbid it by a rule' })
      assert.match(
        await forbidding.getByLabel('What is applied to the policy').inputValue(),
        /\nkind: "EgressRule"\n[^]*\n {4}required: true\n/,
      )
      await forbidding.getByRole('button', { name: 'Forbid it by a rule' }).click()
      await forbidding.getByText(/Version \d+ of the policy holds/).waitFor()
      await page.getByRole('button', { name: 'Close' }).click()

      const downloading = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Record of processing (Art. 30(1)) as PDF' }).click()
      assert.match(readFileSync(await (await downloading).path(), 'latin1'), /^%PDF-/)
      assert.deepEqual(complaints, [])
    },
  )

  await t.test('declared partners are there with what binds them', async () => {
    const by = { author: 'a test', reason: 'a test' }
    const texts = [{ name: 'lab.yaml', text: lab }]
    await opened.api.controller.policy.apply({ ...by, texts, only: false, dryRun: false })
    const { page, complaints } = await enter(opened)
    await page.goto('/flows?view=partners')
    await page.getByRole('button', { name: 'Laboratory Ltd' }).click()
    const drawer = page.getByRole('dialog', { name: 'Laboratory Ltd' })
    for (const text of [
      'AVV-17, 2026-01-15',
      'standard-contractual-clauses: (EU) 2021/914, module 2',
      'laboratory analysis',
      'TLS 1.3',
      'Courier Ltd (IN), samples',
    ])
      await drawer.getByText(text, { exact: true }).waitFor()
    assert.deepEqual(complaints, [])
  })
})
