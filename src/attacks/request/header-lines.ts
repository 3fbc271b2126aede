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

/** A header line: its name, and where its value lies. */
type TakeLine = (name: FieldName, start: number, end: number) => void

/**
 * Hands on the values of header lines, and those of cookies one by one (RFC 9112 section 5, RFC 6265 section 4.2). What was taken last
 * can be asked for by its name until the bytes are others.
 */
export class HeaderLines implements HeaderView {
  /** Whether one of the lines whose values were handed on has a mark. */
  isMarked = false
  readonly #headers: ValueSink
  readonly #cookies: ValueSink
  /** Parts of values by names of headers. */
  readonly #marks = new Map<string, string[]>()
  #bytes: Uint8Array = NO_BYTES
  #start = 0
  #end = 0
  readonly #name = new FieldName()

  constructor(headers: ValueSink, cookies: ValueSink, marks: readonly HeaderMark[]) {
    this.#headers = headers
    this.#cookies = cookies
    for (const [name, part] of marks) this.#marks.set(name, [...(this.#marks.get(name) ?? []), part])
  }

  take(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes
    this.#start = start
    this.#end = end
    this.isMarked = false
  }

  giveValues(): void {
    this.#forEachLine(this.#giveValue)
  }

  readonly #giveValue: TakeLine = (name, start, end) => {
    const bytes = this.#bytes
    for (const part of this.#marks.get(name.text) ?? NO_MARKS)
      if (hasPart(bytes, start, end, part)) this.isMarked = true
    if (name.text === 'cookie') readPairs(bytes, start, end, SEMICOLON, this.#cookies)
    else this.#headers.value('value', name, bytes, start, end)
  }

  includes(name: string, part: string): boolean {
    let isFound = false
    this.#forEachLine((is, start, end) => {
      isFound ||= is.text === name && hasPart(this.#bytes, start, end, part)
    })
    return isFound
  }

  #forEachLine(take: TakeLine): void {
    const bytes = this.#bytes
    for (let at = this.#start; at < this.#end;) {
      let stop = at
      while (stop < this.#end && bytes[stop] !== LINE_FEED) stop++
      this.#readLine(at, stop > at && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop, take)
      at = stop + 1
    }
  }

  #readLine(start: number, end: number, take: TakeLine): void {
    const bytes = this.#bytes
    let colon = start
    while (colon < end && bytes[colon] !== COLON) colon++
    if (colon === end) return
    let value = colon + 1
    while (value < end && isBlank(bytes[value])) value++
    let last = end
    while (last > value && isBlank(bytes[last - 1])) last--
    if (value < last) take(this.#name.set(bytes, start, colon), value, last)
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
