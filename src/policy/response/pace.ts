import type { ActiveResponse } from '../../model/response-words.ts'
import { responseLimits } from '../limits.ts'

/** `repeated`: the same was done a moment ago. `too-many`: as much was done of it as may be in the time. */
export type Pace = 'go' | 'repeated' | 'too-many'

/**
 * Keeps a storm of events from becoming a storm of responses: one matter is responded to once in a while, and each rule and all rules
 * together have so many responses, which come back with time.
 */
export class ResponsePace {
  readonly #last = new Map<string, number>()
  readonly #buckets = new Map<string, Bucket>()

  /**
   * @param matter what is responded to: name of the event, workload, what it is about
   * @param now in ms
   */
  ask(rule: string, action: ActiveResponse, matter: string, now: number): Pace {
    const key = JSON.stringify([rule, action, matter])
    if (now - (this.#last.get(key) ?? -Infinity) < responseLimits.repeatMs) return 'repeated'
    const { ofRule, ofAll } = responseLimits.pace[action]
    const own = this.#bucket(JSON.stringify([rule, action]), ofRule, now)
    const all = this.#bucket(action, ofAll, now)
    if (own.tokens < 1 || all.tokens < 1) return 'too-many'
    own.tokens--
    all.tokens--
    this.#remember(key, now)
    return 'go'
  }

  /** The oldest is forgotten first: it is the one that may be responded to again soonest. */
  #remember(key: string, now: number): void {
    this.#last.delete(key)
    this.#last.set(key, now)
    if (this.#last.size <= responseLimits.matters) return
    for (const oldest of this.#last.keys()) return void this.#last.delete(oldest)
  }

  #bucket(key: string, { most, everyMs }: PaceLimit, now: number): Bucket {
    const bucket = this.#buckets.get(key) ?? { tokens: most, at: now }
    bucket.tokens = Math.min(most, bucket.tokens + Math.max(0, now - bucket.at) / everyMs)
    bucket.at = now
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** Rules that are no more have no use for theirs. */
  keepOnly(rules: ReadonlySet<string>): void {
    for (const key of this.#buckets.keys()) {
      if (key.startsWith('[') && !rules.has((JSON.parse(key) as [string])[0])) this.#buckets.delete(key)
    }
  }
}

interface Bucket {
  tokens: number
  at: number
}

/** So many at once, and one more each time that so long has passed. */
export interface PaceLimit {
  most: number
  everyMs: number
}
