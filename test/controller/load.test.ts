import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { wireLimits, type ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { at, sampleFinding, sampleFlow } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { temporaryFolder } from './fixture.ts'
import { type JoinedNode, joinedNode } from './joined-node.ts'
import type { LoadReport } from './load-controller.ts'

const findingsPerSecond = 5_000
const enforcers = 100
const seconds = Number(process.env.PAVISE_LOAD_SECONDS ?? 3)
/** Each enforcer sends one batch a second. */
const flowsPerBatch = 10
const joinedAtOnce = 10
const findingsPerFlow = findingsPerSecond / enforcers / flowsPerBatch

/** What a second brings at one enforcer: new flows, and for each its findings. */
function batch(enforcer: string, sequence: number): ObservedRecord[] {
  const records: ObservedRecord[] = []
  for (let i = 0; i < flowsPerBatch; i++) {
    const id = `${enforcer}-${sequence}-${i}`
    const end = at(sequence)
    records.push(sampleFlow({ id, end, server: { address: `192.0.2.${i}`, port: 443 } }))
    for (let field = 0; field < findingsPerFlow; field++) {
      records.push(sampleFinding({ flow: id, field: `http.body $.items[${field}]`, last: end }))
    }
  }
  return records
}

/** Sends at the pace of the test, and no more at once than the wire allows; resolves when all is acknowledged. */
async function send({ identity, connect }: JoinedNode, index: number): Promise<void> {
  const enforcer = identity.name
  const client = await EnforcerClient.join(connect, { enforcer, run: `run-${index}` })
  const started = performance.now() + (index * 1_000) / enforcers
  for (let sequence = 1; sequence <= seconds; sequence++) {
    await pause(Math.max(0, started + (sequence - 1) * 1_000 - performance.now()))
    if (sequence > wireLimits.batchesInFlight) {
      await client.acknowledged(sequence - wireLimits.batchesInFlight)
    }
    client.batch(sequence, batch(enforcer, sequence))
  }
  await client.acknowledged(seconds)
}

async function tokensOf(child: ChildProcess): Promise<Required<Pick<LoadReport, 'port' | 'tokens'>>> {
  for (;;) {
    const [{ port, tokens }] = (await once(child, 'message')) as [LoadReport]
    if (port !== undefined && tokens !== undefined) return { port, tokens }
  }
}

/** Each a machine that joins by itself, with a key of its own; some at a time, for here they have one processor for all. */
async function joinAll(
  folder: string,
  { port, tokens }: { port: number; tokens: string[] },
): Promise<JoinedNode[]> {
  const controller = { host: '127.0.0.1', port }
  const nodes: JoinedNode[] = []
  for (let from = 0; from < tokens.length; from += joinedAtOnce) {
    const some = tokens.slice(from, from + joinedAtOnce)
    const joining = some.map((token, index) =>
      joinedNode({ name: `node-${from + index}`, token, controller, in: folder }),
    )
    nodes.push(...(await Promise.all(joining)))
  }
  return nodes
}

test(`${findingsPerSecond} findings a second of ${enforcers} enforcers for ${seconds} s: all are stored and counted, memory stays flat`, async (t) => {
  const folder = temporaryFolder(t)
  const child = fork(new URL('./load-controller.ts', import.meta.url), [folder, '0', `${enforcers}`])
  t.after(() => child.kill('SIGKILL'))
  const rss: number[] = []
  let counted = 0
  child.on('message', (message: LoadReport) => {
    if (message.rss !== undefined) rss.push(message.rss / 2 ** 20)
    counted = message.counted ?? counted
  })
  const nodes = await joinAll(folder, await tokensOf(child))
  const started = performance.now()
  await Promise.all(nodes.map(send))
  const rate = (seconds * findingsPerSecond) / ((performance.now() - started) / 1000)
  child.send('finish')
  await once(child, 'close')

  const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
  const rows = database.prepare('SELECT COUNT(*) AS n, SUM(count) AS total FROM findings').get()
  database.close()
  t.diagnostic(`${Math.round(rate)} findings/s; RSS in MiB: ${rss.map(Math.round).join(' ')}`)
  assert.equal(rows?.n, seconds * findingsPerSecond)
  assert.equal(counted, seconds * findingsPerSecond)
  assert.ok(Math.max(...rss) < 450, `RSS was ${Math.max(...rss)} MiB`)
  // Caches (of the database, of events, of flows) fill at first; from the middle on there is nothing left to grow.
  if (seconds < 20) return
  assert.ok(rate > findingsPerSecond * 0.9, `it took only ${rate} findings a second`)
  assert.ok(rss.at(-1)! < rss[rss.length >> 1] * 1.25, `RSS grew: ${rss.join(' ')}`)
})
