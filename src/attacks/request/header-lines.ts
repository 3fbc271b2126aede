import { isCapital } from '../../lib/ascii.ts'
import type { HeaderMark, HeaderView } from '../detector.ts'
import { FieldName } from './field-name.ts'
import { readPairs } from './pairs.ts'
import type { ValueSink } from './value-sink.ts'

const COLON = 0x3a
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SEMICOLON = 0x3b
const NO_BYTES = new Uint8Array(0)

/** Where a line lies, without its end; where its name ends, and its value. */
interface HeaderLine {
  start: number
  end: number
  colon: number
  valueStart: number
  valueEnd: number
}

/**
 * Hands on the values of header lines, and those of cookies one by one (RFC 9112 section 5, RFC 6265 section 4.2). What was taken last
 * can be asked for by its name until the bytes are others.
 */
export class HeaderLines implements HeaderView {
  readonly #headers: ValueSink
  readonly #cookies: ValueSink
  /** Parts of values by names of headers. */
  readonly #marks = new Map<string, string[]>()
  #bytes: Uint8Array = NO_BYTES
  #end = 0
  #start = 0
  readonly #name = new FieldName()
  /** The line at hand. */
  readonly line: Readonly<HeaderLine> = { start: 0, end: 0, colon: 0, valueStart: 0, valueEnd: 0 }
  readonly #line: HeaderLine = this.line
  #next = 0

  constructor(headers: ValueSink, cookies: ValueSink, marks: readonly HeaderMark[]) {
    this.#headers = headers
    this.#cookies = cookies
    for (const [name, part] of marks) this.#marks.set(name, [...(this.#marks.get(name) ?? []), part])
  }

  take(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes
    this.#start = this.#next = start
    this.#end = end
  }

  /** Goes on to the next line; false where there is none. */
  next(): boolean {
    const bytes = this.#bytes
    if (this.#next >= this.#end) return false
    let stop = this.#next
    while (stop < this.#end && bytes[stop] !== LINE_FEED) stop++
    this.#line.start = this.#next
    this.#line.end = stop > this.#next && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop
    this.#next = stop + 1
    return true
  }

  /** Hands on the values of the line at hand. Returns whether it has a mark. */
  giveValues(): boolean {
    if (!this.#readLine()) return false
    const bytes = this.#bytes
    const { start, colon, valueStart, valueEnd } = this.#line
    const name = this.#name.set(bytes, start, colon)
    let isMarked = false
    for (const part of this.#marks.get(name.text) ?? NO_MARKS)
      if (hasPart(bytes, valueStart, valueEnd, part)) isMarked = true
    if (name.text === 'cookie') readPairs(bytes, valueStart, valueEnd, SEMICOLON, this.#cookies)
    else this.#headers.value('value', name, bytes, valueStart, valueEnd)
    return isMarked
  }

  includes(name: string, part: string): boolean {
    for (this.#next = this.#start; this.next();) {
      if (!this.#readLine()) continue
      const { start, colon, valueStart, valueEnd } = this.#line
      if (this.#name.set(this.#bytes, start, colon).text !== name) continue
      if (hasPart(this.#bytes, valueStart, valueEnd, part)) return true
    }
    return false
  }

  /** Finds name and value of the line at hand; false where it is none, or empty. */
  #readLine(): boolean {
    const bytes = this.#bytes
    const line = this.#line
    let colon = line.start
    while (colon < line.end && bytes[colon] !== COLON) colon++
    let value = colon + 1
    while (value < line.end && isBlank(bytes[value])) value++
    let last = line.end
    while (last > value && isBlank(bytes[last - 1])) last--
    line.colon = colon
    line.valueStart = value
    line.valueEnd = last
    return value < last
  }
}

const NO_MARKS: readonly string[] = []

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
