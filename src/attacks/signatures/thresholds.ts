import type { Microseconds } from '../../lib/time.ts'
import { signatureLimits } from './limits.ts'
import type { Signature } from './signature.ts'

interface Count {
  since: Microseconds
  count: number
}

/** Counts of rules that tell of what they match only now and then, or from some number on. */
export class Thresholds {
  readonly #counts = new Map<string, Count>()

  /** A rule matched. @returns whether it is to be told of */
  counts(
    { sid, threshold }: Signature,
    { source, target, now }: { source: string; target: string; now: Microseconds },
  ): boolean {
    if (threshold === undefined) return true
    const { kind, by, count: wanted, seconds } = threshold
    const key = `${sid} ${by === 'source' ? source : by === 'target' ? target : ''}`
    const known = this.#counts.get(key)
    const isOver = known === undefined || now - known.since >= seconds * 1_000_000
    const count = isOver ? 1 : known.count + 1
    this.#counts.delete(key)
    this.#counts.set(key, { since: isOver ? now : known.since, count })
    if (this.#counts.size > signatureLimits.counts) this.#dropOldest()
    if (kind === 'limit') return count <= wanted
    if (kind === 'both') return count === wanted
    if (kind === 'filter') return count > wanted
    return count % wanted === 0
  }

  #dropOldest(): void {
    for (const key of this.#counts.keys()) {
      this.#counts.delete(key)
      return
    }
  }
}
