import { u16 } from '../../lib/bytes.ts'

/** Type, and the length that the payload is said to have (RFC 6520 section 4). */
const HEADER_BYTES = 3
/** By how much the record of a response may be longer than that of its request: padding is at the sender's choice. */
const PADDING_BYTES = 256

/**
 * Heartbeats of one connection: whether one claims a payload that is longer than its record (CVE-2014-0160), or, where they are
 * encrypted, whether one brings back more than was sent.
 */
export class Heartbeats {
  /** Of the record at hand: its content so far, and its length. */
  readonly #header = new Uint8Array(HEADER_BYTES)
  #headerLength = 0
  #recordLength = 0
  /** Length of the record last sent by each direction. */
  readonly #sent: [number, number] = [0, 0]

  /** A record of heartbeats begins; true where it brings back more than the other end had sent. */
  begin(direction: 0 | 1, length: number): boolean {
    const other = this.#sent[direction ^ 1]
    this.#sent[direction] = length
    this.#headerLength = 0
    this.#recordLength = length
    return other > 0 && length > other + PADDING_BYTES
  }

  /** A part of its content, where that is readable; true once it claims more than the record holds. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#headerLength === HEADER_BYTES) return false
    for (let i = start; i < end && this.#headerLength < HEADER_BYTES; i++)
      this.#header[this.#headerLength++] = bytes[i]
    return this.#headerLength === HEADER_BYTES && u16(this.#header, 1) + HEADER_BYTES > this.#recordLength
  }
}
