import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { quickFolder } from '../../../test/support/quick-folder.ts'
import { sampleFinding, sampleFlow, sampleViolation } from '../../../test/records.ts'
import { defaultRetention } from '../limits.ts'
import type { Database } from '../sql/database.ts'
import { SqlStore } from '../sql/sql-store.ts'
import type { Batch } from '../store.ts'
import { SqliteDatabase } from './sqlite-database.ts'

function open(t: TestContext): SqliteDatabase {
  const database = new SqliteDatabase(join(quickFolder(t), 'store.db'))
  t.after(() => database.close())
  return database
}

test('a commit waits for the disk', async (t) => {
  const database = open(t)
  assert.deepEqual(await database.query('PRAGMA journal_mode'), [{ __proto__: null, journal_mode: 'wal' }])
  assert.deepEqual(await database.query('PRAGMA synchronous'), [{ __proto__: null, synchronous: 2 }])
})

test('a full disk refuses a batch whole, and takes it when there is room', async (t) => {
  const database = open(t)
  const store = await SqlStore.open(database, 0)
  const records = Array.from({ length: 500 }, (_, i) => sampleFlow({ id: `f${i}`, recordId: `f${i}` }))
  const batch: Batch = { enforcer: 'n', run: 'r', sequence: 1, records }
  await database.query('PRAGMA max_page_count = 30')
  await assert.rejects(store.appendAll([batch], 0), { code: 'STORE_FULL', nextStep: /Free space/ })
  assert.deepEqual((await store.flows({ limit: 10 })).items, [])
  assert.equal(await store.acknowledged('n', 'r'), 0)
  await database.query('PRAGMA max_page_count = 100000')
  assert.equal((await store.appendAll([batch], 0))[0].acknowledged, 1)
})

test('the listings are read from an index in order, not sorted', async (t) => {
  const database = open(t)
  await SqlStore.open(database, 0)
  const listings: [table: string, time: string, where: string][] = [
    ['flows', 'end_ms', 'end_ms >= 5'],
    ['flows', 'end_ms', "workload = 'w' AND (end_ms, id) < (9, 'x')"],
    ['findings', 'last_ms', "(last_ms, id) < (9, 'x')"],
    ['findings', 'last_ms', "workload = 'w' AND last_ms >= 5"],
    ['findings', 'last_ms', "identifier = 'iban' AND (last_ms, id) < (9, 'x')"],
    ['coverage', 'at_ms', "(at_ms, id) < (9, 'x')"],
  ]
  for (const [table, time, where] of listings) {
    const order = `ORDER BY ${time} DESC, id DESC LIMIT 10`
    const plan = await database.query(`EXPLAIN QUERY PLAN SELECT * FROM ${table} WHERE ${where} ${order}`)
    const details = plan.map((row) => String(row.detail)).join('; ')
    assert.match(details, new RegExp(`^SEARCH ${table} USING INDEX`))
    assert.doesNotMatch(details, /TEMP B-TREE/)
  }
})

test('what is written and what goes is found by an index that leads to it, however much is stored', async (t) => {
  const database = open(t)
  const statements = new Set<string>()
  const store = await SqlStore.open(noting(database, statements), 0)
  const records = Array.from({ length: 130 }, (_, i) => [
    sampleFlow({ id: `f${i}`, recordId: `f${i}` }),
    sampleFinding({ flow: `f${i}` }),
    sampleViolation({ id: `v${i}` }),
  ]).flat()
  const retention = { ...defaultRetention, flowsMs: 0, findingsMs: 0 }
  statements.clear()
  for (const sequence of [1, 2]) {
    await store.appendAll([{ enforcer: 'n', run: 'r', sequence, records }], 0)
    await store.prune({ now: Date.now(), retention, rows: 70 })
  }
  const large = /(SCAN (flows|findings|incidents|facets|facet_words)\b(?! USING COVERING INDEX))|carries=\?\)/
  for (const statement of statements) {
    if (!/^\s*(SELECT|UPDATE|DELETE)/.test(statement)) continue
    const plan = await database.query(`EXPLAIN QUERY PLAN ${statement}`, marksOf(statement))
    assert.doesNotMatch(plan.map((row) => String(row.detail)).join('; '), large, statement)
  }
  assert.ok(statements.size > 20)
})

const marksOf = (statement: string) => Array.from({ length: statement.split('?').length - 1 }, () => null)

/** A database that keeps what it is asked. */
function noting(database: Database, statements: Set<string>): Database {
  const noted: Database = {
    query: (text, parameters) => database.query(note(text), parameters),
    execute: (text, parameters) => database.execute(note(text), parameters),
    transaction: (work) => database.transaction(() => work(noted)),
    usedBytes: () => database.usedBytes(),
    reclaim: () => database.reclaim(),
    close: () => database.close(),
  }
  const note = (text: string) => {
    statements.add(text)
    return text
  }
  return noted
}

test('freed space goes back to the file system', async (t) => {
  const database = open(t)
  await database.execute('CREATE TABLE things (id bigint, text text)')
  await database.transaction(async (all) => {
    for (let i = 0; i < 1000; i++)
      await all.execute('INSERT INTO things VALUES (?, ?)', [i, 'x'.repeat(1000)])
  })
  const pages = async () => (await database.query('PRAGMA page_count'))[0].page_count as number
  const before = await pages()
  await database.execute('DELETE FROM things')
  await database.reclaim()
  assert.ok((await pages()) < before / 10)
})

test('a transaction that fails leaves nothing, and the next one works', async (t) => {
  const database = open(t)
  await database.execute('CREATE TABLE things (id bigint PRIMARY KEY)')
  const failing = database.transaction(async (transaction) => {
    await transaction.execute('INSERT INTO things VALUES (1)')
    await transaction.execute('INSERT INTO things VALUES (1)')
  })
  await assert.rejects(failing, /UNIQUE/)
  await database.transaction((transaction) => transaction.execute('INSERT INTO things VALUES (2)'))
  assert.deepEqual(
    (await database.query('SELECT id FROM things')).map((row) => row.id),
    [2],
  )
})
