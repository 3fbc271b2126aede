import { DecimalText } from './decimal-text.ts'
import { FieldPath } from './field-path.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'
import type { ValueReader, RunSink } from './value-reader.ts'
import { endValue } from './value-reader.ts'

const State = {
  /** In the length that a document begins with: its end has a mark, too. */
  documentLength: 0,
  type: 1,
  name: 2,
  /** In a value of fixed length that is no text. */
  fixed: 3,
  number: 4,
  /** In the length of a string or of binary data. */
  length: 5,
  bytes: 6,
  /** In one of the two texts of a regular expression, each up to a zero. */
  pattern: 7,
  /** No BSON, or nested too deep. */
  lost: 8,
} as const

const Type = {
  string: 0x02,
  document: 0x03,
  array: 0x04,
  binary: 0x05,
  pattern: 0x0b,
  pointer: 0x0c,
  code: 0x0d,
  symbol: 0x0e,
  scopedCode: 0x0f,
  int32: 0x10,
  int64: 0x12,
} as const

/** Bytes of the values that are always as long. */
const FIXED = new Map([
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x11, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
])

/**
 * BSON (bsonspec.org, 1.1), documents one after the other. Fields are named as in JSON. Names are values, too, of the document
 * that they stand in.
 */
export class BsonTracker implements FieldTracker, ValueReader {
  readonly #path = new FieldPath()
  readonly #decimal = new DecimalText()
  #state: number = State.documentLength
  /** Of the element at hand. */
  #type = 0
  #number = 0
  /** Bytes still to come of what is being read. */
  #needed = 0
  #numberBytes = 0
  /** Texts of a regular expression still to come. */
  #texts = 0
  #sink: RunSink | undefined

  constructor() {
    this.reset()
  }

  reset(): void {
    this.#path.clear()
    this.#beginDocument()
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    this.#sink = sink
    let i = start
    while (i < end) {
      const state = this.#state
      if (state === State.type) this.#beginElement(bytes[i++])
      else if (state === State.name || state === State.pattern) i = this.#inText(bytes, i, end)
      else if (state === State.bytes) i = this.#inBytes(bytes, i, end)
      else if (state === State.fixed) i = this.#inFixed(i, end)
      else if (state === State.lost) {
        sink?.value(bytes, i, end, false)
        i = end
      } else this.#inNumber(bytes[i++])
    }
    this.#sink = undefined
  }

  end(sink?: RunSink): void {
    const { name, bytes, pattern, lost } = State
    if ([name, bytes, pattern, lost].some((state) => state === this.#state)) endValue(sink)
    this.reset()
  }

  #beginDocument(): void {
    this.#beginNumber(State.documentLength, 4)
  }

  #beginNumber(state: number, length: number): void {
    this.#state = state
    this.#number = 0
    this.#needed = length
    this.#numberBytes = length
  }

  /** Little-endian. */
  #inNumber(c: number): void {
    this.#number += c * 256 ** (this.#numberBytes - this.#needed)
    if (--this.#needed > 0) return
    if (this.#state === State.number) {
      const isNegative = this.#number >= 2 ** (8 * this.#numberBytes - 1)
      if (!isNegative) this.#decimal.handOn(this.#number, this.#sink)
      this.#state = State.type
    } else if (this.#state === State.length) this.#endLength()
    else if (this.#path.depth === limits.depth) this.#lose()
    else {
      this.#path.enter(this.#type === Type.array && this.#path.depth > 0)
      this.#state = State.type
    }
  }

  #beginElement(type: number): void {
    this.#type = type
    if (type === 0) this.#endDocument()
    else if (!FIXED.has(type) && (type < Type.string || type > Type.int64)) this.#lose()
    else {
      if (this.#path.isInList() === false) this.#path.beginName()
      this.#state = State.name
    }
  }

  #endDocument(): void {
    this.#path.leave()
    if (this.#path.depth === 0) this.#beginDocument()
    else this.#state = State.type
  }

  /** A name, or a text of a regular expression, up to its zero. */
  #inText(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && bytes[i] !== 0) i++
    const isName = this.#state === State.name
    const isLast = i < end
    // Those in an array are its indexes.
    if (!isName || this.#path.isInList() === false) {
      this.#sink?.value(bytes, start, i, isLast)
      if (isName) this.#path.appendToName(bytes, start, i)
    }
    if (!isLast) return end
    this.#path.endName()
    if (isName) this.#beginValue()
    else if (--this.#texts === 0) this.#state = State.type
    return i + 1
  }

  #beginValue(): void {
    const type = this.#type
    const fixed = FIXED.get(type)
    if (fixed !== undefined) this.#skip(fixed)
    else if (type === Type.document || type === Type.array) this.#beginDocument()
    else if (type === Type.int32 || type === Type.int64)
      this.#beginNumber(State.number, type === Type.int32 ? 4 : 8)
    else if (type === Type.pattern) {
      this.#texts = 2
      this.#state = State.pattern
    } else {
      // The length of a code and its scope together stands before that of the code.
      this.#beginNumber(State.length, type === Type.scopedCode ? 8 : 4)
    }
  }

  #endLength(): void {
    const length = this.#type === Type.scopedCode ? Math.floor(this.#number / 2 ** 32) : this.#number
    const isBinary = this.#type === Type.binary
    if (length >= 2 ** 31 || (length === 0 && !isBinary)) {
      this.#lose()
      return
    }
    this.#state = State.bytes
    // A string ends in a zero, binary data begins with its kind.
    this.#needed = length + (isBinary ? 1 : 0)
  }

  #inBytes(bytes: Uint8Array, start: number, end: number): number {
    const to = Math.min(end, start + this.#needed)
    this.#needed -= to - start
    const isLast = this.#needed === 0
    const isString = this.#type !== Type.binary
    this.#sink?.value(bytes, start, isString && isLast ? to - 1 : to, isLast)
    if (isLast) this.#endBytes()
    return to
  }

  #endBytes(): void {
    if (this.#type === Type.pointer) this.#skip(12)
    else if (this.#type === Type.scopedCode) this.#beginDocument()
    else this.#state = State.type
  }

  #skip(length: number): void {
    this.#needed = length
    this.#state = length === 0 ? State.type : State.fixed
  }

  #inFixed(start: number, end: number): number {
    const to = Math.min(end, start + this.#needed)
    this.#needed -= to - start
    if (this.#needed === 0) this.#state = State.type
    return to
  }

  #lose(): void {
    this.#path.clear()
    this.#state = State.lost
  }

  record(): number {
    return this.#path.record()
  }

  isInRecord(record: number): boolean {
    return this.#path.isInRecord(record)
  }

  name(): string {
    return this.field()
  }

  field(): string {
    return this.#state === State.lost ? '' : this.#path.text()
  }
}
