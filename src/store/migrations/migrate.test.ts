import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sampleFinding, sampleFlow } from '../../../test/records.ts'
import { quickFolder } from '../../../test/support/quick-folder.ts'
import { SqlStore } from '../sql/sql-store.ts'
import { SqliteDatabase } from '../sqlite/sqlite-database.ts'
import { migrate, type Migration, migrations } from './migrate.ts'

function open(t: TestContext): SqliteDatabase {
  const database = new SqliteDatabase(join(quickFolder(t), 'store.db'))
  t.after(() => database.close())
  return database
}

const first: Migration = { version: 1, name: 'first', statements: ['CREATE TABLE things (id bigint)'] }
const second: Migration = {
  version: 2,
  name: 'second',
  statements: ['ALTER TABLE things ADD COLUMN name text', "UPDATE things SET name = 'known'"],
}

const applied = async (database: SqliteDatabase) =>
  (await database.query('SELECT version, name, at_ms FROM migrations ORDER BY version')).map(Object.values)

test('each migration is applied once, in order, and what was stored stays', async (t) => {
  const database = open(t)
  await migrate(database, 100, [first])
  await database.execute('INSERT INTO things VALUES (7)')
  await migrate(database, 200, [first, second])
  await migrate(database, 300, [first, second])
  assert.deepEqual((await database.query('SELECT id, name FROM things')).map(Object.values), [[7, 'known']])
  assert.deepEqual(await applied(database), [
    [1, 'first', 100],
    [2, 'second', 200],
  ])
})

test('a migration that fails leaves the version before it whole', async (t) => {
  const database = open(t)
  const broken = { ...second, statements: [...second.statements, 'NOT SQL'] }
  await migrate(database, 0, [first])
  await assert.rejects(migrate(database, 0, [first, broken]))
  assert.deepEqual(await applied(database), [[1, 'first', 0]])
  const columns = await database.query('SELECT name FROM pragma_table_info(?)', ['things'])
  assert.deepEqual(
    columns.map((row) => row.name),
    ['id'],
  )
})

test('the tables of the store are there after all migrations', async (t) => {
  const database = open(t)
  await migrate(database, 0)
  const tables = await database.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  assert.deepEqual(
    tables.map((row) => row.name),
    [
      ...[
        'accounts',
        'audit',
        'batches',
        'cases',
        'coverage',
        'evidence_entries',
        'evidence_heads',
        'evidence_tiles',
        'evidence_witnesses',
        'facet_kinds',
        'facet_words',
        'facets',
        'findings',
        'flows',
        'incidents',
        'migrations',
        'node_records',
        'passkeys',
      ],
      ...['policy_learned', 'policy_objects', 'policy_versions', 'privacy_records'],
      ...['quarantined', 'secrets', 'workloads'],
    ],
  )
})

test('what an older version stored is found by what is asked for since', async (t) => {
  const database = open(t)
  await migrate(database, 0, migrations.slice(0, 8))
  const [flow, finding] = [sampleFlow({ serverName: 'old.example' }), sampleFinding()]
  await database.execute(
    `INSERT INTO flows (id, end_ms, workload, side, application, encrypted, packets, carries, record)
     VALUES (?, 1, ?, 'client', 'HTTP', 0, 11, 1, ?)`,
    [flow.id, 'docker:web', JSON.stringify(flow)],
  )
  await database.execute(
    'INSERT INTO findings (id, flow, workload, identifier, count, last_ms, record) VALUES (?, ?, ?, ?, 1, 1, ?)',
    [finding.recordId, flow.id, 'docker:web', 'iban', JSON.stringify(finding)],
  )
  const store = await SqlStore.open(database, 0)
  const query = { limit: 10, total: true, search: 'old.example', identifier: 'iban' }
  assert.deepEqual((await store.flows(query)).items, [flow])
  assert.deepEqual(await store.findings(query), {
    items: [{ finding, flow }],
    next: null,
    total: { count: 1, exact: true },
  })
})
