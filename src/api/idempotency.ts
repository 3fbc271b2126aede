import { createHash } from 'node:crypto'
import { serverLimits } from './limits.ts'
import { HttpProblem } from './problem.ts'

interface Kept {
  /** Of what was asked. */
  digest: string
  answer: Promise<unknown>
  at: number
}

/**
 * Answers to changes that came with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): asked again, a
 * change is answered again and not made again. Kept in memory for a day and only there, because some answers hold a
 * secret that is stored nowhere; what failed is forgotten and may be tried again.
 */
export class IdempotentAnswers {
  readonly #now: () => number
  /** Oldest first. */
  readonly #kept = new Map<string, Kept>()

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /**
   * @param scope who asks for what: a key means something else for another caller or operation
   * @param request all that was asked
   * @throws HttpProblem 422 where the key came with something else before
   */
  once(scope: readonly string[], request: unknown, change: () => Promise<unknown>): Promise<unknown> {
    this.#forgetOld()
    const key = JSON.stringify(scope)
    const digest = createHash('sha256')
      .update(JSON.stringify(request) ?? '')
      .digest('hex')
    const known = this.#kept.get(key)
    if (known && known.digest !== digest) {
      throw new HttpProblem(422, 'This Idempotency-Key came with another request before.', {
        nextStep: 'Make a new key for each change.',
      })
    }
    if (known) return known.answer
    const answer = change()
    this.#kept.set(key, { digest, answer, at: this.#now() })
    answer.catch(() => this.#kept.delete(key))
    return answer
  }

  #forgetOld(): void {
    const { idempotencyMs, idempotencyKeys } = serverLimits
    for (const [key, { at }] of this.#kept) {
      if (this.#kept.size < idempotencyKeys && this.#now() - at < idempotencyMs) return
      this.#kept.delete(key)
    }
  }
}
