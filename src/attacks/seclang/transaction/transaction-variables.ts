import { leadingNumber } from '../leading-number.ts'
import { limits } from '../limits.ts'
import type { SetVariable } from '../rule.ts'
import type { NamedValue } from './named-value.ts'

const none: readonly NamedValue[] = []

/** What rules remember of a transaction: `TX`. */
export class TransactionVariables {
  readonly #values = new Map<string, NamedValue>()

  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.value
  }

  /** None or one. @param key - in lower case */
  named(key: string): readonly NamedValue[] {
    const value = this.#values.get(key)
    return value === undefined ? none : [value]
  }

  all(): readonly NamedValue[] {
    return [...this.#values.values()]
  }

  /** Those of other collections are not kept: they would outlast the request. */
  change({ name, how, value }: SetVariable): void {
    const isOfTransaction = name.length > 3 && (name[2] === '.' || name[2] === ':')
    if (!isOfTransaction || name.slice(0, 2).toLowerCase() !== 'tx') return
    const own = name.slice(3)
    const key = own.toLowerCase()
    if (how === 'remove') {
      this.#values.delete(key)
      return
    }
    const before = leadingNumber(this.#values.get(key)?.value ?? '')
    const set =
      how === 'set'
        ? value
        : String(how === 'add' ? before + leadingNumber(value) : before - leadingNumber(value))
    this.#set(key, own, set)
  }

  /** What a pattern found: `TX.0` to `TX.9`. */
  capture(groups: readonly string[]): void {
    for (let group = 0; group < limits.captures; group++) {
      if (group < groups.length) this.#set(String(group), String(group), groups[group])
      else this.#values.delete(String(group))
    }
  }

  #set(key: string, name: string, value: string): void {
    if (this.#values.size < limits.transactionVariables || this.#values.has(key))
      this.#values.set(key, { name, value })
  }
}
