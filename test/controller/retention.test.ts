import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Controller } from '../../src/controller/controller.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { defaultRetention } from '../../src/store/limits.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { at, sampleFinding, sampleFlow } from '../records.ts'
import { eventually, hashKey, openLedger, temporaryFolder } from './fixture.ts'

test('a store that is too large is emptied a little under its limit, and that is a gap', async (t) => {
  const folder = temporaryFolder(t)
  const store = await SqliteStore.open(join(folder, 'store.db'))
  t.after(() => store.close())
  const records: ObservedRecord[] = []
  for (let i = 0; i < 6_000; i++) {
    const end = new Date(Date.now() - 60_000 + i).toISOString()
    records.push(sampleFlow({ id: `f${i}`, recordId: `f${i}`, end }))
  }
  await store.append({ enforcer: 'n', run: 'r', sequence: 1, records })
  const maxBytes = Math.floor((await store.statistics()).usedBytes * 0.7)
  const log: string[] = []
  const controller = await Controller.start({
    store,
    socketPath: join(folder, 'controller.sock'),
    hashKey,
    ledger: await openLedger(folder, store),
    retention: { ...defaultRetention, maxBytes },
    log: (level, message) => log.push(`${level}: ${message}`),
  })
  t.after(() => controller.close())
  await eventually(async () => (await store.statistics()).usedBytes <= maxBytes * 0.9, 'it is smaller')
  assert.ok((await store.statistics()).usedBytes > maxBytes * 0.6, 'no more than needed went')
  const { items } = await store.coverage({ limit: 10 })
  assert.deepEqual(
    items.map((item) => item.reason),
    ['retention-size'],
  )
  assert.match(log.join('\n'), /warn: Retention: the store reached \d+ bytes of \d+/)
})

test('what is older than it may be goes at the start', async (t) => {
  const folder = temporaryFolder(t)
  const store = await SqliteStore.open(join(folder, 'store.db'))
  t.after(() => store.close())
  const now = Date.parse(at(100))
  const old = [sampleFlow({ id: 'a' }), sampleFinding({ flow: 'a' }), sampleFlow({ id: 'b' })]
  await store.append({ enforcer: 'n', run: 'r', sequence: 1, records: old })
  const controller = await Controller.start({
    store,
    socketPath: join(folder, 'controller.sock'),
    hashKey,
    ledger: await openLedger(folder, store),
    retention: { ...defaultRetention, flowsMs: 50_000 },
    log: () => undefined,
    now: () => now,
  })
  t.after(() => controller.close())
  await eventually(async () => (await store.flows({ limit: 10 })).items.length === 1, 'one flow goes')
  assert.equal((await store.findings({ limit: 10 })).items[0].flow?.id, 'a')
})

test('what evidence holds goes when its time is over, and that it did is on record', async (t) => {
  const folder = temporaryFolder(t)
  const store = await SqliteStore.open(join(folder, 'store.db'))
  const ledger = await openLedger(folder, store)
  const now = Date.parse(at(100))
  const old = { kind: 'policy' as const, actor: 'anna', at: now - 3 * 86_400_000, body: { change: 'of old' } }
  await ledger.append(old)
  const controller = await Controller.start({
    store,
    socketPath: join(folder, 'controller.sock'),
    hashKey,
    ledger,
    retention: { ...defaultRetention, evidenceMs: 86_400_000 },
    log: () => undefined,
    now: () => now,
  })
  const recorded = (kind: string) => ledger.entries({ from: 0, kind, limit: 10 })
  await eventually(async () => (await recorded('erasure')).length === 1, 'it is erased')
  const [{ body, header }] = await recorded('policy')
  assert.deepEqual([body, header.actor], [undefined, 'anna'])
  const day = new Date(old.at).toISOString().slice(0, 10)
  assert.equal(
    (await recorded('erasure'))[0].body?.text,
    JSON.stringify({ days: [day], reason: 'its retention is over' }),
  )
  await controller.close()
  await ledger.close()
  await store.close()
})
