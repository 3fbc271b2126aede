import { ProcessGate } from '../src/enforcer/processes/process-gate.ts'
import type { Baseline, Mode } from '../src/policy/definition.ts'
import { type Profile, profileOf } from '../src/policy/processes/profile.ts'
import { OverlayContainer } from './processes/overlay-container.ts'

/*
 * What watching costs a container: the same work in the same container, with nobody watching and with the gate in each mode, in turns.
 * 10,000 programs are started one after the other by a shell; then 5,000 files are written, read and removed. Takes root and a minute.
 */

const ROUNDS = 3
const STARTS = 10_000
const FILES = 5_000

const workloads = {
  [`${STARTS} programs`]: `i=0; while [ $i -lt ${STARTS} ]; do /bin/true; i=$((i+1)); done`,
  [`${STARTS / 4} times a shell and a program`]: `i=0; while [ $i -lt ${STARTS / 4} ]; do /bin/sh -c '/bin/true; :'; i=$((i+1)); done`,
  [`${FILES} files`]: `mkdir -p /tmp/b && cd /tmp/b && i=0 &&
    while [ $i -lt ${FILES} ]; do echo $i > $i; read x < $i; i=$((i+1)); done; rm -r /tmp/b`,
}

const modes: [mode: Mode, baseline: Baseline][] = [
  ['Discover', 'basic'],
  ['Protect', 'zero-drift'],
]

export async function run(): Promise<void> {
  if (process.geteuid?.() !== 0) {
    console.log('skipped: fanotify takes root')
    return
  }
  for (const [name, command] of Object.entries(workloads)) {
    const alone: number[] = []
    const watched = new Map<string, number[]>()
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(await measure(command, undefined))
      for (const [mode, baseline] of modes) {
        const profile = profileOf(
          [{ name: 'nv.bench', criteria: [], profile: { baseline, processes: [], files: [] } }],
          mode,
        )
        const label = `${mode}, ${baseline}`
        watched.set(label, [...(watched.get(label) ?? []), await measure(command, profile)])
      }
    }
    const best = Math.min(...alone)
    console.log(`${name}: ${best.toFixed(0)} ms alone (${spread(alone)})`)
    for (const [label, times] of watched)
      console.log(`  ${label}: ${(Math.min(...times) / best).toFixed(3)} times as long (${spread(times)})`)
  }
}

async function measure(command: string, profile: Profile | undefined): Promise<number> {
  const container = await OverlayContainer.start()
  let observed = 0
  const gate =
    profile === undefined
      ? undefined
      : new ProcessGate({
          observed: (observations) =>
            void (observed += observations.reduce((sum, { count }) => sum + count, 0)),
          opened: () => undefined,
          undecided: (detail) => console.log(`undecided: ${detail}`),
          failed: (detail) => console.log(`the gate failed: ${detail}`),
        })
  try {
    if (profile !== undefined) gate?.guard('bench', container.pid, Date.now(), profile)
    await container.run('true')
    return await container.run(command)
  } finally {
    await gate?.stop()
    await container.remove()
  }
}

function spread(times: readonly number[]): string {
  return `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`
}

if (import.meta.main) await run()
