import { isCapital } from '../../lib/ascii.ts'
import type { HeaderView } from '../detector.ts'
import { nameOf, readPairs } from './pairs.ts'
import type { ValueSink } from './value-sink.ts'

const COLON = 0x3a
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SEMICOLON = 0x3b
const NO_BYTES = new Uint8Array(0)

/**
 * Hands on the values of header lines, and those of cookies one by one (RFC 9112 section 5, RFC 6265 section 4.2). What was read last
 * can be asked for by its name until the bytes are others.
 */
export class HeaderLines implements HeaderView {
  readonly #headers: ValueSink
  readonly #cookies: ValueSink
  #lines: Uint8Array = NO_BYTES
  #count = 0
  /** Of each line; `#spans` has where its value begins and ends, by turns. */
  readonly #names: string[] = []
  readonly #spans: number[] = []

  constructor(headers: ValueSink, cookies: ValueSink) {
    this.#headers = headers
    this.#cookies = cookies
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    // What lies behind is none of it, and is not searched.
    const lines = bytes.subarray(start, end)
    this.#lines = lines
    this.#count = 0
    for (let at = 0; at < lines.length;) {
      const found = lines.indexOf(LINE_FEED, at)
      const stop = found < 0 ? lines.length : found
      this.#readLine(at, stop > at && lines[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop)
      at = stop + 1
    }
  }

  #readLine(start: number, end: number): void {
    const lines = this.#lines
    let colon = start
    while (colon < end && lines[colon] !== COLON) colon++
    if (colon === end) return
    let value = colon + 1
    while (value < end && isBlank(lines[value])) value++
    let last = end
    while (last > value && isBlank(lines[last - 1])) last--
    if (value < last) this.#take(nameOf(lines, start, colon), value, last)
  }

  #take(name: string, start: number, end: number): void {
    this.#names[this.#count] = name
    this.#spans[2 * this.#count] = start
    this.#spans[2 * this.#count + 1] = end
    this.#count++
    if (name === 'cookie') readPairs(this.#lines, start, end, SEMICOLON, this.#cookies)
    else this.#headers.value('value', name, this.#lines, start, end)
  }

  includes(name: string, part: string): boolean {
    for (let i = 0; i < this.#count; i++) {
      if (this.#names[i] === name && hasPart(this.#lines, this.#spans[2 * i], this.#spans[2 * i + 1], part))
        return true
    }
    return false
  }
}

/** Whether `part`, in lower case, stands in a value in any case. */
function hasPart(bytes: Uint8Array, start: number, end: number, part: string): boolean {
  for (let from = start; from + part.length <= end; from++) {
    let length = 0
    while (length < part.length && lowerCase(bytes[from + length]) === part.charCodeAt(length)) length++
    if (length === part.length) return true
  }
  return false
}

function lowerCase(byte: number): number {
  return isCapital(byte) ? byte | 0x20 : byte
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}
