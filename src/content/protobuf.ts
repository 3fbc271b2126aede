import { DecimalText } from './decimal-text.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'
import { WireType, isMessage, varintBytes } from './protobuf-shape.ts'
import type { ValueReader, RunSink } from './value-reader.ts'
import { endValue } from './value-reader.ts'

const State = {
  tag: 0,
  varint: 1,
  /** In the length of what follows. */
  length: 2,
  fixed: 3,
  /** Collects the first bytes of what may be a message, to tell. */
  window: 4,
  /** In text, bytes, packed numbers, or what is no message. */
  bytes: 5,
} as const

/** Numbers from here on are no field's that anybody declares by hand: they would be values of the data. */
const leastUnlikelyField = 100_000

/**
 * Protocol buffers by wire type, without their schema: a field is named by the numbers on the way to it, `1.3.2`. What has a
 * length is taken for a message where its first bytes can be one, see `isMessage`.
 */
export class ProtobufTracker implements FieldTracker, ValueReader {
  /** Field at hand of each message that is open, 0 between two; and where each ends. */
  readonly #fields = new Float64Array(limits.depth)
  readonly #ends = new Float64Array(limits.depth)
  readonly #isGroup = new Uint8Array(limits.depth)
  readonly #window = new Uint8Array(limits.protobufWindowBytes)
  readonly #decimal = new DecimalText()
  /** Innermost message; -1 before what all is known to be one. */
  #level = -1
  #state: number = State.window
  /** Bytes of the content before the one to come. */
  #at = 0
  #integer = 0
  #scale = 1
  #integerBytes = 0
  #windowLength = 0
  /** Bytes that the window waits for. */
  #windowSize = 0
  /** Bytes of what is being read; of the window, with those that are in it. */
  #left = 0
  #sink: RunSink | undefined

  constructor() {
    this.reset()
  }

  reset(): void {
    this.begin(Number.POSITIVE_INFINITY)
  }

  /** Begins a message of so many bytes. */
  begin(length: number): void {
    this.#level = -1
    this.#at = 0
    this.#beginWindow(length)
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    this.#sink = sink
    this.#consume(bytes, start, end)
    this.#sink = undefined
  }

  end(sink?: RunSink): void {
    this.#sink = sink
    // All of it is there: it is a message as a whole or not at all.
    if (this.#level < 0 && this.#state === State.window) this.#left = this.#windowLength
    this.#settle()
    if (this.#state === State.bytes) endValue(sink)
    this.#sink = undefined
    this.reset()
  }

  #consume(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      if (this.#state <= State.length) this.#inInteger(bytes[i++])
      else if (this.#state === State.window && this.#windowLength === 0 && end - i >= this.#windowSize)
        this.#decide(bytes, i, i + this.#windowSize)
      else i = this.#inBytes(bytes, i, end)
    }
  }

  /** Reads on to the end of the window, or of the value; returns where it stopped. */
  #inBytes(bytes: Uint8Array, start: number, end: number): number {
    const isWindow = this.#state === State.window
    const to = Math.min(end, start + (isWindow ? this.#windowSize - this.#windowLength : this.#left))
    this.#at += to - start
    if (isWindow) this.#inWindow(bytes, start, to)
    else this.#inValue(bytes, start, to)
    return to
  }

  #beginInteger(state: number): void {
    this.#state = state
    this.#integer = 0
    this.#scale = 1
    this.#integerBytes = 0
  }

  /** Seven bits a byte, the lowest first. */
  #inInteger(c: number): void {
    if (this.#at === this.#ends[this.#level]) {
      this.#fail()
      return
    }
    this.#at++
    this.#integer += (c & 0x7f) * this.#scale
    this.#scale *= 128
    if (c < 0x80) this.#endInteger()
    else if (++this.#integerBytes === varintBytes) this.#fail()
  }

  #endInteger(): void {
    const value = this.#integer
    if (this.#state === State.tag) this.#beginField(Math.floor(value / 8), value % 8)
    else if (this.#state === State.length) this.#beginPayload(value)
    else {
      this.#decimal.handOn(value, this.#sink)
      this.#endField()
    }
  }

  #beginField(field: number, type: number): void {
    this.#fields[this.#level] = field
    if (field === 0 || field >= 2 ** 29) this.#fail()
    else if (type === WireType.varint) this.#beginInteger(State.varint)
    else if (type === WireType.length) this.#beginInteger(State.length)
    else if (type === WireType.fixed64) this.#beginFixed(8)
    else if (type === WireType.fixed32) this.#beginFixed(4)
    else if (type === WireType.startGroup && this.#level + 1 < limits.depth)
      this.#enter(this.#ends[this.#level], true)
    else if (type === WireType.endGroup && this.#isGroup[this.#level] === 1) {
      this.#level--
      this.#endField()
    } else this.#fail()
  }

  #beginFixed(length: number): void {
    if (this.#at + length > this.#ends[this.#level]) this.#fail()
    else {
      this.#state = State.fixed
      this.#left = length
    }
  }

  #beginPayload(length: number): void {
    if (this.#at + length > this.#ends[this.#level]) this.#fail()
    else if (length === 0) this.#endField()
    else this.#beginWindow(length)
  }

  #beginWindow(length: number): void {
    this.#state = State.window
    this.#left = length
    this.#windowLength = 0
    this.#windowSize = Math.min(length, this.#window.length)
  }

  /** Tells by the first bytes of what has a length, which are those to come. */
  #decide(bytes: Uint8Array, start: number, end: number): void {
    if (this.#level + 1 < limits.depth && isMessage(bytes, start, end, this.#left))
      this.#enter(this.#at + this.#left, false)
    else this.#state = State.bytes
  }

  #inWindow(bytes: Uint8Array, start: number, end: number): void {
    // Bytes of the window itself lie behind those that are collected anew: they may be overwritten.
    Buffer.prototype.copy.call(bytes, this.#window, this.#windowLength, start, end)
    this.#windowLength += end - start
    if (this.#windowLength === this.#windowSize) this.#replay()
  }

  /** Reads the window, as far as it is filled, now that it can be told what it holds. */
  #replay(): void {
    const length = this.#windowLength
    this.#at -= length
    this.#decide(this.#window, 0, length)
    this.#consume(this.#window, 0, length)
  }

  /** Decides about what the window holds, though more was to come. */
  #settle(): void {
    while (this.#state === State.window && this.#windowLength > 0) this.#replay()
  }

  #enter(end: number, isGroup: boolean): void {
    const level = ++this.#level
    this.#ends[level] = end
    this.#fields[level] = 0
    this.#isGroup[level] = isGroup ? 1 : 0
    this.#beginInteger(State.tag)
  }

  #inValue(bytes: Uint8Array, start: number, end: number): void {
    this.#left -= end - start
    const isLast = this.#left === 0
    if (this.#state === State.bytes) this.#sink?.value(bytes, start, end, isLast)
    if (isLast) this.#endField()
  }

  #endField(): void {
    while (this.#level >= 0 && this.#at >= this.#ends[this.#level]) this.#level--
    if (this.#level >= 0) {
      this.#fields[this.#level] = 0
      this.#beginInteger(State.tag)
    } else {
      // Behind a message of a known length, there may be another.
      this.reset()
    }
  }

  /** The message at hand is none after all: what is left of it is bytes. */
  #fail(): void {
    this.#fields[this.#level] = 0
    this.#state = State.bytes
    this.#left = this.#ends[this.#level] - this.#at
    if (this.#left === 0) this.#endField()
  }

  name(): string {
    return this.field()
  }

  field(): string {
    const path = this.#path()
    if (this.#state !== State.window || this.#windowLength === 0) return path
    // What is in the window reads as a message or not; more bytes may tell otherwise.
    const probe = new ProtobufTracker()
    probe.begin(this.#left)
    probe.read(this.#window, 0, this.#windowLength)
    probe.#settle()
    const inside = probe.#path()
    return path === '' || inside === '' ? path + inside : `${path}.${inside}`
  }

  #path(): string {
    let path = ''
    for (let level = 0; level <= this.#level; level++) {
      const field = this.#fields[level]
      if (field === 0) break
      path += `${level === 0 ? '' : '.'}${field < leastUnlikelyField ? field : '*'}`
    }
    return path
  }
}
