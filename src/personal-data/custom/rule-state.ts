import type { RuleSet } from './rule-set.ts'

/**
 * What of a set's rules has matched in one content, or in one message whose parts are contents. A rule of one pattern is found at
 * each match; one of several once, at the match that makes them complete, or at the end where something must not match.
 * Held is one byte a pattern and at most one value a rule.
 */
export class RuleState {
  readonly set: RuleSet
  /** 1 for each pattern that matched. */
  readonly #seen: Uint8Array
  /** 1 for each rule that was found. */
  readonly #found: Uint8Array
  /** Report the first value of rules that must wait for the end. */
  readonly #waiting: ((() => void) | undefined)[]
  #isTouched = false

  constructor(set: RuleSet) {
    this.set = set
    this.#seen = new Uint8Array(set.compiled.length)
    this.#found = new Uint8Array(set.rules.length)
    this.#waiting = set.rules.map(() => undefined)
  }

  /** Begins a new content or message. */
  reset(): void {
    if (!this.#isTouched) return
    this.#isTouched = false
    this.#seen.fill(0)
    this.#found.fill(0)
    this.#waiting.fill(undefined)
  }

  /** Pattern `index` matched. Returns what that makes of its rule: found, perhaps at the end, or nothing yet. */
  note(index: number): 'found' | 'waits' | undefined {
    const { rule, isNegated } = this.set.compiled[index]
    this.#isTouched = true
    this.#seen[index] = 1
    if (isNegated) return undefined
    const { hasNegated, positives } = this.set.rules[rule]
    if (hasNegated) return this.#waiting[rule] === undefined ? 'waits' : undefined
    if (positives > 1 && (this.#found[rule] === 1 || !this.#isComplete(rule))) return undefined
    this.#found[rule] = 1
    return 'found'
  }

  /** @param report - of the match that made the rule wait */
  wait(rule: number, report: () => void): void {
    this.#waiting[rule] = report
  }

  /** The content or message has ended: what must not match has not. */
  end(): void {
    if (!this.#isTouched) return
    for (const [rule, report] of this.#waiting.entries())
      if (report !== undefined && this.#isComplete(rule)) report()
    this.reset()
  }

  /** All that must match has, and nothing that must not. */
  #isComplete(rule: number): boolean {
    const { first, last } = this.set.rules[rule]
    for (let i = first; i < last; i++)
      if ((this.#seen[i] === 1) === this.set.compiled[i].isNegated) return false
    return true
  }
}
