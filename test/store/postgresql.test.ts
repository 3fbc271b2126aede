import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { StoreError } from '../../src/store/store-error.ts'
import { PostgresqlStore } from '../../src/store/postgresql/postgresql-store.ts'
import { eventually } from '../controller/fixture.ts'
import { at, sampleFlow } from '../records.ts'
import { cannotStartPostgresql } from '../support/postgresql-server.ts'
import { accountContract } from './account-contract.ts'
import { batchRecords, flowsPerBatch } from './endless-writer.ts'
import { newDatabase, openStore, server } from './postgresql-databases.ts'
import { searchContract } from './search-contract.ts'
import { all, storeContract } from './store-contract.ts'

const skip = cannotStartPostgresql

if (skip === false) {
  storeContract('PostgreSQL', openStore)
  accountContract('PostgreSQL', openStore)
  searchContract('PostgreSQL', openStore)
}

const writer = new URL('./postgresql-writer.ts', import.meta.url).pathname

/** Lets a writer run, kills it after some batches, and gives the last that it said was durable. */
async function writeUntilKilled(address: string, run: string, batches: number): Promise<number> {
  const child = spawn(process.execPath, [writer, address, run], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.split('\n').length > batches) child.kill('SIGKILL')
  })
  await once(child, 'close')
  assert.equal(child.signalCode, 'SIGKILL', 'the writer ended by itself')
  // The last line may have been cut in the middle by the kill: only whole lines count.
  return Math.max(...output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number))
}

/** All of each batch up to the last that is acknowledged is there, nothing of one after it, and its counts are right. */
async function assertWhole(store: PostgresqlStore, run: string): Promise<number> {
  const acknowledged = await store.acknowledged('writer', run)
  const flows = await all((query) => store.flows({ ...query, search: run }), 1_000)
  assert.equal(flows.length, acknowledged * flowsPerBatch, `${run}: half a batch is stored, or one twice`)
  const { items } = await store.findings({ limit: 10, search: run })
  assert.equal(items[0].finding.count, acknowledged, `${run}: the finding is not the one of its last batch`)
  const { total } = await store.flows({ limit: 1, search: run, total: true })
  assert.deepEqual(total, { count: flows.length, exact: true })
  return acknowledged
}

suite('PostgreSQL', { skip }, () => {
  test('what was stored is there when it is connected again', async (t) => {
    const address = await newDatabase()
    const first = await PostgresqlStore.connect(address)
    await first.append({ enforcer: 'n', run: 'r', sequence: 4, records: [sampleFlow()] })
    await first.close()
    await assert.rejects(first.flows({ limit: 1 }), { code: 'STORE_CLOSED' })
    const second = await PostgresqlStore.connect(address)
    t.after(() => second.close())
    assert.equal(await second.acknowledged('n', 'r'), 4)
    assert.equal((await second.flows({ limit: 10 })).items.length, 1)
  })

  test('after kill -9 everything acknowledged is there, and who comes next has the store at once', async (t) => {
    const address = await newDatabase()
    for (const [round, batches] of [3, 20, 50].entries()) {
      const printed = await writeUntilKilled(address, `run${round}`, batches)
      const store = await PostgresqlStore.connect(address)
      t.after(() => store.close())
      const acknowledged = await assertWhole(store, `run${round}`)
      assert.ok(acknowledged >= printed, `printed ${printed}, but only ${acknowledged} is stored`)
      await store.close()
    }
  })

  test('while the server is down whatever is asked is refused; when it is back nothing is lost or doubled', async (t) => {
    const { crash, start } = await server()
    const store = await openStore(t)
    let durable = 0
    const refused: unknown[] = []
    const state = { stop: false }
    const writing = (async () => {
      for (let sequence = 1; !state.stop;) {
        const batch = { enforcer: 'writer', run: 'crash', sequence, records: batchRecords('crash', sequence) }
        try {
          durable = (await store.append(batch)).acknowledged
          sequence++
        } catch (error) {
          refused.push(error)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
    })()
    await eventually(() => durable > 5, 'some are written')
    await crash()
    await eventually(() => refused.length > 0, 'one is refused')
    await assert.rejects(store.flows({ limit: 1 }), {
      code: 'STORE_UNAVAILABLE',
      message: /PostgreSQL at 127\.0\.0\.1/,
      nextStep: /goes on as soon as/,
    })
    const before = durable
    await start()
    await eventually(() => durable > before + 5, 'it goes on')
    state.stop = true
    await writing
    assert.equal(await assertWhole(store, 'crash'), durable)
    for (const error of refused) assert.ok(error instanceof StoreError && error.code === 'STORE_UNAVAILABLE')
  })

  test('one Pavise to a database', async (t) => {
    const address = await newDatabase()
    const first = await PostgresqlStore.connect(address)
    t.after(() => first.close())
    await assert.rejects(PostgresqlStore.connect(address), { code: 'STORE_LOCKED', nextStep: /other Pavise/ })
    await first.close()
    await (await PostgresqlStore.connect(address)).close()
  })

  test('words are in order byte by byte, whatever the locale of the database', async (t) => {
    const store = await PostgresqlStore.connect(
      await newDatabase("TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' ENCODING 'UTF8'"),
    )
    t.after(() => store.close())
    const names = ['a-b.example', 'ab.example', 'éa.example', 'z_z.example', '東京.example']
    const records = names.map((serverName, i) => sampleFlow({ id: `f${i}`, serverName, end: at(i) }))
    await store.append({ enforcer: 'n', run: 'r', sequence: 1, records })
    for (const [i, name] of names.entries()) {
      const found = await store.flows({ limit: 10, search: name.slice(0, 3) })
      assert.deepEqual(
        found.items.map(({ id }) => id),
        [`f${i}`],
        name,
      )
    }
  })

  test('a database that cannot hold every text is refused', async () => {
    const address = await newDatabase("TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'LATIN1'")
    await assert.rejects(PostgresqlStore.connect(address), {
      code: 'STORE_UNAVAILABLE',
      message: /LATIN1/,
      nextStep: /createdb --encoding=UTF8/,
    })
  })

  test('what cannot be reached is named without its password, with what to do', async () => {
    const { port, user } = await server()
    const cases: [address: string, code: string, next: RegExp][] = [
      [`postgres://${user}:hunter2@127.0.0.1:1/x`, 'STORE_UNAVAILABLE', /server runs/],
      [`postgres://${user}:hunter2@127.0.0.1:${port}/nowhere`, 'STORE_UNAVAILABLE', /createdb/],
      [`postgres://nobody:hunter2@127.0.0.1:${port}/postgres`, 'STORE_UNAVAILABLE', /user and password/],
      ['postgres://hunter2@:::/', 'STORE_UNAVAILABLE', /postgres:\/\/user@host/],
    ]
    for (const [address, code, next] of cases) {
      await assert.rejects((async () => PostgresqlStore.connect(address))(), (error: unknown) => {
        assert.ok(error instanceof StoreError, String(error))
        assert.equal(error.code, code)
        assert.match(error.nextStep ?? '', next)
        assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`, /hunter2/)
        return true
      })
    }
  })
})
