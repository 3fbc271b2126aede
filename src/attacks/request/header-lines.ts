import { nameOf, readPairs } from './pairs.ts'
import type { ValueSink } from './value-sink.ts'

const COLON = 0x3a
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SEMICOLON = 0x3b

/** Hands on the values of header lines, and those of cookies one by one (RFC 9112 section 5, RFC 6265 section 4.2). */
export class HeaderLines {
  readonly #headers: ValueSink
  readonly #cookies: ValueSink

  constructor(headers: ValueSink, cookies: ValueSink) {
    this.#headers = headers
    this.#cookies = cookies
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      let stop = bytes.indexOf(LINE_FEED, at)
      if (stop < 0 || stop > end) stop = end
      this.#line(bytes, at, bytes[stop - 1] === CARRIAGE_RETURN && stop > at ? stop - 1 : stop)
      at = stop + 1
    }
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    let colon = start
    while (colon < end && bytes[colon] !== COLON) colon++
    if (colon === end) return
    let value = colon + 1
    while (value < end && isBlank(bytes[value])) value++
    let last = end
    while (last > value && isBlank(bytes[last - 1])) last--
    const name = nameOf(bytes, start, colon)
    if (value === last) return
    if (name === 'cookie') readPairs(bytes, value, last, SEMICOLON, this.#cookies)
    else this.#headers.value('value', name, bytes, value, last)
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}
