import { Anomaly } from './anomalies.ts'
import type { Body, BodyOwner } from './body.ts'
import { limits } from './limits.ts'
import { CR, HEX, LF, MINUS, SEMICOLON, SP, TAB, isHex } from './octets.ts'

const ZERO = 0x30

const State = {
  size: 0,
  extension: 1,
  sizeEnd: 2,
  data: 3,
  dataEnd: 4,
  dataLf: 5,
  last: 6,
  broken: 7,
} as const

/** The chunked transfer coding, RFC 9112 section 7.1: sizes and extensions come off, the data goes to the body. */
export class ChunkedFraming {
  #state: number = State.size
  #remaining = 0
  /** Significant digits of the size, and whether there was a digit at all. */
  #digits = 0
  #hasDigit = false
  #extensionBytes = 0

  begin(): void {
    this.#beginSize()
  }

  /** The last chunk was read: trailers follow. */
  get isLast(): boolean {
    return this.#state === State.last
  }

  /** Where the next chunk begins cannot be told any more. */
  get isBroken(): boolean {
    return this.#state === State.broken
  }

  /** Data bytes of the chunk at hand that are still to come. */
  get remaining(): number {
    return this.#state === State.data ? this.#remaining : 0
  }

  /** `length` bytes of this chunk's data were lost. */
  skip(length: number): void {
    this.#remaining -= length
    if (this.#remaining === 0) this.#state = State.dataEnd
  }

  /** Reads until the input ends, the last chunk was read, or the framing broke; returns where it stopped. */
  read(bytes: Uint8Array, start: number, end: number, body: Body, owner: BodyOwner): number {
    let i = start
    while (i < end && this.#state < State.last) {
      if (this.#state === State.data) {
        const next = Math.min(end, i + this.#remaining)
        body.write(bytes, i, next)
        this.skip(next - i)
        i = next
      } else if (!this.#readMark(bytes[i], owner)) {
        this.#state = State.broken
      } else {
        i++
      }
    }
    return i
  }

  #beginSize(): void {
    this.#state = State.size
    this.#remaining = 0
    this.#digits = 0
    this.#hasDigit = false
    this.#extensionBytes = 0
  }

  /** One octet that is not data; false when it cannot stand there. */
  #readMark(c: number, owner: BodyOwner): boolean {
    switch (this.#state) {
      case State.size:
        return this.#readSize(c, owner)
      case State.extension:
        return this.#readExtension(c, owner)
      case State.sizeEnd:
        if (c === LF) this.#sizeEnded()
        else owner.anomaly(Anomaly.chunkSize)
        return c === LF
      default:
        return this.#readDataEnd(c, owner)
    }
  }

  #readSize(c: number, owner: BodyOwner): boolean {
    if (isHex(c)) {
      this.#hasDigit = true
      if (this.#digits > 0 || c !== ZERO) this.#digits++
      this.#remaining = this.#remaining * 16 + HEX[c]
      if (this.#digits <= limits.chunkSizeDigits) return true
    } else if (this.#hasDigit && (c === SEMICOLON || c === SP || c === TAB || c === CR || c === LF)) {
      this.#state = State.extension
      return this.#readExtension(c, owner)
    }
    if (c === MINUS && !this.#hasDigit) owner.sink.event?.('http-negative-length')
    owner.anomaly(Anomaly.chunkSize)
    return false
  }

  /** Extensions are passed over; white space alone is a common mistake, anything else is told. */
  #readExtension(c: number, owner: BodyOwner): boolean {
    if (c === CR) {
      this.#state = State.sizeEnd
    } else if (c === LF) {
      owner.anomaly(Anomaly.chunkBareLf)
      this.#sizeEnded()
    } else if (this.#extensionBytes > 0 || (c !== SP && c !== TAB)) {
      this.#extensionBytes++
      if (this.#extensionBytes === 1) owner.anomaly(Anomaly.chunkExtension)
      if (this.#extensionBytes === limits.chunkExtensionBytes) owner.anomaly(Anomaly.chunkExtensionTooLarge)
    }
    return true
  }

  #sizeEnded(): void {
    const remaining = this.#remaining
    this.#beginSize()
    this.#remaining = remaining
    this.#state = remaining > 0 ? State.data : State.last
  }

  #readDataEnd(c: number, owner: BodyOwner): boolean {
    if (c === LF) {
      if (this.#state === State.dataEnd) owner.anomaly(Anomaly.chunkBareLf)
      this.#beginSize()
      return true
    }
    if (c === CR && this.#state === State.dataEnd) {
      this.#state = State.dataLf
      return true
    }
    owner.anomaly(Anomaly.chunkUnterminated)
    return false
  }
}
