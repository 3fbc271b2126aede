import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { at, sampleFlow } from '../../../test/records.ts'
import { quickFolder } from '../../../test/support/quick-folder.ts'
import { storeLimits } from '../limits.ts'
import { SqliteDatabase } from '../sqlite/sqlite-database.ts'
import { planOf } from './listing-plan.ts'
import { flowListing } from './listings.ts'
import { SqlStore } from './sql-store.ts'

const flows = 1_200

/** Every second flow speaks HTTP, every fourth of them is of `docker:api`. */
async function open(t: TestContext) {
  const database = new SqliteDatabase(join(quickFolder(t), 'store.db'))
  t.after(() => database.close())
  const store = await SqlStore.open(database, 0)
  const records = Array.from({ length: flows }, (_, i) =>
    sampleFlow({
      ...{ id: `f${i}`, recordId: `f${i}`, end: at(i) },
      application: i % 2 === 0 ? 'HTTP' : 'SSL',
      workload: i % 8 === 0 ? 'docker:api' : 'docker:web',
    }),
  )
  await store.appendAll([{ enforcer: 'n', run: 'r', sequence: 1, records }], 0)
  return { store, database }
}

/** As if there were a million more of each. */
const claimMillions = (database: SqliteDatabase) =>
  database.execute('UPDATE facets SET records = records + 1000000')

/** As if there were so many different ones that nobody adds them up, nor collects them. */
const addFacets = (database: SqliteDatabase) =>
  database.execute(
    `INSERT INTO facets (id, kind, application, workload, records)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT 'x' || i, 'flow', 'HTTP', 'docker:api', 1 FROM n`,
    [storeLimits.countedFacets + 1],
  )

const addWords = (database: SqliteDatabase) =>
  database.execute(
    "INSERT INTO facet_words (word, facet) SELECT 'docker:api-' || id, id FROM facets WHERE id LIKE 'x%'",
  )

async function idsOf(store: SqlStore, query: object): Promise<string[]> {
  const ids: string[] = []
  for (let after; ;) {
    const page = await store.flows({ limit: 7, ...query, ...(after && { after }) })
    ids.push(...page.items.map((flow) => flow.id))
    if (page.next === null) return ids
    after = page.next
  }
}

const expected = (of: (i: number) => boolean) =>
  Array.from({ length: flows }, (_, i) => flows - 1 - i)
    .filter(of)
    .map((i) => `f${i}`)

test('few records are collected, many are come upon by time, and both give the same', async (t) => {
  const { store, database } = await open(t)
  const query = { limit: 7, workload: 'docker:api' }
  const way = async () => (await planOf(database, flowListing(query), query.limit)).way
  assert.equal(await way(), 'collect')
  assert.deepEqual(
    await idsOf(store, query),
    expected((i) => i % 8 === 0),
  )
  await claimMillions(database)
  assert.equal(await way(), 'scan')
  assert.deepEqual(
    await idsOf(store, query),
    expected((i) => i % 8 === 0),
  )
})

test('facets that are too many to be collected are looked at one by one', async (t) => {
  const { store, database } = await open(t)
  await addFacets(database)
  await addWords(database)
  const query = { limit: 7, application: 'HTTP', search: 'docker:ap' }
  const plan = await planOf(database, flowListing(query), query.limit)
  assert.ok(plan.way === 'scan' && !plan.matching.exact && plan.scan.filter.isBroad && plan.scan.each)
  assert.deepEqual(
    await idsOf(store, query),
    expected((i) => i % 8 === 0),
  )
  const total = (await store.flows({ ...query, total: true })).total
  assert.equal(total?.exact, false)
})

test('what is counted by time is exact up to a bound, and at least that above', async (t) => {
  const { store, database } = await open(t)
  await claimMillions(database)
  const total = async (query: object) => (await store.flows({ limit: 1, total: true, ...query })).total
  assert.deepEqual(await total({ application: 'HTTP', since: Date.parse(at(1_000)) }), {
    count: 100,
    exact: true,
  })
  assert.deepEqual(await total({ until: Date.parse(at(10)) }), { count: 10, exact: true })
})

test('what is asked for and is all old is come upon in the first page', async (t) => {
  const { store, database } = await open(t)
  await database.execute("UPDATE flows SET end_ms = end_ms - 100000000 WHERE workload = 'docker:api'")
  await claimMillions(database)
  const query = { limit: 7, workload: 'docker:api' }
  assert.equal((await planOf(database, flowListing(query), 7)).way, 'scan')
  assert.ok((await store.flows(query)).items.length > 0)
  const old = expected((i) => i % 8 === 0)
  assert.deepEqual(await idsOf(store, query), old)
  const since = Date.parse(at(0))
  assert.deepEqual(await store.flows({ ...query, since, total: true }), {
    ...{ items: [], next: null },
    total: { count: 0, exact: true },
  })
})

test('a question begins with what the fewest facets have, however many have the rest', async (t) => {
  const { store, database } = await open(t)
  await addFacets(database)
  await addWords(database)
  await store.appendAll(
    [
      {
        ...{ enforcer: 'n', run: 'r', sequence: 2 },
        records: [sampleFlow({ id: 'rare', recordId: 'rare', workload: 'docker:rare', end: at(5) })],
      },
    ],
    0,
  )
  const rows: [query: object, first: string][] = [
    [{ application: 'HTTP', workload: 'docker:rare' }, 'workload = ?'],
    [{ search: 'http docker:rare', application: 'HTTP' }, 'word'],
    [{ side: 'client', workload: 'docker:rare', encrypted: false }, 'workload = ?'],
  ]
  for (const [query, first] of rows) {
    const plan = await planOf(database, flowListing(query), 7)
    assert.ok(plan.way === 'collect', JSON.stringify(query))
    const { holds, word } = plan.filter.first
    assert.equal(word === undefined ? holds : 'word', first)
    assert.equal(plan.matching.count, 1)
  }
  assert.deepEqual(await idsOf(store, { application: 'HTTP', workload: 'docker:rare' }), ['rare'])
  assert.deepEqual(await idsOf(store, { search: 'http docker:rare' }), ['rare'])
})
