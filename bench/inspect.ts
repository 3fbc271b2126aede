import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TrafficCapture } from './traffic/capture.ts'
import type { InspectionCost } from './traffic/inspect-file.ts'
import { runMeasured, type MeasuredProcess } from './traffic/measured-process.ts'

/**
 * `pavise inspect` on a capture of mixed traffic (HTTP, TLS, DNS, PostgreSQL; 60 % of its bytes HTTP), one thread, from
 * reading the file to findings; beside Suricata on the same file in the same run, one worker thread, where it is
 * installed. Then the memory that 230,000 flows take which are all open at once, and that of traffic which goes on for long.
 *
 * PAVISE_BENCH_BYTES    size of the capture (default 500000000: a minute in all)
 * PAVISE_BENCH_ROUNDS   how often each is run; the fastest counts (default 2)
 */

const sizeBytes = Number(process.env['PAVISE_BENCH_BYTES'] ?? 500_000_000)
const rounds = Number(process.env['PAVISE_BENCH_ROUNDS'] ?? 2)
const OPEN_FLOWS = 230_000
const SLOW_LINK_US = 1000
const here = import.meta.dirname

/** Capture, and a folder for what programs write. */
interface Place {
  folder: string
  capture: string
  /** A capture of next to nothing: what starting a program takes. */
  empty: string
}

interface Speed {
  seconds: number
  peakRssBytes: number
}

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  // What is kept between runs, as it is from the second one on.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'code')
  try {
    await measure({ folder, capture: join(folder, 'mixed.pcap'), empty: join(folder, 'empty.pcap') })
    await measureOpenFlows(join(folder, 'flows.pcap'))
    await measureLongRun(join(folder, 'long.pcap'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(place: Place): Promise<void> {
  const { packets, bytes } = write(place.capture, (traffic) => traffic.mixed(sizeBytes))
  write(place.empty, (traffic) => traffic.flows(1))
  const report = (what: string, speed: Speed, reference?: Speed): void => {
    const rate = `${Math.round(packets / speed.seconds / 1000)} k packets/s, ${((bytes * 8) / speed.seconds / 1e9).toFixed(2)} Gbit/s`
    const ratio =
      reference === undefined ? '' : `, ${(reference.seconds / speed.seconds).toFixed(2)} times Suricata`
    console.log(`${what.padEnd(34)} ${rate}, at most ${megabytes(speed.peakRssBytes)}${ratio}`)
  }
  console.log(`${packets} packets, ${megabytes(bytes)}`)
  const quiet = await suricata(place, false)
  const logging = await suricata(place, true)
  if (quiet === undefined) console.log('suricata is not installed: nothing to compare with')
  else report('suricata, without its log', quiet)
  report('Pavise, findings', await engine(place.capture), quiet)
  if (logging !== undefined) report('suricata, with its log (EVE)', logging)
  report('pavise inspect --json', await command(place), logging)
}

/** The engine with nothing that prints, in a process of its own. */
async function engine(capture: string): Promise<Speed> {
  let best: Speed = { seconds: Infinity, peakRssBytes: 0 }
  for (let round = 0; round < rounds; round++) {
    const { cost, process } = await inspect(capture)
    if (cost.ms / 1000 < best.seconds) best = { seconds: cost.ms / 1000, peakRssBytes: process.peakRssBytes }
    if (round > 0) continue
    const [quarter, end] = [megabytes(cost.quarterRssBytes), megabytes(cost.endRssBytes)]
    console.log(
      `${cost.flows} flows, ${cost.findings} findings; memory after a quarter ${quarter}, at the end ${end}`,
    )
  }
  return best
}

async function inspect(
  capture: string,
  ...options: string[]
): Promise<{ cost: InspectionCost; process: MeasuredProcess }> {
  const program = join(here, 'traffic', 'inspect-file.ts')
  const measured = await runMeasured(process.execPath, [program, capture, ...options])
  return { cost: JSON.parse(measured.output) as InspectionCost, process: measured }
}

function command(place: Place): Promise<Speed> {
  return fastest(place, (capture) => {
    const main = join(here, '..', 'src', 'main.ts')
    return runMeasured(process.execPath, [main, 'inspect', '--json', '--fail-on', 'none', capture])
  })
}

async function suricata(place: Place, isLogging: boolean): Promise<Speed | undefined> {
  const noLog = ['--set', 'outputs.0.fast.enabled=no', '--set', 'outputs.1.eve-log.enabled=no']
  const options = ['--runmode', 'single', '-k', 'none', '-S', '/dev/null', '-l', place.folder]
  try {
    return await fastest(place, (capture) =>
      runMeasured('suricata', ['-r', capture, ...options, ...(isLogging ? [] : noLog)]),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Time without what the program takes to start. */
async function fastest(place: Place, once: (capture: string) => Promise<MeasuredProcess>): Promise<Speed> {
  const best: Speed = { seconds: Infinity, peakRssBytes: 0 }
  for (let round = 0; round < rounds; round++) {
    const { seconds: startSeconds } = await once(place.empty)
    const { seconds, peakRssBytes } = await once(place.capture)
    best.seconds = Math.min(best.seconds, seconds - startSeconds)
    best.peakRssBytes = Math.max(best.peakRssBytes, peakRssBytes)
  }
  return best
}

async function measureOpenFlows(capture: string): Promise<void> {
  write(capture, (traffic) => traffic.flows(OPEN_FLOWS))
  const { cost, process: measured } = await inspect(capture)
  console.log(`${cost.flows} flows open at once: at most ${megabytes(measured.peakRssBytes)}`)
}

/** The same traffic over a longer time, so that flows end as others begin: memory that goes on growing then leaks. */
async function measureLongRun(capture: string): Promise<void> {
  write(capture, (traffic) => traffic.mixed(sizeBytes), SLOW_LINK_US)
  const { cost } = await inspect(capture, 'collected')
  const { quarterHeldBytes, endHeldBytes, quarterRssBytes, endRssBytes } = cost
  const held = `${megabytes(quarterHeldBytes)} to ${megabytes(endHeldBytes)} held`
  const resident = `${megabytes(quarterRssBytes)} to ${megabytes(endRssBytes)} resident`
  console.log(`the same at ${1e6 / SLOW_LINK_US} packets/s, from a quarter to the end: ${held}, ${resident}`)
}

function write(
  path: string,
  fill: (traffic: TrafficCapture) => void,
  packetUs?: number,
): { packets: number; bytes: number } {
  const traffic = new TrafficCapture(path, packetUs)
  fill(traffic)
  traffic.close()
  const { packets, bytes } = traffic
  return { packets, bytes }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
