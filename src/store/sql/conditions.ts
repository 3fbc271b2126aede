import type { SqlValue } from './database.ts'

/** A conjunction and its parameters; grows by what is asked and says nothing about what is not. */
export class Conditions {
  readonly #parts: string[] = []
  readonly parameters: SqlValue[] = []

  /** Adds `part` with its `?`s, unless the value is undefined. */
  with(part: string, value: string | number | boolean | undefined): this {
    if (value === undefined) return this
    this.#parts.push(part)
    this.parameters.push(typeof value === 'boolean' ? Number(value) : value)
    return this
  }

  /** Adds a part that needs more than one value, or none. */
  and(part: string, ...values: SqlValue[]): this {
    this.#parts.push(part)
    this.parameters.push(...values)
    return this
  }

  /** Adds all of another. */
  all(other: Conditions | undefined): this {
    if (other === undefined) return this
    this.#parts.push(...other.#parts)
    this.parameters.push(...other.parameters)
    return this
  }

  get empty(): boolean {
    return this.#parts.length === 0
  }

  /** `WHERE …`, or nothing. */
  get where(): string {
    return this.empty ? '' : `WHERE ${this.#parts.join(' AND ')}`
  }
}
