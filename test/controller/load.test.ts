import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { wireLimits, type ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { at, sampleFinding, sampleFlow } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { temporaryFolder } from './fixture.ts'

const findingsPerSecond = 5_000
const seconds = Number(process.env.PAVISE_LOAD_SECONDS ?? 3)
const batchesPerSecond = 20
const findingsPerFlow = 5

/** What one twentieth of a second brings: new flows, and for each its findings. */
function batch(sequence: number): ObservedRecord[] {
  const records: ObservedRecord[] = []
  for (let i = 0; i < findingsPerSecond / batchesPerSecond / findingsPerFlow; i++) {
    const id = `flow-${sequence}-${i}`
    const end = at(sequence / batchesPerSecond)
    records.push(sampleFlow({ id, end, server: { address: `192.0.2.${i}`, port: 443 } }))
    for (let field = 0; field < findingsPerFlow; field++) {
      records.push(sampleFinding({ flow: id, field: `http.body $.items[${field}]`, last: end }))
    }
  }
  return records
}

/** Sends at the pace of the test, and no more at once than the wire allows. */
async function send(client: EnforcerClient, batches: number): Promise<void> {
  const started = performance.now()
  for (let sequence = 1; sequence <= batches; sequence++) {
    if (sequence > wireLimits.batchesInFlight)
      await client.acknowledged(sequence - wireLimits.batchesInFlight)
    client.batch(sequence, batch(sequence))
    const due = started + (sequence * 1000) / batchesPerSecond
    await pause(Math.max(0, due - performance.now()))
  }
  await client.acknowledged(batches)
}

test(`${findingsPerSecond} findings a second for ${seconds} s: all are stored and counted, memory stays flat`, async (t) => {
  const folder = temporaryFolder(t)
  const child = fork(new URL('./load-controller.ts', import.meta.url), [folder])
  t.after(() => child.kill('SIGKILL'))
  const rss: number[] = []
  let counted = 0
  child.on('message', (message: { rss?: number; counted?: number }) => {
    if (message.rss !== undefined) rss.push(message.rss / 2 ** 20)
    counted = message.counted ?? counted
  })
  await once(child, 'message')
  const client = await EnforcerClient.join(join(folder, 'controller.sock'))
  const started = performance.now()
  await send(client, seconds * batchesPerSecond)
  const rate = (seconds * findingsPerSecond) / ((performance.now() - started) / 1000)
  child.send('finish')
  await once(child, 'close')

  const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
  const rows = database.prepare('SELECT COUNT(*) AS n, SUM(count) AS total FROM findings').get()
  database.close()
  t.diagnostic(`${Math.round(rate)} findings/s; RSS in MiB: ${rss.map(Math.round).join(' ')}`)
  assert.equal(rows?.n, seconds * findingsPerSecond)
  assert.equal(counted, seconds * findingsPerSecond)
  assert.ok(rate > findingsPerSecond * 0.9, `it took only ${rate} findings a second`)
  // Caches (of the database, of events, of flows) fill at first; from the middle on there is nothing left to grow.
  if (seconds >= 20) assert.ok(rss.at(-1)! < rss[rss.length >> 1] * 1.25, `RSS grew: ${rss.join(' ')}`)
  assert.ok(Math.max(...rss) < 450, `RSS was ${Math.max(...rss)} MiB`)
})
