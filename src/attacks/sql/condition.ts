import { SqlFact } from './facts.ts'

/** What an operand is made of; of several the highest counts. */
export const Operand = { none: 0, constant: 1, string: 2, computed: 3, column: 4 } as const
export type Operand = (typeof Operand)[keyof typeof Operand]

/** An expression that is read, as far as it matters whether it is a condition, and on what. */
export class Condition {
  operand: Operand = Operand.none
  #left: Operand = Operand.none
  #isComparing = false
  /** It stands behind AND, OR, WHERE, … */
  isWanted = false

  reset(): void {
    this.operand = this.#left = Operand.none
    this.#isComparing = this.isWanted = false
  }

  copyFrom(other: Condition): void {
    this.operand = other.operand
    this.#left = other.#left
    this.#isComparing = other.#isComparing
    this.isWanted = other.isWanted
  }

  get isComparing(): boolean {
    return this.#isComparing
  }

  add(operand: Operand): void {
    if (operand > this.operand) this.operand = operand
  }

  /** An operator that compares was met. Returns what is known of a comparison before it. */
  compare(isInner: boolean): number {
    const facts = this.#isComparing ? this.#comparison(isInner) : 0
    this.#left = this.operand
    this.operand = Operand.none
    this.#isComparing = true
    return facts
  }

  /**
   * The condition is over, another may follow.
   *
   * @param isInner - it stands in a group, an argument or a case
   * @returns bits of `SqlFact`
   */
  end(isInner: boolean): number {
    const facts = this.#isComparing ? this.#comparison(isInner) : this.#bare()
    this.#isComparing = false
    this.operand = this.#left = Operand.none
    return facts
  }

  #comparison(isInner: boolean): number {
    const least = Math.min(this.#left, this.operand)
    const most = Math.max(this.#left, this.operand)
    if (least === Operand.none) return 0
    const isConstant = most <= Operand.string
    const facts = isConstant && isInner ? SqlFact.constantArgument : 0
    if (!this.isWanted) return facts
    if (isConstant) return facts | SqlFact.constantCondition
    const isComputed = this.#left === Operand.computed || this.operand === Operand.computed
    return facts | (isComputed ? SqlFact.computedCondition : SqlFact.columnCondition)
  }

  #bare(): number {
    if (!this.isWanted) return 0
    if (this.operand === Operand.constant) return SqlFact.bareConstant
    if (this.operand === Operand.string) return SqlFact.bareString
    return this.operand === Operand.computed ? SqlFact.bareCall : 0
  }
}
