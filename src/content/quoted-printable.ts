import { hexValue } from '../lib/ascii.ts'
import type { DecodedBytes } from './base64-run.ts'
import type { FieldTracker } from './field-tracker.ts'

const EQUALS = 0x3d
const LF = 0x0a

/** Undoes quoted-printable (RFC 2045 section 6.7) for a tracker, so that it sees the structure behind it. */
export class QuotedPrintable {
  readonly #out = new Uint8Array(256)
  #length = 0
  /** Of an unfinished escape: 0 nothing, 1 its `=`, 2 its first digit, too. */
  #escape = 0
  #high = 0

  reset(): void {
    this.#escape = 0
    this.#length = 0
  }

  /** Hands on all of it, so that the tracker has reached the same position. */
  read(bytes: Uint8Array, start: number, end: number, tracker: FieldTracker): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#escape > 0) this.#escaped(c)
      else if (c === EQUALS) this.#escape = 1
      else this.#out[this.#length++] = c
      if (this.#length === this.#out.length) this.#flush(tracker)
    }
    this.#flush(tracker)
  }

  /** The same for a sink of bytes. */
  decode(bytes: Uint8Array, start: number, end: number, out: DecodedBytes): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#escape > 0) this.#escaped(c)
      else if (c === EQUALS) this.#escape = 1
      else out.decoded(c)
      if (this.#length > 0) out.decoded(this.#out[--this.#length])
    }
  }

  #flush(tracker: FieldTracker): void {
    if (this.#length > 0) tracker.read(this.#out, 0, this.#length)
    this.#length = 0
  }

  /** A line end behind `=` and white space is none of the text. What is no escape is left out: it is no structure. */
  #escaped(c: number): void {
    if (c === LF) this.#escape = 0
    else if (c === 0x0d || c === 0x20 || c === 0x09) return
    else if (this.#escape === 1) {
      this.#high = hexValue(c)
      this.#escape = this.#high < 0 ? 0 : 2
    } else {
      const low = hexValue(c)
      if (low >= 0) this.#out[this.#length++] = (this.#high << 4) | low
      this.#escape = 0
    }
  }
}
