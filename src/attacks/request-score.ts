import type { AttackReason, AttackRule, Strictness } from './attack.ts'
import type { AttackSink } from './detector.ts'
import { limits } from './limits.ts'

/** The points of one request, or of one value that stands alone, and the reasons that made them up. */
export class RequestScore implements AttackSink {
  readonly #strictness: Strictness
  readonly #rules: AttackRule[] = []

  constructor(strictness: Strictness) {
    this.#strictness = strictness
  }

  /** A rule counts once, however often it is found. */
  report(rule: AttackRule): void {
    if (rule.level <= this.#strictness && !this.#rules.includes(rule)) this.#rules.push(rule)
  }

  get points(): number {
    let points = 0
    for (const rule of this.#rules) points += rule.points
    return points
  }

  get isAttack(): boolean {
    return this.points >= limits.threshold
  }

  /** Heaviest first. */
  reasons(): AttackReason[] {
    return this.#rules
      .toSorted((a, b) => b.points - a.points)
      .map(({ class: attackClass, id, points, what }) => ({
        class: attackClass,
        rule: id,
        weight: points,
        what,
      }))
  }

  clear(): void {
    this.#rules.length = 0
  }
}
