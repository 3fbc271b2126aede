import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyBundle } from '../../src/evidence/bundle/verify-bundle.ts'
import { parseVerifierLine } from '../../src/evidence/signed-note.ts'
import { cannotBrowse } from './browser.ts'
import { enterAs, openConsole } from './opened-console.ts'

test('evidence in the console', { skip: cannotBrowse }, async (t) => {
  const opened = await openConsole(t)
  const { controller, folder } = opened.api
  const { ledger } = controller
  await ledger.checkpoint()
  await controller.cases.open({ title: 'one' }, { by: 'anna', reason: '' })
  await ledger.checkpoint()
  const { page, complaints } = await enterAs(opened, 'auditor')

  await t.test('an entry is proved in the browser, and one that the server changed is not', async () => {
    await page.getByRole('link', { name: 'Evidence' }).click()
    await page.getByLabel('About').selectOption('case')
    await page.getByRole('button', { name: /^Prove entry/ }).click()
    const drawer = page.getByRole('dialog', { name: /^Entry \d+$/ })
    await drawer.getByText('✓ The entry is in the signed ledger.').waitFor()
    await drawer.getByText(/✓ The signature of the head of \d+ entries/).waitFor()
    await drawer.getByText('✓ What is shown is what was recorded then.').waitFor()
    await drawer.getByText(/That is the signed root/).waitFor()
    const copied = page.url()

    // A server that says something else than what it has signed.
    await page.route('**/api/v1/evidence/entries?from=*', async (route) => {
      const answer = await route.fetch()
      const text = (await answer.text()).replaceAll('anna', 'bert')
      await route.fulfill({ response: answer, body: text })
    })
    await page.goto(copied)
    await drawer.getByText('✕ The entry is not in the signed ledger.').waitFor()
    await page.unroute('**/api/v1/evidence/entries?from=*')
  })

  await t.test('between two heads it is computed that the ledger only grew', async () => {
    await page.goto('/evidence?part=growth')
    await page.getByText(/✓ It only grew: of \d+ entries, the first \d+/).waitFor()
    assert.equal(await page.getByText(/✓ The signature of the head/).count(), 2)
  })

  await t.test('a bundle is handed out, and checks with the key that stands beside it', async () => {
    await page.goto('/evidence?part=bundle')
    await page.getByLabel('What of').selectOption({ label: 'case-2026-0001: one' })
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the bundle' }).click()
    const download = await downloading
    assert.equal(download.suggestedFilename(), 'evidence-case-2026-0001.zip')
    const command = await page.getByText(/^pavise evidence verify/).innerText()
    const key = /--key '([^']+)'/.exec(command)?.[1] ?? ''
    const path = join(folder, 'bundle.zip')
    await download.saveAs(path)
    const verifier = parseVerifierLine(key)
    assert.ok(verifier)
    const report = await verifyBundle(path, { key: verifier })
    assert.deepEqual([report.isKeyKnown, report.problems], [true, []])
    assert.deepEqual(complaints, [])
  })
})
