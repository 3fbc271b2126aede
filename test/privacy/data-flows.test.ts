import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Processor, Transfer } from '../../src/api/contract/types.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { pavise, startUp } from '../support/pavise-command.ts'

const partner = `apiVersion: pavise.dev/v1
kind: Processor
metadata: { name: api-host }
spec:
  name: Example Hosting
  role: processor
  country: DE
  contract: C-17
  contractDate: 2026-01-15
  categories: [contact]
  groups: [nv.api.clinic]
`

/** Pavise with the enforcer of the tests: `web` sends an IBAN to `api`, over and over. */
async function startPrivacy(t: TestContext) {
  const folder = join(temporaryFolder(t), 'state')
  await startUp(t, folder, '/api/v1/privacy/flows')
  const ask = (...parameters: string[]) => pavise(...parameters, '--state-dir', folder)
  return { api: new LocalApi(folder), folder, ask }
}

function parsed<Item>(output: string): Item[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Item)
}

test('who sends personal data to whom is listed, and a partner that is declared is known in it', async (t) => {
  const { folder, ask } = await startPrivacy(t)
  const flows = async () => parsed<Transfer>((await ask('privacy', 'flows', '--json')).output)
  const [before] = await flows()
  assert.deepEqual([before.sender.kind, before.recipient.kind], ['workload', 'workload'])
  assert.deepEqual(
    before.categories.map(({ category, identifiers }) => [category, identifiers]),
    [['financial', ['iban']]],
  )
  assert.deepEqual(before.flags, ['in-the-clear'])
  assert.ok(before.flowIds.length > 0)
  assert.doesNotMatch(JSON.stringify(before), /DE\d\d \d{4}/, 'no value as it was')

  const file = join(folder, 'partner.yaml')
  writeFileSync(file, partner)
  const applied = await ask('policy', 'apply', file, '--yes')
  assert.equal(applied.code, 0, applied.errors)
  const [after] = await flows()
  assert.equal(after.id, before.id)
  assert.equal(after.recipient.processor?.displayName, 'Example Hosting')
  assert.deepEqual(after.flags, ['in-the-clear', 'beyond-declaration'])
  const [declared] = parsed<Processor>((await ask('privacy', 'processors', '--json')).output)
  assert.deepEqual([declared.contract, declared.contractDate], ['C-17', '2026-01-15'])
  assert.deepEqual(declared.observed.categories, ['financial'])
  assert.deepEqual(declared.observed.transfers, [after.id])
  assert.match((await ask('privacy', 'flows')).output, /Example Hosting \(DE\) +financial/)
  assert.match(
    (await ask('privacy', 'processors')).output,
    /api-host +Example Hosting +processor +DE +C-17, 2026-01-15/,
  )
})
