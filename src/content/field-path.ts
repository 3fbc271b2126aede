import { fieldName } from './field-name.ts'
import { limits } from './limits.ts'
import { RecordStack } from './record-stack.ts'

/**
 * Where a position is in nested maps and lists, as `$.customer.accounts[].iban`. An index says nothing about what a field
 * means: the entries of a list share a field. Paths repeat in every record, and are made once.
 */
export class FieldPath {
  /** Levels open, also those beyond `limits.depth`. */
  depth = 0
  readonly #records = new RecordStack()
  readonly #isList = new Uint8Array(limits.depth)
  /** Paths of the levels, each with the name that is at hand there. */
  readonly #paths: KnownPath[] = []
  readonly #name = Buffer.alloc(limits.nameBytes)
  #nameLength = 0

  constructor() {
    this.clear()
  }

  clear(): void {
    this.depth = 0
    this.#records.clear()
    this.#paths.length = 1
    this.#paths[0] = knownPaths.root
  }

  enter(isList: boolean): void {
    this.depth++
    this.#records.push(!isList)
    if (this.depth > limits.depth) return
    if (this.depth === 1) this.#paths[0] = knownPaths.root
    this.#isList[this.depth - 1] = isList ? 1 : 0
    const outer = this.#paths[this.depth - 1]
    this.#paths[this.depth] = isList ? outer.list() : outer
    this.#nameLength = 0
  }

  leave(): void {
    this.#records.pop()
    if (this.depth > 0) this.depth--
    this.#nameLength = 0
  }

  /** Whether the innermost level is a list; undefined where there is none, or one too deep to be kept. */
  isInList(): boolean | undefined {
    const { depth } = this
    return depth === 0 || depth > limits.depth ? undefined : this.#isList[depth - 1] === 1
  }

  /** In a map: what follows has no name until `endName`. */
  beginName(): void {
    this.#nameLength = 0
    if (this.isInList() === false) this.#paths[this.depth] = this.#paths[this.depth - 1]
  }

  /** Beyond the limit, bytes are dropped. */
  appendToName(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end && this.#nameLength < limits.nameBytes; i++)
      this.#name[this.#nameLength++] = bytes[i]
  }

  /** In a map: what follows has the name that was appended. */
  endName(): void {
    if (this.isInList() !== false) return
    const outer = this.#paths[this.depth - 1]
    const name = this.#name.toString('utf8', 0, this.#nameLength)
    this.#paths[this.depth] = name === '' ? outer : outer.named(name)
  }

  /** Number of the innermost map, as `FieldTracker` tells of records. */
  record(): number {
    return this.#records.innermost
  }

  isInRecord(record: number): boolean {
    return this.#records.has(record)
  }

  /** Names are as they may be shown. */
  text(): string {
    const { text } = this.#paths[Math.min(this.depth, limits.depth)]
    return this.depth > limits.depth ? `${text}…` : text
  }
}

/** A path, and those that go on from it. Names that are values are not among them: nothing of those is kept. */
class KnownPath {
  readonly text: string
  readonly #generation: number
  readonly #named = new Map<string, KnownPath>()
  #list: KnownPath | undefined

  constructor(text: string, generation: number) {
    this.text = text
    this.#generation = generation
  }

  list(): KnownPath {
    if (this.#list !== undefined) return this.#list
    const path = new KnownPath(`${this.text}[]`, this.#generation)
    if (knownPaths.mayAdd(this.#generation)) this.#list = path
    return path
  }

  named(name: string): KnownPath {
    const known = this.#named.get(name)
    if (known !== undefined) return known
    const shown = fieldName(name)
    const path = this.#named.get(shown) ?? new KnownPath(`${this.text}.${shown}`, this.#generation)
    if (knownPaths.mayAdd(this.#generation)) this.#named.set(shown, path)
    return path
  }
}

/** Begins anew when there are too many. What is still in use then stays with whom it is in use, and nothing is added to it. */
class KnownPaths {
  root = new KnownPath('$', 0)
  #generation = 0
  #count = 0

  mayAdd(generation: number): boolean {
    if (generation !== this.#generation) return false
    if (this.#count++ < limits.knownPaths) return true
    this.root = new KnownPath('$', ++this.#generation)
    this.#count = 0
    return false
  }
}

const knownPaths = new KnownPaths()
