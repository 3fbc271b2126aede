import { readdirSync } from 'node:fs'
import { uptime } from 'node:os'
import { setImmediate as yieldTurn } from 'node:timers/promises'
import { namespaceLimits } from '../limits.ts'
import { netnsOf, processStart, readProcess } from '../processes.ts'
import { bareName } from './bare-name.ts'

/** A namespace as processes hold it. */
export interface ProcessNamespace {
  inode: number
  /** Stays the same as long as that process is in it; a lower number is likelier to be the one that made it. */
  pid: number
  name: string
  service: string
  /** Start of that process, ms since 1970. */
  since: number
}

/**
 * Namespaces that processes are in, but the host's. Costs one link to read a process.
 *
 * @param before What was found the last time.
 */
export async function scanProcessNamespaces(
  host: number | null,
  before: ReadonlyMap<number, ProcessNamespace>,
): Promise<Map<number, ProcessNamespace>> {
  const first = new Map<number, number>()
  let looked = 0
  for (const pid of pids()) {
    const inode = netnsOf(pid)
    if (inode !== null && inode !== host) keepFirst(first, inode, pid, before.get(inode)?.pid)
    if (++looked % namespaceLimits.processesAtOnce === 0) await yieldTurn()
  }
  const found = new Map<number, ProcessNamespace>()
  for (const [inode, pid] of first) {
    const known = before.get(inode)
    const namespace = known?.pid === pid ? known : describe(inode, pid)
    if (namespace !== undefined) found.set(inode, namespace)
  }
  return found
}

function keepFirst(first: Map<number, number>, inode: number, pid: number, known: number | undefined): void {
  const isFull = first.size >= namespaceLimits.processNamespaces && !first.has(inode)
  if (pid === known || (!first.has(inode) && !isFull)) first.set(inode, pid)
}

/** In the order of their numbers. */
function pids(): number[] {
  try {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return names.map(Number).sort((a, b) => a - b)
  } catch {
    return []
  }
}

function describe(inode: number, pid: number): ProcessNamespace | undefined {
  const [comm, cgroup, stat] = [
    readProcess(pid, 'comm'),
    readProcess(pid, 'cgroup'),
    readProcess(pid, 'stat'),
  ]
  if (comm === null || cgroup === null || stat === null) return undefined
  const now = Date.now()
  const since = processStart(stat, now - uptime() * 1000) ?? now
  return { inode, pid, ...bareName(comm, cgroup), since: Math.min(Math.round(since), now) }
}
