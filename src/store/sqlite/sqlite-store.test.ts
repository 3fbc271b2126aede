import assert from 'node:assert/strict'
import { readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { sampleFlow } from '../../../test/records.ts'
import { accountContract } from '../../../test/store/account-contract.ts'
import { quickFolder } from '../../../test/support/quick-folder.ts'
import { searchContract } from '../../../test/store/search-contract.ts'
import { storeContract } from '../../../test/store/store-contract.ts'
import { StoreError } from '../store-error.ts'
import { SqliteStore } from './sqlite-store.ts'

async function open(t: TestContext): Promise<SqliteStore> {
  const store = await SqliteStore.open(join(quickFolder(t), 'store.db'))
  t.after(() => store.close())
  return store
}

storeContract('SQLite', open)
accountContract('SQLite', open)
searchContract('SQLite', open)

test('the file and its log are readable for their owner only', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  const store = await SqliteStore.open(path)
  await store.append({ enforcer: 'n', run: 'r', sequence: 1, records: [sampleFlow()] })
  for (const suffix of ['', '-wal', '-shm']) {
    assert.equal(statSync(path + suffix).mode & 0o777, 0o600, `store.db${suffix}`)
  }
  await store.close()
})

test('what was stored is there when it is opened again', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  const first = await SqliteStore.open(path)
  await first.append({ enforcer: 'n', run: 'r', sequence: 4, records: [sampleFlow()] })
  await first.close()
  const second = await SqliteStore.open(path)
  t.after(() => second.close())
  assert.equal(await second.acknowledged('n', 'r'), 4)
  assert.equal((await second.flows({ limit: 10 })).items.length, 1)
})

test('closing finishes what was begun, and refuses what comes after', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  const store = await SqliteStore.open(path)
  const begun = store.append({ enforcer: 'n', run: 'r', sequence: 1, records: [sampleFlow()] })
  await store.close()
  assert.equal((await begun).acknowledged, 1)
  await assert.rejects(store.append({ enforcer: 'n', run: 'r', sequence: 2, records: [] }), {
    code: 'STORE_CLOSED',
  })
  await assert.rejects(store.flows({ limit: 1 }), { code: 'STORE_CLOSED' })
  await store.close()
})

test('a file that is no database is named with a way out, and is left as it is', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  writeFileSync(path, 'not a database, but long enough to be mistaken for one'.repeat(50))
  const size = statSync(path).size
  await assert.rejects(SqliteStore.open(path), (error) => {
    assert.ok(error instanceof StoreError)
    assert.equal(error.code, 'STORE_CORRUPT')
    assert.match(error.message, /store\.db/)
    assert.ok(error.nextStep)
    return true
  })
  assert.equal(statSync(path).size, size)
})

test('a store that a newer version wrote is refused', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  await (await SqliteStore.open(path)).close()
  const database = new DatabaseSync(path)
  database.exec("INSERT INTO migrations (version, name, at_ms) VALUES (999, 'later', 0)")
  database.close()
  await assert.rejects(SqliteStore.open(path), { code: 'STORE_TOO_NEW' })
})

test('a folder that is not there is named', async (t) => {
  await assert.rejects(SqliteStore.open(join(quickFolder(t), 'nowhere', 'store.db')), /nowhere/)
})

test('one batch that the database refuses does not take the others with it', async (t) => {
  const store = await open(t)
  const broken = { ...sampleFlow({ id: 'broken' }), packetsToServer: Number.NaN }
  const results = await Promise.allSettled(
    [sampleFlow({ id: 'a', recordId: 'a' }), broken, sampleFlow({ id: 'b', recordId: 'b' })].map(
      (record, index) => store.append({ enforcer: `n${index}`, run: 'r', sequence: 1, records: [record] }),
    ),
  )
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal((await store.flows({ limit: 10 })).items.length, 2)
})

/** Connections of this process to a file. */
const connections = (path: string) =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path
    } catch {
      return false // Closed meanwhile.
    }
  }).length

test('who reads while others write waits for none of them, and has what is durable by then', async (t) => {
  const path = join(quickFolder(t), 'store.db')
  const store = await SqliteStore.open(path)
  let sequence = 0
  const write = () => {
    const id = `f${++sequence}`
    return store.append({
      ...{ enforcer: 'n', run: 'r', sequence },
      records: [sampleFlow({ id, recordId: id })],
    })
  }
  const deadline = performance.now() + 20_000
  for (let reads = 0; reads < 20; reads += connections(path) - 1) {
    assert.ok(performance.now() < deadline, 'no second connection was opened')
    await write()
    const durable = sequence
    const writing = write()
    const { total } = await store.flows({ limit: 1, total: true })
    assert.ok((total?.count ?? 0) >= durable, `${total?.count} of ${durable}`)
    assert.deepEqual((await store.audit.list({ limit: 1 })).items, [])
    await writing
  }
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['store.db'])
})
