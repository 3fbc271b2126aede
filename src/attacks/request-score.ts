import type { AttackContext, AttackReason, AttackRule, Strictness } from './attack.ts'
import type { AttackSink } from './detector.ts'
import { limits } from './limits.ts'
import { type AttackVerdict, verdictsOf } from './verdict.ts'

/** Where a rule was found first. */
export interface FoundAt {
  readonly context: AttackContext
  /** As it may be shown; empty where there is none. */
  readonly field: string
  /** Masked. */
  readonly sample: string
}

/** What does not count. */
export interface ScoreLimits {
  /** Classes; they may change meanwhile. */
  off?: ReadonlySet<string>
  /** Whether somebody made an exception of it. */
  isExcepted?: (rule: AttackRule, context: AttackContext | undefined, field: string) => boolean
}

/** The points of one request, or of one value that stands alone, and the reasons that made them up. */
export class RequestScore implements AttackSink {
  /** From which level on rules count. */
  strictness: Strictness
  readonly #limits: ScoreLimits
  readonly #found: { rule: AttackRule; at: FoundAt | undefined }[] = []

  constructor(strictness: Strictness, except: ScoreLimits = {}) {
    this.strictness = strictness
    this.#limits = except
  }

  /** A rule counts once, however often it is found. */
  report(rule: AttackRule, context?: AttackContext, field = '', sample: () => string = () => ''): void {
    if (
      rule.level > this.strictness ||
      this.#limits.off?.has(rule.class) === true ||
      this.#found.some((found) => found.rule === rule) ||
      this.#limits.isExcepted?.(rule, context, field) === true
    )
      return
    const at = context === undefined ? undefined : { context, field, sample: sample() }
    this.#found.push({ rule, at })
  }

  get points(): number {
    let points = 0
    for (const { rule } of this.#found) points += rule.points
    return points
  }

  get isAttack(): boolean {
    return this.points >= limits.threshold
  }

  /** Heaviest first. */
  reasons(): AttackReason[] {
    return this.#found
      .map(({ rule }) => ({ class: rule.class, rule: rule.id, weight: rule.points, what: rule.what }))
      .toSorted((a, b) => b.weight - a.weight)
  }

  verdicts(): AttackVerdict[] {
    return this.isAttack ? verdictsOf(this.reasons()) : []
  }

  /** Where the heaviest reason of a verdict was found. */
  placeOf({ reasons }: AttackVerdict): FoundAt | undefined {
    return this.#found.find(({ rule }) => rule.id === reasons[0].rule)?.at
  }

  clear(): void {
    this.#found.length = 0
  }
}
