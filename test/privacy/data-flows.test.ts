import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Difference, Transfer } from '../../src/api/contract/types.ts'
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
  const ask = (...parameters: string[]) => pavise('privacy', ...parameters, '--state-dir', folder)
  return { api: new LocalApi(folder), folder, ask }
}

test('who sends personal data to whom is listed, declared, resolved and drafted by commands', async (t) => {
  const { api, folder, ask } = await startPrivacy(t)
  const [before] = JSON.parse(`[${(await ask('flows', '--json')).output.trim()}]`) as Transfer[]
  assert.deepEqual([before.sender.id, before.recipient.id], ['clinic/web', 'clinic/api'])
  assert.deepEqual(before.flags, ['in-the-clear'])
  assert.ok(before.flowIds.length > 0)
  assert.doesNotMatch(JSON.stringify(before), /DE\d\d \d{4}/, 'no value as it was')

  const files = [{ name: 'partner.yaml', text: partner }]
  await api.send('POST', '/api/v1/policy/changes', { files })
  const document = join(folder, 'record.html')
  const [flows, records, processors, differences, written, word] = await Promise.all([
    ask('flows'),
    ask('records', before.id),
    ask('processors'),
    ask('differences'),
    ask('document', 'record', '--format', 'html', '-o', document),
    ask('document', 'measures', '--format', 'docx'),
  ])
  assert.match(flows.output, /Example Hosting \(DE\) +financial .*in-the-clear, beyond-declaration/)
  assert.match(flows.errors, /Countries by @ip-location-db\S+ of 20\d\d-\d\d-\d\d; adequate ones as of/)
  assert.match(records.output, /iban +\S.*DE/)
  assert.match(processors.output, /api-host +Example Hosting +processor +DE +C-17, 2026-01-15/)
  assert.match(differences.output, /clinic\/web sends financial data to Example Hosting/)
  assert.match(written.errors, /still to be said: Controller: name and contact/)
  assert.match(readFileSync(document, 'utf8'), /Activity clinic\/web/)
  assert.match(word.errors, /OUTPUT_MISSING/)

  const path = '/api/v1/privacy/differences'
  const { items } = await api.get<{ items: Difference[] }>(path)
  const id = items.find(({ kind }) => kind === 'in-the-clear')?.id ?? ''
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  const [rule, past, accepted] = await Promise.all([
    ask('forbid', id, '--apply'),
    ask('accept', id, '--until', '2020-01-01', '--reason', 'x'),
    ask('accept', id, '--until', day, '--reason', 'moves next week'),
  ])
  assert.match(rule.output, /Version 2 holds/)
  const exported = await api.get<{ yaml: string }>('/api/v1/policy/export?learned=false')
  assert.match(JSON.stringify(exported), /EgressRule.*nv\.web\.clinic.*api-host.*encryption/)
  assert.deepEqual([past.code, /is over already/.test(past.errors)], [2, true])
  assert.match(accepted.output, new RegExp(`accepted until ${day}: clinic/web sends`))
  const listed = (await api.get<{ items: Difference[] }>(path)).items.find((each) => each.id === id)
  assert.deepEqual([listed?.state, listed?.acceptance?.reason], ['accepted', 'moves next week'])
  assert.match((await ask('withdraw', id)).output, /no longer accepted/)
})
