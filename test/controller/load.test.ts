import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { temporaryFolder } from './fixture.ts'
import { simulate } from './simulated-enforcers.ts'

const findingsPerSecond = 5_000
const enforcers = 100
const seconds = Number(process.env.PAVISE_LOAD_SECONDS ?? 3)

test(`${findingsPerSecond} findings a second of ${enforcers} enforcers for ${seconds} s: all are stored and counted, memory stays flat`, async (t) => {
  const folder = temporaryFolder(t)
  const load = await simulate(folder, { enforcers, findingsPerSecond, seconds })
  const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
  const rows = database.prepare('SELECT COUNT(*) AS n, SUM(count) AS total FROM findings').get()
  database.close()
  const { rss, counted, findingsPerSecond: rate } = load
  t.diagnostic(`${Math.round(rate)} findings/s; RSS in MiB: ${rss.map(Math.round).join(' ')}`)
  assert.equal(rows?.n, seconds * findingsPerSecond)
  assert.equal(counted, seconds * findingsPerSecond)
  // Of that 40 MiB are in use; V8 lets the rest lie, more of it where it is waited for the processor.
  assert.ok(Math.max(...rss) < 700, `RSS was ${Math.max(...rss)} MiB`)
  // Caches (of the database, of events, of flows) fill at first; from the middle on there is nothing left to grow.
  if (seconds < 20) return
  assert.ok(rate > findingsPerSecond * 0.9, `it took only ${rate} findings a second`)
  assert.ok(rss.at(-1)! < rss[rss.length >> 1] * 1.25, `RSS grew: ${rss.join(' ')}`)
})
