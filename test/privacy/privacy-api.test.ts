import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Difference, Finding, Transfer } from '../../src/api/contract/types.ts'
import type { FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { SubjectSketch } from '../../src/personal-data/counting/subject-sketch.ts'
import { type ApiChange, startApiServer } from '../controller/api-fixture.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import { startController, temporaryFolder } from '../controller/fixture.ts'
import { at, sampleFinding, sampleFlow, sampleState } from '../records.ts'
import { sketchOfPersons } from '../support/subject-sketches.ts'

const day = 86_400_000
const base = '/api/v1/privacy'

/** An API that the api of a clinic is seen with: labelled, it sends what it knows of 40 patients to somebody in the US. */
async function startClinic(t: TestContext, change: ApiChange = {}) {
  const running = await startApiServer(t, change)
  const client = await EnforcerClient.join(running.socketPath)
  const labels = { gdpr: 'true', owner: 'records' }
  const workload = { id: 'docker:api', name: 'api', service: 'api', namespace: 'clinic', labels }
  client.send({
    kind: 'workloads',
    complete: true,
    workloads: [sampleState({ ...workload, addresses: ['10.1.0.2'] })],
  })
  const sketches = { toServer: sketchOfPersons(Array(40).keys()) }
  const flow = sampleFlow({
    ...{ id: 'f-1', workload: 'docker:api', side: 'client', application: 'HTTP', encrypted: false },
    ...{ client: { address: '10.1.0.2', port: 40_000 }, server: { address: '8.8.8.8', port: 80 } },
    ...{ serverName: 'lab.example', dnsName: 'lab.example', end: at(5) },
    dataSubjects: { toServer: 40, toClient: 0, sketches },
  })
  const finding = sampleFinding({
    ...{ flow: 'f-1', recordId: 'x-1', workload: 'docker:api', identifier: 'diagnosis', category: 'health' },
    ...{ direction: 'to-server', last: at(5) },
  })
  client.batch(1, [flow, finding])
  await client.acknowledged(1)
  const list = async <Item>(path: string) => (await running.ask(`${base}/${path}`)).json.items as Item[]
  return { ...running, client, list }
}

const openOnes = (all: readonly Difference[]) =>
  all
    .filter(({ state }) => state === 'open')
    .map(({ kind }) => kind)
    .toSorted()

test('what goes to somebody in a third country is told, and once it is declared it is no difference', async (t) => {
  const { ask, list } = await startClinic(t)
  const [transfer] = await list<Transfer>('flows')
  assert.deepEqual(
    [transfer.sender.id, transfer.recipient.id, transfer.persons],
    ['clinic/api', 'lab.example:80', 40],
  )
  assert.deepEqual(transfer.recipient.countries, [{ country: 'US', confidence: 'high', from: 'addresses' }])
  assert.deepEqual(
    [transfer.sender.isMarked, transfer.sender.owner, transfer.sender.purpose],
    [true, 'records', null],
  )
  const before = await list<Difference>('differences')
  const kinds = ['in-the-clear', 'label-purpose', 'third-country', 'undeclared-recipient']
  assert.deepEqual(openOnes(before), kinds)

  const idOf = (kind: string) => before.find((each) => each.kind === kind)?.id
  const { json } = await ask(`${base}/differences/${idOf('undeclared-recipient')}/resolutions/declare`)
  assert.ok(json.missing.includes('contract'))
  const text = `${json.yaml}  transferMechanism: adequacy-decision\n`
  const files = [{ name: 'lab.yaml', text }]
  const applied = await ask('/api/v1/policy/changes', { method: 'POST', body: { files } })
  assert.equal(applied.status, 200, applied.text)
  assert.deepEqual(openOnes(await list('differences')), ['in-the-clear', 'label-purpose'])
  const [partner] = await list<{ name: string; observed: { categories: string[] } }>('processors')
  assert.deepEqual([partner.name, partner.observed.categories], ['lab-example', ['health']])
})

test('each figure of a transfer leads back to the records that it was made of', async (t) => {
  const { ask, list, client } = await startClinic(t)
  const flow = (id: string, change: Partial<FlowRecord>) =>
    sampleFlow({
      ...{ id, recordId: id, workload: 'docker:api', application: 'HTTP', encrypted: false },
      ...{ server: { address: '8.8.8.8', port: 80 }, serverName: 'lab.example', ...change },
    })
  const persons = (from: number, count: number) => {
    const sketches = { toServer: sketchOfPersons(Array.from({ length: count }, (_, i) => from + i)) }
    return { dataSubjects: { toServer: count, toClient: 0, sketches } }
  }
  const finding = (recordId: string, of: string, change: Partial<PersonalDataRecord>) =>
    sampleFinding({ recordId, flow: of, workload: 'docker:api', direction: 'to-server', ...change })
  client.batch(2, [
    flow('f-2', { bytesToServer: 700, end: at(9), ...persons(20, 40) }),
    flow('f-3', {
      server: { address: '8.8.4.4', port: 80 },
      serverName: 'other.example',
      ...persons(500, 9),
    }),
    flow('f-4', { encrypted: true, application: 'SSL' }),
    finding('x-2', 'f-2', { identifier: 'iban', category: 'financial', count: 5, last: at(9) }),
    finding('x-3', 'f-2', { identifier: 'diagnosis', category: 'health', count: 4, last: at(8) }),
    finding('x-4', 'f-2', { identifier: 'email', category: 'contact', count: 3, direction: 'to-client' }),
    finding('x-5', 'f-3', { identifier: 'iban', category: 'financial', count: 9 }),
  ])
  await client.acknowledged(2)
  const transfers = await list<Transfer>('flows')
  const toLab = transfers.find(
    ({ recipient, encrypted }) => recipient.name === 'lab.example:80' && !encrypted,
  )
  const records = async <Item>(listing: string, id = '') =>
    (await ask(`/api/v1/${listing}?transfer=${id}`)).json.items as Item[]
  const findings = await records<Finding>('findings', toLab?.id)
  assert.deepEqual(findings.map(({ recordId }) => recordId).toSorted(), ['x-1', 'x-2', 'x-3'])
  const valuesOf = (category: string) =>
    findings.reduce((sum, each) => sum + (each.category === category ? each.count : 0), 0)
  assert.equal(toLab?.categories.length, 2)
  for (const { category, values } of toLab?.categories ?? [])
    assert.equal(values, valuesOf(category), category)

  const flows = await records<FlowRecord>('flows', toLab?.id)
  const sum = (figure: (each: FlowRecord) => number) => flows.reduce((all, each) => all + figure(each), 0)
  assert.deepEqual([flows.length, sum(({ bytesToServer }) => bytesToServer)], [toLab?.flows, toLab?.bytes])
  assert.equal(Math.max(...flows.map(({ end }) => Date.parse(end))), Date.parse(toLab?.last ?? ''))
  const together = new SubjectSketch()
  for (const { dataSubjects } of flows) together.merge(dataSubjects?.sketches?.toServer ?? '')
  assert.deepEqual([together.estimate(), toLab?.persons], [60, 60], 'who is in both flows counts once')

  const home = transfers.find(({ server }) => server === 'sender')
  assert.deepEqual(
    (await records<Finding>('findings', home?.id)).map(({ recordId }) => recordId),
    ['x-4'],
  )
  const hidden = transfers.find(({ encrypted }) => encrypted)
  assert.deepEqual(
    (await records<FlowRecord>('flows', hidden?.id)).map(({ id }) => id),
    ['f-4'],
  )
})

test('what is accepted is so until its day and on record; then it comes back', async (t) => {
  let now = Date.parse(at(60))
  const { ask, list, controller } = await startClinic(t, { now: () => now })
  const [{ id }] = await list<Difference>('differences')
  const path = `${base}/differences/${id}/acceptance`
  const until = (days: number) => new Date(now + days * day).toISOString()
  const accept = (days: number, reason = 'moves next month') =>
    ask(path, { method: 'PUT', body: { until: until(days), reason } })
  assert.deepEqual(
    [(await accept(-1)).status, (await accept(500)).status, (await accept(9, '')).status],
    [400, 400, 400],
  )
  const accepted = await accept(30)
  assert.deepEqual([accepted.json.state, accepted.json.acceptance.reason], ['accepted', 'moves next month'])
  const state = () => controller.privacy.differences().find((each) => each.id === id)
  assert.equal(state()?.state, 'accepted')
  now += 31 * day
  assert.deepEqual([state()?.state, state()?.reopened], ['open', 'expired'])
  now -= 31 * day
  assert.equal((await ask(path, { method: 'DELETE' })).status, 200)
  assert.equal((await ask(path, { method: 'DELETE' })).status, 404)
  const { json } = await ask('/api/v1/evidence/entries?kind=privacy')
  const said = (json.items as { body: { what: string } }[]).map(({ body }) => body.what)
  assert.deepEqual(said.toSorted(), ['accepted', 'withdrawn'])
})

test('what is labelled is held to detectors that are on, as far as somebody says', async (t) => {
  const { ask, list } = await startClinic(t)
  const told = async () =>
    (await list<Difference>('differences')).find(({ kind }) => kind === 'label-inspection')
  assert.equal(await told(), undefined)
  const body = { changes: [{ kind: 'personal-data', name: 'diagnosis', on: false }], reason: 'too many' }
  assert.equal((await ask('/api/v1/detection', { method: 'PATCH', body })).status, 200)
  const difference = await told()
  assert.match(
    difference?.text ?? '',
    /not all of it is looked for: the policy switches off what looks for diagnosis/,
  )
  assert.deepEqual(difference?.resolutions, ['accept'])
  const spec = '{marks: [gdpr=true], detectors: [iban]}'
  const text = `{apiVersion: pavise.dev/v1, kind: PersonalDataLabels, metadata: {name: ours}, spec: ${spec}}`
  const files = [{ name: 'labels.yaml', text }]
  assert.equal((await ask('/api/v1/policy/changes', { method: 'POST', body: { files } })).status, 200)
  assert.equal(await told(), undefined, 'that one does not have to be on')
})

test('what cannot be is refused, and who may not is told so', async (t) => {
  const { ask, list, tokenOf } = await startClinic(t)
  const missing = `${base}/differences/${'0'.repeat(16)}`
  const until = new Date(Date.now() + day).toISOString()
  const put = { method: 'PUT', body: { until, reason: 'x' } }
  const id = (await list<Difference>('differences')).find(({ kind }) => kind === 'in-the-clear')?.id
  const cases: [path: string, asking: object, status: number][] = [
    [`${missing}/acceptance`, put, 404],
    [`${missing}/resolutions/forbid`, {}, 404],
    [`${base}/differences/nonsense/acceptance`, put, 400],
    [`${base}/differences/${id}/resolutions/declare`, {}, 409],
    [`${base}/differences/${id}/resolutions/pray`, {}, 400],
  ]
  for (const [path, asking, status] of cases) assert.equal((await ask(path, asking)).status, status, path)
  const reader = await tokenOf([{ role: 'reader', namespace: null }])
  assert.equal((await ask(`${base}/differences`, { token: reader })).status, 403)
  const officer = await tokenOf([{ role: 'privacy-officer', namespace: null }])
  assert.equal((await ask(`${base}/differences/${id}/acceptance`, { ...put, token: officer })).status, 200)
  const elsewhere = await tokenOf([{ role: 'reader', namespace: 'shop' }])
  assert.deepEqual((await ask(`${base}/flows`, { token: elsewhere })).json.items, [])
})

test('drafts of records are given in every format, with what is missing', async (t) => {
  const { ask } = await startClinic(t)
  const { json } = await ask(`${base}/documents/record`)
  const [row] = json.overview.rows
  assert.deepEqual(row.cells.slice(0, 5), ['clinic/api', '', 'records', 'health', '40'])
  assert.equal(row.records.length, 1)
  assert.ok(json.missing.includes('Activity clinic/api: purposes of the processing'))
  const formats: [format: string, type: RegExp, content: RegExp][] = [
    ['html', /text\/html/, /<h1>Record of processing activities<\/h1>/],
    ['markdown', /text\/markdown/, /\*\*To be filled in: data protection officer\*\*/],
    ['csv', /text\/csv/, /^Activity,Purpose,[^]*clinic\/api/],
    ['docx', /wordprocessingml/, /^PK/],
    ['pdf', /application\/pdf/, /^%PDF-1\.7[^]*pdfaid:part>3/],
    ['json', /application\/json/, /^\{"type":"document"/],
  ]
  for (const [format, type, content] of formats) {
    const { headers, text } = await ask(`${base}/documents/measures/file?format=${format}`)
    assert.match(headers['content-type'] ?? '', type)
    assert.match(headers['content-disposition'] ?? '', /attachment; filename="measures\./)
    if (['docx', 'pdf', 'json'].includes(format)) assert.match(text, content)
    else assert.match((await ask(`${base}/documents/record/file?format=${format}`)).text, content)
  }
  assert.equal((await ask(`${base}/documents/poem`)).status, 400)
  const { items } = (await ask('/api/v1/evidence/entries?kind=export')).json
  const given = (items as { body: { document: string; missing: number } }[]).map(({ body }) => body)
  assert.equal(given.length, 9, 'each file that is handed out is on record')
  assert.equal(given.find(({ document }) => document === 'record')?.missing, json.missing.length)
})

test('what was seen and decided is there after a restart', async (t) => {
  const folder = temporaryFolder(t)
  const first = await startClinic(t, { folder })
  const [before] = await first.list<Transfer>('flows')
  const [{ id }] = await first.list<Difference>('differences')
  const body = { until: new Date(Date.now() + day).toISOString(), reason: 'for now' }
  await first.ask(`${base}/differences/${id}/acceptance`, { method: 'PUT', body })
  await first.api.close()
  await first.stop()
  const { controller } = await startController(t, { folder })
  const [after] = controller.privacy.transfers()
  assert.deepEqual([after.id, after.persons, after.flows], [before.id, 40, before.flows])
  const difference = controller.privacy.differences().find((each) => each.id === id)
  assert.equal(difference?.state, 'accepted')
})
