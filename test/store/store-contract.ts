import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { at, sampleCoverage, sampleFinding, sampleFlow, sampleState, sampleViolation } from '../records.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { defaultRetention, storeLimits } from '../../src/store/limits.ts'
import type { Page, PageQuery } from '../../src/store/paging.ts'
import type { StoredPolicyVersion } from '../../src/store/policy-store.ts'
import type { Retention, Store } from '../../src/store/store.ts'

/**
 * What every store must do, whatever database it uses. `open` gives an empty store that ends with the test.
 */
export function storeContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  suite(`store contract: ${name}`, () => {
    appending(open)
    listing(open)
    incidentListing(open)
    workloadListing(open)
    pruning(open)
    policyVersions(open)
    privacyRecords(open)
    nodeRecords(open)
  })
}

export type Open = (t: TestContext) => Promise<Store>

let sequence = 0

export function append(
  store: Store,
  records: ObservedRecord[],
  change: { enforcer?: string; sequence?: number } = {},
) {
  sequence++
  return store.append({ enforcer: 'node-1', run: 'run-1', sequence, records, ...change })
}

/** Every item of a listing, page by page. */
export async function all<Item>(
  list: (query: PageQuery) => Promise<Page<Item>>,
  limit: number,
): Promise<Item[]> {
  const items: Item[] = []
  for (let query: PageQuery | null = { limit }; query;) {
    const page: Page<Item> = await list(query)
    items.push(...page.items)
    query = page.next && { limit, after: page.next }
  }
  return items
}

function appending(open: Open): void {
  test('what is appended is listed as it was sent', async (t) => {
    const store = await open(t)
    const records = [sampleFlow(), sampleFinding(), sampleCoverage()]
    assert.deepEqual((await append(store, records)).growth, [1, 1, 1])
    assert.deepEqual((await store.flows({ limit: 10 })).items, [records[0]])
    assert.deepEqual((await store.findings({ limit: 10 })).items, [{ finding: records[1], flow: records[0] }])
    assert.deepEqual((await store.coverage({ limit: 10 })).items, [records[2]])
  })

  test('a batch sent again changes nothing and is acknowledged again', async (t) => {
    const store = await open(t)
    const records = [sampleFlow(), sampleFinding({ count: 3 })]
    await append(store, records, { sequence: 7 })
    assert.deepEqual(await append(store, records, { sequence: 7 }), { acknowledged: 7, growth: [0, 0] })
    assert.deepEqual(await append(store, records, { sequence: 5 }), { acknowledged: 7, growth: [0, 0] })
    assert.equal(await store.acknowledged('node-1', 'run-1'), 7)
    assert.equal(await store.acknowledged('node-1', 'run-2'), 0)
    assert.equal(await store.acknowledged('node-2', 'run-1'), 0)
  })

  test('a record sent again in another batch counts once', async (t) => {
    const store = await open(t)
    await append(store, [sampleFlow(), sampleFinding({ count: 3 }), sampleCoverage()])
    const again = await append(store, [sampleFlow(), sampleFinding({ count: 3 }), sampleCoverage()])
    assert.deepEqual(again.growth, [0, 0, 0])
    assert.equal((await store.findings({ limit: 10 })).items.length, 1)
  })

  test('a record that has grown replaces what it was, and an old one coming late does not', async (t) => {
    const store = await open(t)
    const early = [sampleFlow({ application: 'unknown' }), sampleFinding({ count: 2 })]
    const later = [sampleFlow({ packetsToServer: 60, end: at(9) }), sampleFinding({ count: 5, last: at(9) })]
    await append(store, early)
    assert.deepEqual((await append(store, later)).growth, [0, 3])
    assert.deepEqual((await append(store, early)).growth, [0, 0])
    assert.deepEqual((await store.findings({ limit: 10 })).items, [{ finding: later[1], flow: later[0] }])
  })

  test('a finding that comes before its flow finds it later', async (t) => {
    const store = await open(t)
    await append(store, [sampleFinding()])
    assert.equal((await store.findings({ limit: 10 })).items[0].flow, null)
    await append(store, [sampleFlow()])
    assert.equal((await store.findings({ limit: 10 })).items[0].flow?.id, 'flow-1')
    assert.equal((await store.flows({ limit: 10, identifier: 'iban' })).items.length, 1)
  })

  test('text that traffic controls comes back as text', async (t) => {
    const store = await open(t)
    const hostile = `x'); DROP TABLE flows; -- \u001b[2J \u0000 <script> \u{1F600} ${'ü'.repeat(2000)}`
    await append(store, [
      sampleFlow({ serverName: hostile, application: hostile }),
      sampleFinding({ field: hostile }),
    ])
    const [item] = (await store.findings({ limit: 10 })).items
    assert.equal(item.finding.field, hostile)
    assert.equal(item.flow?.serverName, hostile)
  })

  test('many batches at once are stored in order and each is acknowledged', async (t) => {
    const store = await open(t)
    const batches = Array.from({ length: 200 }, (_, index) => ({
      enforcer: 'node-9',
      run: 'run-1',
      sequence: index + 1,
      records: [sampleFlow({ id: `f${index}`, recordId: `f${index}`, end: at(index) })],
    }))
    const results = await Promise.all(batches.map((batch) => store.append(batch)))
    assert.deepEqual(
      results.map((result) => result.acknowledged),
      batches.map((batch) => batch.sequence),
    )
    assert.equal((await all((query) => store.flows(query), 64)).length, 200)
  })
}

/** 30 flows, of three workloads, every second encrypted, every fifth with a finding. */
export async function clinic(store: Store): Promise<void> {
  const records: ObservedRecord[] = []
  for (let i = 0; i < 30; i++) {
    const id = `flow-${String(i).padStart(2, '0')}`
    const workload = `docker:${['web', 'api', 'db'][i % 3]}`
    const application = i % 2 === 0 ? 'SSL' : 'HTTP'
    const end = at(Math.floor(i / 2))
    records.push(
      sampleFlow({ id, recordId: id, workload, application, encrypted: i % 2 === 0, end, start: end }),
    )
    const identifier = i % 10 === 0 ? 'iban' : 'email'
    if (i % 5 === 0) records.push(sampleFinding({ flow: id, workload, identifier, first: end, last: end }))
  }
  await append(store, records)
}

function listing(open: Open): void {
  test('pages of any size give the same listing, newest first, equal times included', async (t) => {
    const store = await open(t)
    await clinic(store)
    const expected = Array.from({ length: 30 }, (_, i) => `flow-${String(29 - i).padStart(2, '0')}`)
    for (const limit of [1, 2, 7, 29, 30, 31]) {
      const flows = await all((query) => store.flows(query), limit)
      assert.deepEqual(
        flows.map((flow) => flow.id),
        expected,
        `pages of ${limit}`,
      )
    }
  })

  test('the filters of flows narrow and combine', async (t) => {
    const store = await open(t)
    await clinic(store)
    const seconds = (value: number) => Date.parse(at(value))
    const cases: [filter: object, count: number][] = [
      [{ workload: 'docker:api' }, 10],
      [{ application: 'HTTP' }, 15],
      [{ encrypted: true }, 15],
      [{ encrypted: false, workload: 'docker:api' }, 5],
      [{ identifier: 'iban' }, 3],
      [{ identifier: 'email' }, 3],
      [{ identifier: 'iban', encrypted: false }, 0],
      [{ side: 'server' }, 0],
      [{ since: seconds(10) }, 10],
      [{ until: seconds(10) }, 20],
      [{ since: seconds(5), until: seconds(6) }, 2],
      [{ workload: 'docker:nobody' }, 0],
    ]
    for (const [filter, count] of cases) {
      const flows = await all((query) => store.flows({ ...query, ...filter }), 4)
      assert.equal(flows.length, count, JSON.stringify(filter))
    }
  })

  test('the filters of findings reach their flows', async (t) => {
    const store = await open(t)
    await clinic(store)
    const cases: [filter: object, count: number][] = [
      [{}, 6],
      [{ identifier: 'iban' }, 3],
      [{ identifier: 'iban', workload: 'docker:web' }, 1],
      [{ application: 'HTTP' }, 3],
      [{ encrypted: true }, 3],
      [{ flow: 'flow-10' }, 1],
      [{ since: Date.parse(at(5)) }, 4],
      [{ workload: 'docker:web', until: Date.parse(at(7)) }, 1],
    ]
    for (const [filter, count] of cases) {
      const findings = await all((query) => store.findings({ ...query, ...filter }), 2)
      assert.equal(findings.length, count, JSON.stringify(filter))
    }
  })

  test('a rare answer among many rows is found, and the search for none ends', async (t) => {
    const store = await open(t)
    const records: ObservedRecord[] = []
    for (let i = 0; i < 9_000; i++) records.push(sampleFlow({ id: `f${i}`, recordId: `f${i}`, end: at(i) }))
    records[17] = sampleFlow({ id: 'rare', recordId: 'rare', application: 'Redis', end: at(17) })
    await append(store, records)
    const found = await all((query) => store.flows({ ...query, application: 'Redis' }), 10)
    assert.deepEqual(
      found.map((flow) => flow.id),
      ['rare'],
    )
    assert.deepEqual(await all((query) => store.flows({ ...query, application: 'Kafka' }), 10), [])
  })

  test('coverage is listed by workload and reason', async (t) => {
    const store = await open(t)
    await append(store, [
      sampleCoverage({ recordId: 'c1', workload: 'docker:web' }),
      sampleCoverage({ recordId: 'c2', reason: 'tap-failed' }),
    ])
    assert.equal((await store.coverage({ limit: 10, workload: 'docker:web' })).items[0].recordId, 'c1')
    assert.equal((await store.coverage({ limit: 10, reason: 'tap-failed' })).items[0].recordId, 'c2')
    assert.equal((await store.coverage({ limit: 10 })).items.length, 2)
  })
}

function incidentListing(open: Open): void {
  test('incidents are listed latest first, grown ones once, by type, workload and action', async (t) => {
    const store = await open(t)
    const web = sampleViolation()
    const api = sampleViolation({ id: 'v2', workload: 'docker:api', action: 'blocked', last: at(5) })
    assert.deepEqual((await append(store, [web, api])).growth, [1, 1])
    const grown = { ...web, count: 4, last: at(9) }
    assert.deepEqual((await append(store, [grown])).growth, [3])
    assert.deepEqual((await append(store, [web])).growth, [0])
    const cases: [filter: object, found: object[]][] = [
      [{}, [grown, api]],
      [{ type: 'violation' }, [grown, api]],
      [{ workload: 'docker:api' }, [api]],
      [{ type: 'violation', workload: 'docker:web' }, [grown]],
      [{ type: 'violation', action: 'blocked' }, [api]],
      [{ since: Date.parse(at(6)) }, [grown]],
    ]
    for (const [filter, found] of cases)
      assert.deepEqual(await all((query) => store.incidents({ ...query, ...filter }), 1), found)
  })

  test('incidents go at the age of findings', async (t) => {
    const store = await open(t)
    await append(store, [sampleViolation(), sampleViolation({ id: 'v2', last: at(50) })])
    const retention = { ...defaultRetention, maxBytes: Number.MAX_SAFE_INTEGER, findingsMs: 10_000 }
    const pruned = await store.prune({ now: Date.parse(at(30)), retention, rows: 1000 })
    assert.equal(pruned.incidents, 1)
    assert.equal((await store.incidents({ limit: 10 })).items[0].recordId, 'v2')
  })
}

function workloadListing(open: Open): void {
  test('a workload that a complete listing leaves out has stopped', async (t) => {
    const store = await open(t)
    const web = sampleState()
    const api = sampleState({ id: 'docker:api', startedAt: at(-30) })
    const update = { enforcer: 'node-1', at: Date.parse(at(5)), complete: true }
    await store.saveWorkloads({ ...update, states: [web, api] })
    await store.saveWorkloads({ ...update, enforcer: 'node-2', states: [] })
    await store.saveWorkloads({ ...update, states: [api] })
    const running = await store.workloads({ limit: 10, running: true })
    assert.deepEqual(running.items, [{ enforcer: 'node-1', state: api }])
    const stopped = await store.workloads({ limit: 10, running: false })
    assert.deepEqual(stopped.items, [{ enforcer: 'node-1', state: { ...web, stoppedAt: at(5) } }])
  })

  test('changes of workloads leave the others as they are', async (t) => {
    const store = await open(t)
    const update = { enforcer: 'node-1', at: 0, complete: false }
    await store.saveWorkloads({ ...update, states: [sampleState(), sampleState({ id: 'docker:api' })] })
    const failed = sampleState({ id: 'docker:api' }, { coverage: 'tap-failed', detail: 'EPERM' })
    await store.saveWorkloads({ ...update, states: [failed] })
    assert.equal((await store.workloads({ limit: 10 })).items.length, 2)
    assert.deepEqual((await store.workloads({ limit: 10, coverage: 'tap-failed' })).items[0].state, failed)
  })
}

const version = (number: number, change: Partial<StoredPolicyVersion> = {}): StoredPolicyVersion => ({
  number,
  at: Date.parse(at(number)),
  author: 'ada',
  action: 'apply',
  reason: 'why',
  counts: { added: 1, removed: 2, changed: 3 },
  objects: '[]',
  settings: `{"number":${number}}`,
  ...change,
})

function policyVersions(open: Open): void {
  test('versions of the policy are kept as they were, newest first', async (t) => {
    const store = await open(t)
    assert.equal(await store.policyVersion(), null)
    const versions = [version(1), version(2, { objects: '[{"a":1}]', action: 'undo' }), version(3)]
    for (const each of versions) await store.savePolicyVersion(each)
    assert.deepEqual(await store.policyVersion(2), versions[1])
    assert.deepEqual(await store.policyVersion(), versions[2])
    assert.equal(await store.policyVersion(4), null)
    const listed = await store.policyVersions({ limit: 2 })
    assert.deepEqual(
      listed.map(({ number }) => number),
      [3, 2],
    )
    const { objects: _objects, settings: _settings, ...item } = versions[0]
    assert.deepEqual(await store.policyVersions({ limit: 2, before: 2 }), [item])
  })

  test('of two versions of one number the first stays', async (t) => {
    const store = await open(t)
    await store.savePolicyVersion(version(1))
    await assert.rejects(store.savePolicyVersion(version(1, { author: 'eve' })), { code: 'STORE_CONFLICT' })
    assert.equal((await store.policyVersion())?.author, 'ada')
  })

  test('the oldest versions go, with what only they held', async (t) => {
    const store = await open(t)
    await store.savePolicyVersion(version(1, { objects: '["old"]' }))
    const { policyVersions: kept } = storeLimits
    await store.savePolicyVersion(version(2))
    await store.savePolicyVersion(version(kept + 1))
    assert.equal(await store.policyVersion(1), null)
    assert.equal((await store.policyVersion(2))?.objects, '[]')
  })

  test('what was learned is kept, replaced and removed by its id', async (t) => {
    const store = await open(t)
    const row = (id: string, last: number, record = '{}') => ({ id, last, record })
    await store.saveLearned({ saved: [row('a', 1), row('b', 2)], removed: [] })
    await store.saveLearned({ saved: [row('b', 3, '{"n":1}'), row('c', 4)], removed: ['a'] })
    assert.deepEqual(await store.learned(), [row('b', 3, '{"n":1}'), row('c', 4)])
  })

  test('who is in quarantine is who was said last', async (t) => {
    const store = await open(t)
    const quarantined = (workload: string) => ({ workload, since: at(0), reason: 'by hand' })
    await store.saveQuarantined([quarantined('a'), quarantined('b')])
    await store.saveQuarantined([quarantined('b')])
    assert.deepEqual(await store.quarantined(), [quarantined('b')])
  })
}

function pruning(open: Open): void {
  const now = Date.parse(at(1_000))
  const keepAll: Retention = { ...defaultRetention, maxBytes: Number.MAX_SAFE_INTEGER }

  test('each kind goes at its own age, and a flow stays as long as its findings', async (t) => {
    const store = await open(t)
    await clinic(store)
    await append(store, [sampleCoverage({ recordId: 'c' })])
    const first = await store.prune({ now, retention: { ...keepAll, flowsMs: 990_000 }, rows: 1000 })
    // Of the 20 flows that ended before second 10, 4 carried a finding.
    assert.deepEqual([first.flows, first.findings, first.coverage, first.early], [16, 0, 0, false])
    const second = await store.prune({
      now,
      retention: { ...keepAll, findingsMs: 990_000, flowsMs: 990_000, coverageMs: 0 },
      rows: 1000,
    })
    assert.deepEqual([second.flows, second.findings, second.coverage], [4, 4, 1])
    assert.equal((await store.flows({ limit: 100 })).items.length, 10)
    assert.equal((await store.findings({ limit: 100 })).items.length, 2)
  })

  test('a step removes no more than it may and says that there is more', async (t) => {
    const store = await open(t)
    await clinic(store)
    const retention = { ...keepAll, flowsMs: 0 }
    const steps: number[] = []
    for (let more = true; more;) {
      const pruned = await store.prune({ now, retention, rows: 10 })
      steps.push(pruned.flows)
      more = pruned.more
    }
    assert.deepEqual(steps, [10, 10, 4])
  })

  test('a store that is too large loses its oldest, flows without findings first', async (t) => {
    const store = await open(t)
    const records: ObservedRecord[] = []
    for (let i = 0; i < 4_000; i++)
      records.push(sampleFlow({ id: `f${i}`, recordId: `f${i}`, end: at(i / 10) }))
    records.push(sampleFinding({ flow: 'f0' }))
    await append(store, records)
    const full = (await store.statistics()).usedBytes
    const retention = { ...keepAll, maxBytes: Math.floor(full / 2) }
    let pruned = await store.prune({ now, retention, rows: 200 })
    assert.equal(pruned.early, true)
    while (pruned.more) pruned = await store.prune({ now, retention, rows: 200 })
    const { usedBytes } = await store.statistics()
    assert.ok(usedBytes <= full / 2, `${usedBytes} of ${full} are used`)
    assert.ok(usedBytes > full / 4, `${usedBytes} of ${full} are used`)
    const ids = new Set((await all((query) => store.flows(query), 1000)).map((flow) => flow.id))
    assert.ok(ids.has('f3999') && ids.has('f0') && !ids.has('f1'))
    assert.equal((await store.findings({ limit: 10 })).items.length, 1)
  })

  test('a store that may hold nothing loses everything that can go, and the pruning ends', async (t) => {
    const store = await open(t)
    await clinic(store)
    await append(store, [sampleCoverage({ recordId: 'c' })])
    await store.saveWorkloads({ enforcer: 'node-1', at: 0, complete: true, states: [sampleState()] })
    const retention = { ...keepAll, maxBytes: 0 }
    let steps = 0
    while ((await store.prune({ now, retention, rows: 10 })).more) assert.ok(++steps < 50)
    assert.deepEqual((await store.flows({ limit: 1 })).items, [])
    assert.deepEqual((await store.findings({ limit: 1 })).items, [])
    assert.equal((await store.workloads({ limit: 10 })).items.length, 1)
  })

  test('workloads that stopped long ago are forgotten, those that run are not', async (t) => {
    const store = await open(t)
    const gone = sampleState({ id: 'docker:old' }, { stoppedAt: at(-9) })
    await store.saveWorkloads({ enforcer: 'n', at: 0, complete: true, states: [gone, sampleState()] })
    const pruned = await store.prune({ now, retention: { ...keepAll, findingsMs: 1_000_000 }, rows: 10 })
    assert.equal(pruned.workloads, 1)
    assert.equal((await store.workloads({ limit: 10 })).items[0].state.workload.id, 'docker:web')
  })
}

function nodeRecords(open: Open): void {
  test('nodes and tokens are there by id, the last of each, until they are removed', async (t) => {
    const { nodes } = await open(t)
    const certificate = { fingerprint: 'a', notAfter: 2 }
    const node = { id: 'n', name: 'node-1', joinedAt: 1, certificate, next: null }
    const token = { id: 'n', hash: 'h', createdAt: 1, createdBy: 'é', expiresAt: 2, used: null }
    await nodes.save({ nodes: [node], tokens: [token] })
    const used = { ...token, used: { at: 1, node: 'n', key: 'k' } }
    await nodes.save({ tokens: [used] })
    assert.deepEqual(await nodes.list(), { nodes: [node], tokens: [used] })
    await nodes.remove('token', 'n')
    assert.deepEqual(await nodes.list(), { nodes: [node], tokens: [] })
    await nodes.remove('node', 'n')
    assert.deepEqual(await nodes.list(), { nodes: [], tokens: [] })
  })
}

function privacyRecords(open: Open): void {
  test('what is kept of privacy is there by kind, the latest first, and the last of each id', async (t) => {
    const { privacy } = await open(t)
    const record = (id: string, at: number, text: string) => ({ id, at, record: JSON.stringify(text) })
    await privacy.save('transfer', [record('a', 1, 'one'), record('b', 2, 'two')])
    await privacy.save('acceptance', [record('a', 9, 'accepted')])
    await privacy.save('transfer', [record('a', 3, 'more')])
    assert.deepEqual(await privacy.list('transfer', 10), [record('a', 3, 'more'), record('b', 2, 'two')])
    assert.deepEqual(await privacy.list('transfer', 1), [record('a', 3, 'more')])
    await privacy.keepLatest('transfer', 2)
    assert.equal((await privacy.list('transfer', 10)).length, 2)
    await privacy.save('transfer', [record('c', 1, 'old')])
    await privacy.keepLatest('transfer', 2)
    assert.deepEqual(await privacy.list('transfer', 10), [record('a', 3, 'more'), record('b', 2, 'two')])
    await privacy.remove('transfer', 'a')
    assert.deepEqual(await privacy.list('transfer', 10), [record('b', 2, 'two')])
    assert.deepEqual(await privacy.list('acceptance', 10), [record('a', 9, 'accepted')])
  })
}
