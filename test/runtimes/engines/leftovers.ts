import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { eventually } from './programs.ts'

/** Processes whose command line names this folder, which is the engine's alone: its shims and monitors. */
function processesNaming(folder: string): number[] {
  return readdirSync('/proc')
    .filter(
      (name) => /^\d+$/.test(name) && Number(name) !== process.pid && commandLine(name).includes(folder),
    )
    .map(Number)
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Ends what an engine left running, by pid, and removes its folder with whatever is mounted in it. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const pid of processesNaming(folder)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended meanwhile.
    }
  }
  await eventually('the engine has ended', 10_000, () => processesNaming(folder).length === 0)
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
  const inside = mounts.filter((path) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)
  for (const path of inside) spawnSync('umount', ['-l', path])
  rmSync(folder, { recursive: true, force: true })
}
