import { latin1 } from '../../lib/bytes.ts'
import { nameOf, readPairs } from './pairs.ts'
import type { ValueSink } from './value-sink.ts'

const COLON = 0x3a
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SEMICOLON = 0x3b

type TakeLine = (name: string, bytes: Uint8Array, start: number, end: number) => void

/** Hands on the values of header lines, and those of cookies one by one (RFC 9112 section 5, RFC 6265 section 4.2). */
export class HeaderLines {
  readonly #take: TakeLine

  constructor(headers: ValueSink, cookies: ValueSink) {
    this.#take = (name, bytes, start, end) => {
      if (name === 'cookie') readPairs(bytes, start, end, SEMICOLON, cookies)
      else headers.value('value', name, bytes, start, end)
    }
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    readLines(bytes, start, end, this.#take)
  }
}

/** Header lines as names in lower case and values. */
export function headersOf(bytes: Uint8Array, start: number, end: number): [name: string, value: string][] {
  const headers: [string, string][] = []
  readLines(bytes, start, end, (name, line, from, to) => headers.push([name, latin1(line, from, to)]))
  return headers
}

function readLines(bytes: Uint8Array, start: number, end: number, take: TakeLine): void {
  // What lies behind is none of it, and is not searched.
  const lines = bytes.subarray(start, end)
  for (let at = 0; at < lines.length;) {
    const found = lines.indexOf(LINE_FEED, at)
    const stop = found < 0 ? lines.length : found
    readLine(lines, at, stop > at && lines[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop, take)
    at = stop + 1
  }
}

function readLine(bytes: Uint8Array, start: number, end: number, take: TakeLine): void {
  let colon = start
  while (colon < end && bytes[colon] !== COLON) colon++
  if (colon === end) return
  let value = colon + 1
  while (value < end && isBlank(bytes[value])) value++
  let last = end
  while (last > value && isBlank(bytes[last - 1])) last--
  if (value < last) take(nameOf(bytes, start, colon), bytes, value, last)
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}
