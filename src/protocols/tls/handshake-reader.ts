import { u24 } from '../../lib/bytes.ts'
import { Anomaly } from './anomalies.ts'
import { CollectedHandshake } from './collected-handshake.ts'
import { limits } from './limits.ts'

/** `HandshakeType` (RFC 8446 section 4, RFC 5246 section 7.4). */
export const HandshakeType = {
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  certificateRequest: 13,
} as const

export interface HandshakeTaker {
  /** Whether a message is read; others are passed over by their length. */
  wants(type: number): boolean
  /** Body of a message. */
  handshake(type: number, bytes: Uint8Array, start: number, end: number): void
  anomaly(code: Anomaly): void
}

const HEADER_BYTES = 4

/** Puts the handshake messages of one direction together: one may be in many records, and one record hold many. */
export class HandshakeReader {
  readonly #header = new Uint8Array(HEADER_BYTES)
  #headerLength = 0
  #missing = 0
  #type = 0
  #isWanted = false
  #collected: CollectedHandshake | undefined

  read(bytes: Uint8Array, start: number, end: number, taker: HandshakeTaker): void {
    let at = start
    while (at < end) {
      at = this.#missing > 0 ? this.#readBody(bytes, at, end, taker) : this.#readHeader(bytes, at, end, taker)
    }
  }

  get isWithin(): boolean {
    return this.#missing > 0 || this.#headerLength > 0
  }

  /** What is under way is given up. */
  reset(): void {
    this.#headerLength = 0
    this.#missing = 0
    this.#release()
  }

  #readHeader(bytes: Uint8Array, start: number, end: number, taker: HandshakeTaker): number {
    let at = start
    while (at < end && this.#headerLength < HEADER_BYTES) this.#header[this.#headerLength++] = bytes[at++]
    if (this.#headerLength < HEADER_BYTES) return at
    this.#headerLength = 0
    this.#type = this.#header[0]
    const length = u24(this.#header, 1)
    const isWanted = taker.wants(this.#type)
    if (isWanted && length > limits.handshakeBytes) taker.anomaly(Anomaly.handshakeTooLarge)
    this.#isWanted = isWanted && length <= limits.handshakeBytes
    if (at + length > end) {
      this.#missing = length
      return at
    }
    if (this.#isWanted) taker.handshake(this.#type, bytes, at, at + length)
    return at + length
  }

  #readBody(bytes: Uint8Array, start: number, end: number, taker: HandshakeTaker): number {
    const stop = Math.min(end, start + this.#missing)
    this.#missing -= stop - start
    if (!this.#isWanted) return stop
    const collected = (this.#collected ??= new CollectedHandshake())
    if (!collected.append(bytes, start, stop)) {
      taker.anomaly(Anomaly.handshakeMemory)
      this.#isWanted = false
      this.#release()
    } else if (this.#missing === 0) {
      taker.handshake(this.#type, collected.bytes, 0, collected.length)
      this.#release()
    }
    return stop
  }

  #release(): void {
    this.#collected?.clear()
    this.#collected = undefined
  }
}
