import type { Direction } from '../model/direction.ts'
import type { RuleSet } from '../personal-data/custom/rule-set.ts'
import { RuleState } from '../personal-data/custom/rule-state.ts'

/** What the messages at hand of a flow have of the rules of sensors, one in each direction. Made where a rule combines patterns. */
export class MessageRules {
  readonly #isOpen: [boolean, boolean] = [false, false]
  /** Made at the first match. */
  readonly #states: [RuleState | undefined, RuleState | undefined] = [undefined, undefined]

  /** A message begins, and the one before has ended. */
  begin(direction: Direction): void {
    this.end(direction)
    this.#isOpen[direction] = true
  }

  end(direction: Direction): void {
    this.#isOpen[direction] = false
    this.#states[direction]?.end()
  }

  /** Undefined outside of messages. */
  state(direction: Direction, rules: RuleSet): RuleState | undefined {
    if (!this.#isOpen[direction]) return undefined
    return (this.#states[direction] ??= new RuleState(rules))
  }
}
