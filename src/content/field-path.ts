import { fieldName } from './field-name.ts'
import { limits } from './limits.ts'
import { NameStack } from './name-stack.ts'

/**
 * Where a position is in nested maps and lists, as `$.customer.accounts[].iban`. An index says nothing about what a field
 * means: the entries of a list share a field.
 */
export class FieldPath {
  readonly #names = new NameStack()
  readonly #isList = new Uint8Array(limits.depth)
  /** The name of the innermost level is not known, or only its beginning. */
  #isNaming = false

  /** Levels open, also those beyond `limits.depth`. */
  get depth(): number {
    return this.#names.depth
  }

  clear(): void {
    this.#names.clear()
    this.#isNaming = false
  }

  enter(isList: boolean): void {
    this.#names.push()
    this.#isNaming = !isList
    if (this.#names.depth <= limits.depth) this.#isList[this.#names.depth - 1] = isList ? 1 : 0
  }

  leave(): void {
    this.#names.pop()
    this.#isNaming = false
  }

  /** Whether the innermost level is a list; undefined where there is none, or one too deep to be kept. */
  isInList(): boolean | undefined {
    const { depth } = this.#names
    return depth === 0 || depth > limits.depth ? undefined : this.#isList[depth - 1] === 1
  }

  /** In a map: what follows has no name until `endName`. */
  beginName(): void {
    this.#names.begin()
    this.#isNaming = true
  }

  appendToName(bytes: Uint8Array, start: number, end: number): void {
    this.#names.append(bytes, start, end)
  }

  endName(): void {
    this.#isNaming = false
  }

  /** Names are as they may be shown. */
  text(): string {
    const { depth } = this.#names
    let path = '$'
    const named = this.#isNaming ? depth - 1 : depth
    for (let level = 0; level < Math.min(named, limits.depth); level++) path += this.#segment(level)
    return depth > limits.depth ? `${path}…` : path
  }

  #segment(level: number): string {
    if (this.#isList[level] === 1) return '[]'
    const name = fieldName(this.#names.name(level))
    return name === '' ? '' : `.${name}`
  }
}
