import { DecimalText } from './decimal-text.ts'
import { FieldPath } from './field-path.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'
import type { ValueReader, RunSink } from './value-reader.ts'
import { endValue } from './value-reader.ts'

const State = {
  /** Before the first byte of an object. */
  object: 0,
  /** In the bytes of a number, or of a length. */
  number: 1,
  /** In a string, binary data or an extension. */
  bytes: 2,
  /** Bytes below 0x80 that stand alone: of a text, more likely than numbers. */
  loose: 3,
  /** No MessagePack, or nested too deep. */
  lost: 4,
} as const

const UINT8 = 0xcc
const UINT64 = 0xcf

/**
 * MessagePack (the specification of msgpack.org, 2.0), objects one after the other. Fields are named as in JSON. Keys are values,
 * too, of the map that they stand in.
 */
export class MessagePackTracker implements FieldTracker, ValueReader {
  readonly #path = new FieldPath()
  /** Objects of each level that are still to come; a key and its value are two. */
  readonly #left = new Float64Array(limits.depth)
  readonly #decimal = new DecimalText()
  #state: number = State.object
  /** First byte of the object at hand. */
  #type = 0
  #number = 0
  /** Bytes still to come of the number, or of the bytes. */
  #needed = 0
  #sink: RunSink | undefined

  reset(): void {
    this.#path.clear()
    this.#state = State.object
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    this.#sink = sink
    let i = start
    while (i < end) {
      if (this.#state === State.bytes) i = this.#inBytes(bytes, i, end)
      else if (this.#state === State.loose) i = this.#inLoose(bytes, i, end)
      else if (this.#state === State.number) this.#inNumber(bytes[i++])
      else if (this.#state === State.object) i = this.#object(bytes[i], i)
      else {
        sink?.value(bytes, i, end, false)
        i = end
      }
    }
    this.#sink = undefined
  }

  end(sink?: RunSink): void {
    if (this.#state >= State.bytes) endValue(sink)
    this.reset()
  }

  /** Returns where to go on. */
  #object(c: number, at: number): number {
    if (c < 0x80 && this.#path.depth === 0) {
      this.#state = State.loose
      return at
    }
    this.#type = c
    if (c <= 0x7f || c >= 0xe0) this.#endObject()
    else if (c <= 0x8f) this.#enter(false, c & 0x0f)
    else if (c <= 0x9f) this.#enter(true, c & 0x0f)
    else if (c <= 0xbf) this.#beginBytes(c & 0x1f)
    else if (c === 0xc1) this.#lose()
    else this.#beginNumber(numberBytes(c))
    return at + 1
  }

  #beginNumber(needed: number): void {
    this.#number = 0
    this.#needed = needed
    this.#state = State.number
    if (needed === 0) this.#endNumber()
  }

  #inNumber(c: number): void {
    this.#number = this.#number * 256 + c
    if (--this.#needed === 0) this.#endNumber()
  }

  #endNumber(): void {
    const type = this.#type
    const size = this.#number
    if (type >= 0xdc) this.#enter(type <= 0xdd, size)
    else if (type >= 0xd9 || (type >= 0xc4 && type <= 0xc6)) this.#beginBytes(size)
    else if (type >= 0xd4) this.#beginBytes(1 + (1 << (type - 0xd4)))
    else if (type >= 0xc7 && type <= 0xc9) this.#beginBytes(1 + size)
    else {
      if (type >= UINT8 && !isNegative(type, size)) this.#decimal.handOn(size, this.#sink)
      this.#endObject()
    }
  }

  #beginBytes(size: number): void {
    this.#needed = size
    this.#state = State.bytes
    if (size === 0) this.#endObject()
  }

  #inBytes(bytes: Uint8Array, start: number, end: number): number {
    const to = Math.min(end, start + this.#needed)
    this.#needed -= to - start
    const isLast = this.#needed === 0
    this.#sink?.value(bytes, start, to, isLast)
    if (this.#isKey()) this.#path.appendToName(bytes, start, to)
    if (isLast) this.#endObject()
    return to
  }

  /** A text that was declared as MessagePack is all small numbers: it is inspected all the same. */
  #inLoose(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && bytes[i] < 0x80) i++
    const isLast = i < end
    if (i > start || isLast) this.#sink?.value(bytes, start, i, isLast)
    if (isLast) this.#state = State.object
    return i
  }

  #isKey(): boolean {
    return this.#path.isInList() === false && this.#left[this.#path.depth - 1] % 2 === 0
  }

  #enter(isList: boolean, count: number): void {
    if (count === 0) this.#endObject()
    else if (this.#path.depth === limits.depth) this.#lose()
    else {
      this.#path.enter(isList)
      this.#left[this.#path.depth - 1] = isList ? count : 2 * count
      this.#state = State.object
    }
  }

  /** An object is complete, and with it perhaps those around it. */
  #endObject(): void {
    this.#state = State.object
    while (this.#path.depth > 0) {
      const level = this.#path.depth - 1
      if (--this.#left[level] > 0) {
        if (this.#isKey()) this.#path.beginName()
        else if (this.#path.isInList() === false) this.#path.endName()
        return
      }
      this.#path.leave()
    }
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
    return this.#state >= State.loose ? '' : this.#path.text()
  }
}

/** Bytes of the number or length that follows a type from 0xc0 on. */
function numberBytes(type: number): number {
  if (type >= 0xd9) return type >= 0xdc ? 2 << (type & 1) : 1 << (type - 0xd9)
  if (type >= 0xd4 || type <= 0xc3) return 0
  if (type <= 0xc6) return 1 << (type - 0xc4)
  if (type <= 0xc9) return 1 << (type - 0xc7)
  if (type <= 0xcb) return 4 << (type - 0xca)
  return 1 << (type & 3)
}

/** Whether the number that a type from 0xcc on announced is below zero. */
function isNegative(type: number, number: number): boolean {
  return type > UINT64 && number >= 2 ** (8 * numberBytes(type) - 1)
}
