import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defaultRetention } from '../../src/store/limits.ts'
import type { Page } from '../../src/store/paging.ts'
import { at, sampleCoverage, sampleFinding, sampleFlow, sampleViolation } from '../records.ts'
import { all, append, clinic, type Open } from './store-contract.ts'

/** What every store must do with words that are searched for, and totals. */
export function searchContract(name: string, open: Open): void {
  suite(`search contract: ${name}`, () => {
    searching(open)
    counting(open)
    summarising(open)
  })
}

const seconds = (value: number) => Date.parse(at(value))

function searching(open: Open): void {
  test('flows and findings are found by the beginnings of their words', async (t) => {
    const store = await open(t)
    await clinic(store)
    const partner = { id: 'partner', recordId: 'partner', serverName: 'API.Partner.example', end: at(90) }
    await append(store, [
      sampleFlow({ ...partner, server: { address: '2001:db8::7', port: 8443 } }),
      sampleFinding({ flow: 'partner', identifier: 'email', field: 'http.body $.customer.e-mail' }),
    ])
    const cases: [search: string, flows: number, findings: number][] = [
      ['partner', 1, 1],
      ['api.partner.exa', 1, 1],
      ['PARTNER.example', 1, 1],
      ['artner', 0, 0],
      ['2001:db8::7', 1, 1],
      ['844', 1, 1],
      ['10.1.0.', 31, 7],
      ['docker:api', 10, 2],
      ['ssl docker:api', 5, 1],
      ['iban', 3, 6],
      ['customer', 0, 1],
      ['nothing-such', 0, 0],
      ['partner nothing-such', 0, 0],
      ["'; DROP TABLE flows; --", 0, 0],
      ['%', 31, 7],
    ]
    for (const [search, flows, findings] of cases) {
      const found = await all((query) => store.flows({ ...query, search }), 4)
      assert.equal(found.length, flows, `flows: ${search}`)
      assert.equal((await all((query) => store.findings({ ...query, search }), 4)).length, findings, search)
    }
    const both = await store.flows({ limit: 10, search: 'partner', application: 'SSL' })
    assert.deepEqual(both.items, [])
  })

  test('what is part of a transfer is found by its id, each way apart, and by nothing that traffic says', async (t) => {
    const store = await open(t)
    const asked = { transfers: { toServer: 'aa11', toClient: 'bb22' } }
    await append(store, [
      sampleFlow({ id: 'f-1', serverName: '=>cc33', ...asked }),
      sampleFlow({ id: 'f-2', recordId: 'f-2', transfers: { toServer: 'aa111', toClient: 'bb222' } }),
      sampleFinding({ recordId: 'x-1', flow: 'f-1', direction: 'to-server' }),
      sampleFinding({ recordId: 'x-2', flow: 'f-1', direction: 'to-client' }),
      sampleFinding({ recordId: 'x-3', flow: 'f-2', direction: 'to-server' }),
    ])
    const findings = async (transfer: string) =>
      (await store.findings({ limit: 9, transfer })).items.map(({ finding }) => finding.recordId)
    const flows = async (transfer: string) =>
      (await store.flows({ limit: 9, transfer })).items.map(({ id }) => id)
    assert.deepEqual([await findings('aa11'), await findings('bb22')], [['x-1'], ['x-2']])
    assert.deepEqual([await flows('aa11'), await flows('bb22'), await flows('cc33')], [['f-1'], ['f-1'], []])
  })

  test('what a record is found by changes with it, and with the flow of a finding', async (t) => {
    const store = await open(t)
    await append(store, [sampleFinding()])
    const found = async (search: string) => (await store.findings({ limit: 10, search })).items.length
    assert.deepEqual([await found('iban'), await found('early.example')], [1, 0])
    await append(store, [sampleFlow({ serverName: 'early.example' })])
    assert.deepEqual([await found('iban'), await found('early.example')], [1, 1])
    await append(store, [sampleFlow({ serverName: 'late.example', packetsToServer: 60, end: at(9) })])
    assert.deepEqual([await found('early.example'), await found('late.example')], [0, 1])
    assert.equal((await store.flows({ limit: 10, identifier: 'iban', search: 'late' })).items.length, 1)
    assert.equal((await store.flows({ limit: 10, search: 'early' })).items.length, 0)
  })
}

function counting(open: Open): void {
  test('a listing says how many there are in all, where it is asked', async (t) => {
    const store = await open(t)
    await clinic(store)
    const total = async (filter: object) => (await store.flows({ limit: 2, total: true, ...filter })).total
    const cases: [filter: object, count: number][] = [
      [{}, 30],
      [{ workload: 'docker:api' }, 10],
      [{ search: 'ssl' }, 15],
      [{ identifier: 'iban' }, 3],
      [{ since: seconds(10) }, 10],
      [{ since: seconds(10), application: 'SSL' }, 5],
      [{ application: 'Kafka' }, 0],
      [{ namespaces: [] }, 0],
    ]
    for (const [filter, count] of cases)
      assert.deepEqual(await total(filter), { count, exact: true }, JSON.stringify(filter))
    assert.deepEqual((await store.findings({ limit: 1, total: true, flow: 'flow-10' })).total?.count, 1)
    assert.deepEqual((await store.workloads({ limit: 1, total: true })).total, { count: 0, exact: true })
    assert.equal('total' in (await store.flows({ limit: 2 })), false)
  })

  test('a total follows what comes, comes again, grows and goes', async (t) => {
    const store = await open(t)
    const totals = async () => {
      const query = { limit: 1, total: true }
      const pages = [store.flows(query), store.findings(query), store.incidents(query), store.coverage(query)]
      return (await Promise.all<Page<unknown>>(pages)).map((page) => page.total?.count)
    }
    const records = [sampleFlow(), sampleFinding(), sampleViolation(), sampleCoverage()]
    await append(store, records)
    await append(store, records)
    await append(store, [
      sampleFlow({ application: 'SSL', packetsToServer: 60, end: at(9) }),
      sampleFinding({ count: 5, last: at(9) }),
      { ...sampleViolation(), action: 'blocked', count: 4, last: at(9) },
      sampleFlow({ id: 'f2' }),
    ])
    assert.deepEqual(await totals(), [2, 1, 1, 1])
    const retention = { ...defaultRetention, flowsMs: 0, findingsMs: 0, coverageMs: 0 }
    for (let more = true; more;) {
      const pruned = await store.prune({ now: seconds(100), retention, rows: 2 })
      more = pruned.more || pruned.flows > 0
    }
    assert.deepEqual(await totals(), [0, 0, 0, 0])
    assert.deepEqual((await store.flows({ limit: 1, total: true, search: '10.1.0.2' })).total?.count, 0)
  })
}

function summarising(open: Open): void {
  test('a summary says when there were how many, and of what', async (t) => {
    const store = await open(t)
    await clinic(store)
    await append(store, [
      sampleViolation({ recordId: 'v1', workload: 'docker:api', last: at(10), action: 'blocked' }),
      sampleViolation({ recordId: 'v2', workload: 'docker:web', last: at(50), action: 'reported' }),
      sampleViolation({ recordId: 'v3', workload: 'docker:web', last: at(99), action: 'reported' }),
    ])
    const range = { since: seconds(0), until: seconds(100), buckets: 4 }
    const of = { of: 'incidents', filter: { type: 'violation' } } as const
    assert.deepEqual(await store.summarize(of, range), {
      ...{ since: seconds(0), until: seconds(100), bucketMs: 25_000, buckets: [1, 0, 1, 1] },
      ...{ counted: 3, countedSince: null, isCut: false },
      facets: {
        workload: [
          { value: 'docker:web', count: 2 },
          { value: 'docker:api', count: 1 },
        ],
        action: [
          { value: 'reported', count: 2 },
          { value: 'blocked', count: 1 },
        ],
      },
    })
    const blocked = { of: 'incidents', filter: { type: 'violation', action: 'blocked' } } as const
    assert.deepEqual((await store.summarize(blocked, { until: seconds(100), buckets: 2 })).counted, 1)
    const late = await store.summarize(of, { since: seconds(60), until: seconds(100), buckets: 1 })
    assert.deepEqual([late.buckets, late.facets.workload], [[1], [{ value: 'docker:web', count: 1 }]])
    const none = { of: 'findings', filter: { namespaces: [] } } as const
    const nothing = await store.summarize(none, range)
    assert.deepEqual([nothing.counted, nothing.facets], [0, {}])
  })

  test('what a summary counts is what its listing has, by every filter', async (t) => {
    const store = await open(t)
    await clinic(store)
    const filters = [{}, { identifier: 'iban' }, { search: 'docker:api' }, { application: 'SSL' }]
    for (const filter of filters) {
      const listed = await all((query) => store.findings({ ...query, ...filter }), 4)
      const { counted, buckets } = await store.summarize(
        { of: 'findings', filter },
        { until: Date.parse('2100-01-01'), buckets: 7 },
      )
      assert.equal(counted, listed.length, JSON.stringify(filter))
      assert.equal(buckets.length, 7)
    }
  })
}
