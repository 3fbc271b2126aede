import { uptime } from 'node:os'
import { processStart, readProcess } from '../processes.ts'

/**
 * When processes were started. containerd does not tell; the kernel does, in hundredths of a second since the machine
 * started, and that moment is known differently each time. So each is read once.
 */
export class StartTimes {
  readonly #known = new Map<string, { pid: number; startedAt: string }>()

  /** @returns RFC 3339 */
  of(id: string, pid: number): string {
    const known = this.#known.get(id)
    if (known?.pid === pid) return known.startedAt
    const now = Date.now()
    const stat = readProcess(pid, 'stat')
    const start = stat === null ? null : processStart(stat, now - uptime() * 1000)
    const startedAt = new Date(Math.min(now, start ?? now)).toISOString()
    this.#known.set(id, { pid, startedAt })
    return startedAt
  }

  forget(id: string): void {
    this.#known.delete(id)
  }
}
