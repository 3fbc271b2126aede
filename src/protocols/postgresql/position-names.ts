import { limits } from './limits.ts'

/** Names of what is only known by its place, made once. */
class PositionNames {
  readonly #names: string[] = []
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** @param index - from 0; the first is number 1. Beyond `limits.columns` all have one name. */
  at(index: number): string {
    if (index >= limits.columns) return `${this.#prefix}…`
    for (let i = this.#names.length; i <= index; i++) this.#names.push(`${this.#prefix}${i + 1}`)
    return this.#names[index]
  }
}

/** `$1`, as a statement's text calls a parameter. */
export const parameterNames = new PositionNames('$')

/** `column 1`, as in tables elsewhere. */
export const columnNames = new PositionNames('column ')
