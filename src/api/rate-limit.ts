import { serverLimits } from './limits.ts'

export interface Rate {
  /** Requests at once, after a pause. */
  burst: number
  perSecond: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets by key. Bounded: where there are too many keys, those that have not asked for longest are forgotten. */
export class RateLimit {
  readonly #rate: Rate
  readonly #now: () => number
  /** Least recently used first. */
  readonly #buckets = new Map<string, Bucket>()

  /** @param now milliseconds that only grow */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one; gives 0, or the seconds after which there is one again. */
  take(key: string): number {
    const { burst, perSecond } = this.#rate
    const now = this.#now()
    const known = this.#buckets.get(key)
    const bucket = known ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    this.#forgetOldest()
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond)
    bucket.tokens--
    return 0
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= serverLimits.rateKeys) return
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest)
      return
    }
  }
}
