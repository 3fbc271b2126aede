import type { FieldTracker } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { limits } from './limits.ts'
import { NameStack } from './name-stack.ts'
import { RecordStack } from './record-stack.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

const State = { between: 0, key: 1, keyEscape: 2, string: 3, stringEscape: 4 } as const

const OBJECT = 1
const ARRAY = 2

/**
 * JSON (RFC 8259) and newline-delimited JSON. Fields are paths such as `$.customer.accounts[].iban`: an index says
 * nothing about what a field means, so elements of one array share a field. So do the members of an object that is keyed
 * by values: `$.patients.*.phone`.
 */
export class JsonTracker implements FieldTracker {
  readonly #names = new NameStack()
  readonly #records = new RecordStack()
  readonly #kinds = new Uint8Array(limits.depth)
  #state: number = State.between
  /** In an object, whether a string that begins here is a key. */
  #expectKey = false

  reset(): void {
    this.#names.clear()
    this.#records.clear()
    this.#state = State.between
    this.#expectKey = false
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      if (this.#state === State.between) i = this.#structure(bytes, i, end)
      else if (this.#state === State.string || this.#state === State.key) i = this.#text(bytes, i, end)
      else i = this.#escaped(bytes, i)
    }
  }

  /** Between strings: brackets, commas, numbers and white space. Returns behind the quote that opens a string. */
  #structure(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (c === QUOTE) {
        this.#open()
        return i + 1
      }
      if (c === 0x2c) this.#expectKey = this.#kind() === OBJECT
      else if (c === 0x3a) this.#expectKey = false
      else if (c === 0x7b) this.#enter(OBJECT)
      else if (c === 0x5b) this.#enter(ARRAY)
      else if (c === 0x7d || c === 0x5d) this.#leave()
    }
    return end
  }

  #open(): void {
    this.#state = this.#expectKey ? State.key : State.string
    if (this.#expectKey) this.#names.begin()
  }

  /** Inside a string: to its closing quote or the next escape. */
  #text(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && bytes[i] !== QUOTE && bytes[i] !== BACKSLASH) i++
    const isKey = this.#state === State.key
    if (isKey) this.#names.append(bytes, start, i)
    if (i === end) return end
    if (bytes[i] === QUOTE) {
      this.#state = State.between
      this.#expectKey = false
    } else {
      this.#state = isKey ? State.keyEscape : State.stringEscape
    }
    return i + 1
  }

  #escaped(bytes: Uint8Array, at: number): number {
    if (this.#state === State.keyEscape) {
      this.#names.append(bytes, at, at + 1)
      this.#state = State.key
    } else {
      this.#state = State.string
    }
    return at + 1
  }

  #enter(kind: number): void {
    this.#names.push()
    this.#records.push(kind === OBJECT)
    if (this.#names.depth <= limits.depth) this.#kinds[this.#names.depth - 1] = kind
    this.#expectKey = kind === OBJECT
  }

  #leave(): void {
    this.#names.pop()
    this.#records.pop()
    this.#expectKey = false
  }

  #kind(): number {
    const depth = this.#names.depth
    return depth === 0 ? 0 : this.#kinds[Math.min(depth, limits.depth) - 1]
  }

  record(): number {
    return this.#records.innermost
  }

  isInRecord(record: number): boolean {
    return this.#records.has(record)
  }

  field(): string {
    let path = '$'
    const shown = Math.min(this.#names.depth, limits.depth)
    for (let level = 0; level < shown; level++) {
      path += this.#kinds[level] === ARRAY ? '[]' : `.${fieldName(this.#names.name(level))}`
    }
    return this.#names.depth > limits.depth ? `${path}…` : path
  }
}
