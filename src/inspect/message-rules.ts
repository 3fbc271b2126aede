import type { Direction } from '../model/direction.ts'
import type { RuleSet } from '../personal-data/custom/rule-set.ts'
import { RuleState } from '../personal-data/custom/rule-state.ts'

/**
 * What the messages at hand of a flow have of the rules of sensors: one in each direction, or where messages interleave one for each.
 * Made where a rule combines patterns.
 */
export class MessageRules {
  /** Of messages that have begun, by message and direction; `undefined` until the first match. */
  readonly #open = new Map<number, RuleState | undefined>()

  /** Of messages that are over: most flows need two. */
  readonly #free: RuleState[] = []

  /** A message begins, and the one before of that number has ended. */
  begin(direction: Direction, message: number): void {
    this.end(direction, message)
    this.#open.set(keyOf(direction, message), undefined)
  }

  end(direction: Direction, message: number): void {
    const key = keyOf(direction, message)
    const state = this.#open.get(key)
    this.#open.delete(key)
    if (state === undefined) return
    state.end()
    if (this.#free.length < KEPT) this.#free.push(state)
  }

  /** Undefined outside of messages. */
  state(direction: Direction, message: number, rules: RuleSet): RuleState | undefined {
    const key = keyOf(direction, message)
    if (!this.#open.has(key)) return undefined
    const known = this.#open.get(key)
    if (known !== undefined) return known
    const state = this.#free.pop() ?? new RuleState(rules)
    this.#open.set(key, state)
    return state
  }
}

/** States kept for the next message: one in each direction. */
const KEPT = 2

function keyOf(direction: Direction, message: number): number {
  return message * 2 + direction
}
