import { learningLimits } from '../limits.ts'

interface Client {
  /** Targets that refused or did not answer since `since`. */
  targets: Set<string>
  since: number
  /** Until when it counts as one that scans; 0: it does not. */
  scansUntil: number
}

/** Tells clients that try many doors from those that use a few. */
export class ScanGuard {
  /** Longest not seen first. */
  readonly #clients = new Map<string, Client>()

  /** A target refused a client, or did not answer it. */
  failed(client: string, target: string, now: number): void {
    const known = this.#clients.get(client) ?? { targets: new Set(), since: now, scansUntil: 0 }
    this.#clients.delete(client)
    this.#clients.set(client, known)
    this.#forgetOldest()
    if (now - known.since > learningLimits.scanWindowMs) {
      known.targets.clear()
      known.since = now
    }
    if (known.targets.size < learningLimits.scanTargets) known.targets.add(target)
    if (known.targets.size >= learningLimits.scanTargets) known.scansUntil = now + learningLimits.scanHoldMs
  }

  scans(client: string, now: number): boolean {
    return (this.#clients.get(client)?.scansUntil ?? 0) > now
  }

  #forgetOldest(): void {
    for (const client of this.#clients.keys()) {
      if (this.#clients.size <= learningLimits.scanClients) return
      this.#clients.delete(client)
    }
  }
}
