import { bytesTable } from './bytes-table.ts'
import { limits } from '../limits.ts'
import type { FieldReading } from './field-vocabulary.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x5b
const CLOSE = 0x5d
const COMMA = 0x2c
const DOT = 0x2e

const isBlank = bytesTable(' \t\r\n')
const beginsScalar = bytesTable('-0123456789tfn')
const isOfScalar = bytesTable('0123456789+-.Eabcdefghijklmnopqrstuvwxyz')

const State = { between: 0, string: 1, escape: 2, scalar: 3 } as const

/**
 * Follows an array of JSON (RFC 8259 section 5) that is the value of a field, and arrays in it, and tells of each string, number
 * and literal: all of them stand in that field. It ends at its last bracket, or where it is no such array: an object in it names
 * fields of its own. Holds positions only.
 */
export class ArrayValues {
  isOpen = false
  /** Name of the field; `''` where only the label says what it is called. */
  field = ''
  label: string | undefined
  /** What its name says. */
  reading: FieldReading = { evidence: new Int8Array(0), telling: [] }
  /** Position of the value told of last, without its quotes. */
  start = 0
  end = 0
  /** It goes on behind `end`. */
  isCut = false
  #at = 0
  #depth = 0
  #state: number = State.between
  /** The value at hand was told of by how it begins. */
  #isTold = false
  /** A number with a fraction was told of. Several are a vector, which is one value. */
  #isVector = false

  /** Begins behind the bracket that opens an array, at position `at` of the content. */
  begin(at: number, field: string, reading: FieldReading): void {
    this.isOpen = true
    this.field = field
    this.reading = reading
    this.#at = at
    this.#depth = 1
    this.#state = State.between
    this.#isVector = false
  }

  /** Forgets the array. */
  drop(): void {
    this.isOpen = false
  }

  /**
   * Reads on up to position `to`, or to the end of a value: true there. `bytes` holds the content's byte 0 at index `origin`, or
   * would.
   */
  next(bytes: Uint8Array, origin: number, to: number): boolean {
    while (this.isOpen && this.#at < to) {
      const byte = bytes[this.#at + origin]
      if (this.#step(byte, bytes, origin)) return true
    }
    return false
  }

  #step(byte: number, bytes: Uint8Array, origin: number): boolean {
    if (this.#state === State.scalar && isOfScalar[byte] === 0) {
      this.#state = State.between
      return this.#endScalar(bytes, origin)
    }
    const at = this.#at++
    if (this.#state === State.between) this.#structure(byte, at)
    else if (this.#state === State.escape) this.#state = State.string
    else if (this.#state === State.string) return this.#inString(byte, at)
    return false
  }

  #structure(byte: number, at: number): void {
    if (byte === QUOTE) this.#begin(State.string, at + 1)
    else if (beginsScalar[byte] === 1) this.#begin(State.scalar, at)
    else if (byte === OPEN) this.#depth++
    else if (byte === CLOSE) this.isOpen = --this.#depth > 0
    else this.isOpen = byte === COMMA || isBlank[byte] === 1
  }

  #begin(state: number, start: number): void {
    this.#state = state
    this.start = start
    this.#isTold = false
  }

  #inString(byte: number, at: number): boolean {
    if (byte === BACKSLASH) this.#state = State.escape
    else if (byte === QUOTE) {
      this.#state = State.between
      return !this.#isTold && this.#tell(at, false)
    } else if (at - this.start >= limits.arrayValueBytes && !this.#isTold) {
      this.#isTold = true
      return this.#tell(at, true)
    }
    return false
  }

  #endScalar(bytes: Uint8Array, origin: number): boolean {
    const { start } = this
    const end = this.#at
    if (end - start > limits.arrayValueBytes) return false
    const hasFraction = bytes.subarray(start + origin, end + origin).includes(DOT)
    if (hasFraction && this.#isVector) return false
    this.#isVector ||= hasFraction
    return this.#tell(end, false)
  }

  #tell(end: number, isCut: boolean): boolean {
    this.end = end
    this.isCut = isCut
    return end > this.start
  }
}
