import { Anomaly } from './anomalies.ts'
import { HEADER_BYTES } from './header.ts'
import { limits } from './limits.ts'

const POINTER = 0xc0
const LONGEST_LABEL = 63
const DOT = 0x2e

/**
 * One name out of a message, decompressed into its own buffer; reused. Names are compared without regard to case
 * (RFC 4343), by two hashes of 32 bits; the bytes keep the case in which they were sent.
 */
export class Name {
  /** Uncompressed wire form: a length byte before each label, without the root's zero at the end. */
  readonly wire = new Uint8Array(limits.nameBytes)
  length = 0
  /** Two hashes of the name in lower case. */
  hash = 0
  check = 0
  /** Where the message goes on behind the name; -1 when that cannot be told. */
  next = -1
  /** What was wrong with it. A forward pointer is wrong, and read all the same. */
  problem: Anomaly | undefined
  readonly #joined = new Uint8Array(limits.nameBytes)

  /** Reads the name at `at` of the message that begins at `message`; false when it has none. */
  read(bytes: Uint8Array, message: number, at: number, end: number): boolean {
    this.length = 0
    this.hash = 0x811c9dc5 | 0
    this.check = 0
    this.next = -1
    this.problem = undefined
    let isForward = false
    let pointers = 0
    let run = at
    let i = at
    while (i < end) {
      const size = bytes[i]
      if (size === 0) return this.#finish(i + 1, isForward)
      if (size <= LONGEST_LABEL) {
        if (i + size >= end) break
        if (this.length + size + 2 > limits.nameBytes) return this.#fail(isForward, Anomaly.nameTooLong)
        this.#label(bytes, i, size)
        i += size + 1
        continue
      }
      if (size < POINTER || i + 1 >= end) break
      if (this.next < 0) this.next = i + 2
      const target = message + (((size & 0x3f) << 8) | bytes[i + 1])
      if (target < message + HEADER_BYTES) break
      // What points before the labels at hand comes nearer to the beginning each time: only the other kind can loop.
      if (target >= run) isForward = true
      if (++pointers > limits.pointers) return this.#fail(isForward, Anomaly.compressionDepth)
      i = run = target
    }
    this.problem = Anomaly.malformed
    return false
  }

  /** Bytes between labels are dots, as a person would write the name; without escapes. Valid until the next call. */
  joined(): Uint8Array {
    const { wire, length } = this
    const joined = this.#joined
    for (let i = 1; i < length; i++) joined[i - 1] = wire[i]
    for (let i = wire[0] + 1; i < length; i += wire[i] + 1) joined[i - 1] = DOT
    return joined
  }

  /** Length of `joined`. */
  get joinedLength(): number {
    return Math.max(0, this.length - 1)
  }

  isSame(other: Name): boolean {
    return this.hash === other.hash && this.check === other.check && this.length === other.length
  }

  #label(bytes: Uint8Array, at: number, size: number): void {
    const { wire } = this
    let { hash, check, length } = this
    const stop = at + size
    for (let i = at; i <= stop; i++) {
      const byte = bytes[i]
      wire[length++] = byte
      // The length byte is at most 63, below the letters.
      const folded = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
      hash = Math.imul(hash ^ folded, 0x01000193)
      check = (Math.imul(check, 31) + folded) | 0
    }
    this.length = length
    this.hash = hash
    this.check = check
  }

  #finish(next: number, isForward: boolean): boolean {
    if (this.next < 0) this.next = next
    if (isForward) this.problem = Anomaly.compressionForward
    return true
  }

  #fail(isForward: boolean, otherwise: Anomaly): boolean {
    this.problem = isForward ? Anomaly.compressionLoop : otherwise
    return false
  }
}
