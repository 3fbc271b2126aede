import { u16 } from '../../lib/bytes.ts'

/** Type, and the length that the payload is said to have (RFC 6520 section 4). */
const HEADER_BYTES = 3
/** Each has so much padding at the least; one with less is to be dropped (RFC 6520 section 4). */
const LEAST_PADDING_BYTES = 16
/** So that no encrypted one is shorter than this: header, padding, and the 16 bytes of the shortest MAC or tag. */
const LEAST_SEALED_BYTES = HEADER_BYTES + LEAST_PADDING_BYTES + 16
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

  /** A record of heartbeats begins; true where it brings back more than the other end had sent, or is too short to be one. */
  begin(direction: 0 | 1, length: number, isEncrypted: boolean): boolean {
    const other = this.#sent[direction ^ 1]
    this.#sent[direction] = length
    this.#headerLength = 0
    this.#recordLength = length
    const isTooShort = isEncrypted && length < LEAST_SEALED_BYTES
    return isTooShort || (other > 0 && length > other + PADDING_BYTES)
  }

  /** A part of its content, where that is readable; true once it claims more than the record holds. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#headerLength === HEADER_BYTES) return false
    for (let i = start; i < end && this.#headerLength < HEADER_BYTES; i++)
      this.#header[this.#headerLength++] = bytes[i]
    if (this.#headerLength < HEADER_BYTES) return false
    return HEADER_BYTES + u16(this.#header, 1) + LEAST_PADDING_BYTES > this.#recordLength
  }
}
