import { readFileSync, readlinkSync } from 'node:fs'
import { containerOfCgroup } from './cgroup.ts'

/** Path that opens the network namespace of a process. */
export function netnsPathOf(pid: number): string {
  return `/proc/${pid}/ns/net`
}

/** Inode of the network namespace of a process; null when it has ended or may not be looked at. */
export function netnsOf(pid: number | 'self'): number | null {
  try {
    const inode = Number(/^net:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1])
    return Number.isSafeInteger(inode) ? inode : null
  } catch {
    return null
  }
}

/** Inode of the host's network namespace: that of process 1, or our own where that one may not be looked at. */
export function hostNetns(): number | null {
  return netnsOf(1) ?? netnsOf('self')
}

/** Flag of a task that is ending or has ended (`PF_EXITING` of linux/sched.h). */
const exiting = 0x4

/**
 * Whether it runs. One that is ending, or has ended and waits for its parent to ask how, does not: it has no namespaces
 * any more.
 */
export function isAlive(pid: number): boolean {
  const stat = readProcess(pid, 'stat')
  return stat !== null && (Number(statFields(stat)[6]) & exiting) === 0
}

/**
 * Whether a process may be of this container. False when its control group names another: the engine then counts
 * processes in a namespace of its own (an engine inside a container), and its number means a stranger here.
 */
export function mayBeInContainer(pid: number, id: string): boolean {
  const text = readProcess(pid, 'cgroup')
  return text !== null && (text.includes(id) || containerOfCgroup(text) === undefined)
}

/** A file of a process, null when it has ended. */
export function readProcess(pid: number, file: 'cgroup' | 'comm' | 'stat'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}

/** Clock ticks a second of the numbers in /proc, the same on every Linux that Node runs on (`USER_HZ`). */
const ticksPerSecond = 100

/**
 * When a process was started, ms since 1970.
 *
 * @param stat Of `/proc/PID/stat`
 * @param bootMs When the machine started, ms since 1970.
 */
export function processStart(stat: string, bootMs: number): number | null {
  const fields = statFields(stat)
  const ticks = Number(fields[19])
  return fields.length > 19 && Number.isFinite(ticks) ? bootMs + (ticks * 1000) / ticksPerSecond : null
}

/** From the third on (proc(5)): the second, the name, may hold spaces and brackets. */
function statFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
