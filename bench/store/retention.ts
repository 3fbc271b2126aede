import { setTimeout as pause } from 'node:timers/promises'
import { defaultRetention, storeLimits } from '../../src/store/limits.ts'
import type { Store } from '../../src/store/store.ts'
import { day, findingAt, flowAt, now } from './rows.ts'

const pauseMs = 20
const findingsPerBatch = 250
const batchesPerSecond = 20

/** Lets the oldest day go, in the steps of the controller, while 5,000 findings a second are written: how long each of these waits. */
export async function measureRetention(store: Store, count: number): Promise<void> {
  const quiet = await waits(store, 'quiet', count, pause(5_000))
  console.log(`5,000 findings/s, acknowledged after ${quiet}`)
  const began = performance.now()
  const pruning = letGo(store)
  const busy = await waits(store, 'busy', count, pruning)
  const seconds = (performance.now() - began) / 1000
  console.log(`a day of ${await pruning} records goes in ${seconds.toFixed(1)} s; meanwhile, ${busy}`)
}

async function letGo(store: Store): Promise<number> {
  const retention = {
    ...defaultRetention,
    flowsMs: 6 * day,
    findingsMs: 6 * day,
    maxBytes: Number.MAX_SAFE_INTEGER,
  }
  let gone = 0
  for (let more = true; more;) {
    const pruned = await store.prune({ now, retention, rows: storeLimits.pruneRows })
    gone += pruned.flows + pruned.findings + pruned.incidents
    more = pruned.more
    await pause(pauseMs)
  }
  return gone
}

async function waits(store: Store, run: string, count: number, until: Promise<unknown>): Promise<string> {
  const state = { done: false }
  void until.then(() => (state.done = true))
  const times: number[] = []
  const began = performance.now()
  for (let sequence = 1; !state.done; sequence++) {
    const at = performance.now()
    await store.append({ enforcer: 'bench', run, sequence, records: batch(run, sequence, count) })
    times.push(performance.now() - at)
    await pause(Math.max(0, began + (sequence * 1000) / batchesPerSecond - performance.now()))
  }
  const sorted = times.toSorted((a, b) => a - b)
  const share = (of: number) => sorted[Math.floor(of * (sorted.length - 1))].toFixed(1)
  const rate = Math.round((times.length * findingsPerBatch) / ((performance.now() - began) / 1000))
  return `p50 ${share(0.5)}, p99 ${share(0.99)}, at most ${share(1)} ms (${rate}/s)`
}

/** Fifty new flows with five findings each, of now. */
function batch(run: string, sequence: number, count: number) {
  return Array.from({ length: findingsPerBatch / 5 }, (_, i) => {
    const id = `${run}-${sequence}-${i}`
    const flow = { ...flowAt(count - 1 - i, count), id, recordId: id }
    const findings = Array.from({ length: 5 }, (_each, field) => {
      const recordId = `${id}/${field}`
      return { ...findingAt(i, flow), recordId, field: `http.body $.items[${field}]` }
    })
    return [flow, ...findings]
  }).flat()
}
