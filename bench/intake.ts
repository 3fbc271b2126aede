import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type LoadResult, simulate } from '../test/controller/simulated-enforcers.ts'

/**
 * What a controller needs to take in 5,000 findings a second of 100 enforcers over TLS, each of which it stores durably, counts and
 * tells on, while somebody looks at a list twice a second. Enforcers are simulated by this process, on the same processors.
 *
 * PAVISE_BENCH_SECONDS   for how long (default 60)
 */
const load = {
  enforcers: 100,
  findingsPerSecond: 5_000,
  seconds: Number(process.env['PAVISE_BENCH_SECONDS'] ?? 60),
}

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  try {
    const result = await simulate(folder, load)
    const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
    const [{ stored }] = database.prepare('SELECT COUNT(*) AS stored FROM findings').all()
    database.close()
    print(result, Number(stored))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function print(
  { findingsPerSecond, rss, counted, controllerCpu, enforcersCpu, lists }: LoadResult,
  stored: number,
) {
  const sent = load.findingsPerSecond * load.seconds
  const eachUs = (seconds: number) => `${((seconds / sent) * 1e6).toFixed(1)} µs`
  const cores = (seconds: number) => ((seconds / sent) * load.findingsPerSecond).toFixed(2)
  const mib = (share: number) => Math.round(rss[Math.floor(share * (rss.length - 1))])
  const sorted = lists.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1)
  console.log(
    `${Math.round(findingsPerSecond)} findings/s; ${sent} sent, ${stored} stored, ${counted} counted`,
  )
  console.log(
    `controller: ${eachUs(controllerCpu)} of processor time for each, ${cores(controllerCpu)} of a core at 5,000/s`,
  )
  console.log(`simulated enforcers: ${eachUs(enforcersCpu)}, ${cores(enforcersCpu)} of a core`)
  console.log(
    `memory of the controller: ${mib(0)} MiB at first, ${mib(0.5)} in the middle, ${mib(1)} at the end`,
  )
  console.log(`a list of findings by word and encryption, meanwhile: p50 ${at(0.5)}, p99 ${at(0.99)} ms`)
}
