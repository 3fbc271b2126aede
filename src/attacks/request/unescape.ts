import { hexValue } from '../../lib/ascii.ts'

/** A stretch of bytes. */
export interface Decoded {
  bytes: Uint8Array
  start: number
  end: number
}

const PERCENT = 0x25
const PLUS = 0x2b
const BACKSLASH = 0x5c

/** What JSON's escapes of one letter stand for (RFC 8259 section 7). */
const CONTROLS = new Map([...'bfnrt'].map((letter, i) => [letter.charCodeAt(0), [8, 12, 10, 13, 9][i]]))

/** Takes off what a content is written in before a target sees its values; where nothing is to be done they stay where they lie. */
export class Unescape {
  readonly #decoded: Decoded = { bytes: new Uint8Array(0), start: 0, end: 0 }
  #scratch = new Uint8Array(1_024)

  /** Percent-encoding and `+` (WHATWG URL section 5.1). Valid until the next call. */
  form(bytes: Uint8Array, start: number, end: number): Decoded {
    let at = start
    while (at < end && bytes[at] !== PERCENT && bytes[at] !== PLUS) at++
    if (at === end) return this.#inPlace(bytes, start, end)
    const out = this.#room(end - start)
    let length = 0
    for (at = start; at < end; at++) {
      const high = bytes[at] === PERCENT && at + 2 < end ? hexValue(bytes[at + 1]) : -1
      const low = high < 0 ? -1 : hexValue(bytes[at + 2])
      out[length++] = low >= 0 ? high * 16 + low : bytes[at] === PLUS ? 0x20 : bytes[at]
      if (low >= 0) at += 2
    }
    return this.#inPlace(out, 0, length)
  }

  /** Escapes of JSON strings. Valid until the next call. */
  json(bytes: Uint8Array, start: number, end: number): Decoded {
    let at = start
    while (at < end && bytes[at] !== BACKSLASH) at++
    if (at === end) return this.#inPlace(bytes, start, end)
    const out = this.#room(end - start)
    let length = 0
    for (at = start; at < end; at++) {
      if (bytes[at] !== BACKSLASH || at + 1 === end) out[length++] = bytes[at]
      else {
        const unit = bytes[at + 1] === 0x75 ? codeUnit(bytes, at + 2, end) : -1
        if (unit >= 0) {
          length = putUnit(out, length, unit)
          at += 5
        } else out[length++] = CONTROLS.get(bytes[++at]) ?? bytes[at]
      }
    }
    return this.#inPlace(out, 0, length)
  }

  #inPlace(bytes: Uint8Array, start: number, end: number): Decoded {
    const decoded = this.#decoded
    decoded.bytes = bytes
    decoded.start = start
    decoded.end = end
    return decoded
  }

  #room(length: number): Uint8Array {
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length)
    return this.#scratch
  }
}

/** Four hexadecimal digits; -1 where there are none. */
function codeUnit(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return -1
  let unit = 0
  for (let i = start; i < start + 4; i++) {
    const digit = hexValue(bytes[i])
    if (digit < 0) return -1
    unit = unit * 16 + digit
  }
  return unit
}

/** As UTF-8; halves of a surrogate pair as three bytes each: nothing that matters here lies beyond U+FFFF. */
function putUnit(out: Uint8Array, at: number, unit: number): number {
  if (unit < 0x80) {
    out[at] = unit
    return at + 1
  }
  if (unit < 0x800) {
    out[at] = 0xc0 | (unit >> 6)
    out[at + 1] = 0x80 | (unit & 0x3f)
    return at + 2
  }
  out[at] = 0xe0 | (unit >> 12)
  out[at + 1] = 0x80 | ((unit >> 6) & 0x3f)
  out[at + 2] = 0x80 | (unit & 0x3f)
  return at + 3
}
