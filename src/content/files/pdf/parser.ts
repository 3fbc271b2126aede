import { latin1 } from '../../../lib/bytes.ts'
import type { Budget } from '../budget.ts'
import { limits } from './limits.ts'
import { PdfName, PdfOperator, PdfReference, type PdfValue } from './values.ts'

const Char = { other: 0, space: 1, delimiter: 2 } as const

const classes = new Uint8Array(256)
for (const c of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) classes[c] = Char.space
for (const c of Buffer.from('()<>[]{}/%')) classes[c] = Char.delimiter

const OPEN = 0x28
const CLOSE = 0x29
const BACKSLASH = 0x5c
const LESS = 0x3c
const GREATER = 0x3e
const R = 0x52

/** What `\n` and its like stand for in a string (section 7.3.4.2). */
const ESCAPES: Record<number, number> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c }

const closed = new PdfOperator(']')
const closedDictionary = new PdfOperator('>>')

/** Reads objects one after the other (ISO 32000-1 sections 7.2 and 7.3). What is malformed reads as something, in linear time. */
export class PdfParser {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #budget: Budget
  at: number

  constructor(bytes: Uint8Array, start: number, end: number, budget: Budget) {
    this.#bytes = bytes
    this.at = start
    this.#end = Math.min(end, bytes.length)
    this.#budget = budget
  }

  /** The next value or word; undefined at the end. */
  next(depth = 0): PdfValue | undefined {
    this.skipSpace()
    if (this.at >= this.#end || !this.#budget.step()) return undefined
    const c = this.#bytes[this.at]
    if (c === OPEN) return this.#string()
    if (c === 0x2f) return new PdfName(this.#name())
    if (c === LESS) return this.#bytes[this.at + 1] === LESS ? this.#dictionary(depth) : this.#hexString()
    if (c === 0x5b) return this.#array(depth)
    if (classes[c] === Char.delimiter) return this.#delimiter(c)
    return this.#token()
  }

  /** To the next byte that is neither white space nor in a comment. */
  skipSpace(): void {
    const bytes = this.#bytes
    while (this.at < this.#end) {
      const c = bytes[this.at]
      if (c === 0x25)
        while (this.at < this.#end && bytes[this.at] !== 0x0a && bytes[this.at] !== 0x0d) this.at++
      else if (classes[c] === Char.space) this.at++
      else return
    }
  }

  #delimiter(c: number): PdfOperator {
    const isPair = c === GREATER && this.#bytes[this.at + 1] === GREATER
    this.at += isPair ? 2 : 1
    if (isPair) return closedDictionary
    return c === 0x5d ? closed : new PdfOperator(String.fromCharCode(c))
  }

  #regularEnd(from: number): number {
    let end = from
    while (end < this.#end && classes[this.#bytes[end]] === Char.other) end++
    return end
  }

  #name(): string {
    const end = this.#regularEnd(this.at + 1)
    const name = latin1(this.#bytes, this.at + 1, Math.min(end, this.at + 1 + limits.nameBytes))
    this.at = end
    if (!name.includes('#')) return name
    return name.replace(/#([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(String(hex), 16)))
  }

  #token(): PdfValue {
    const start = this.at
    const end = this.#regularEnd(start)
    this.at = end
    const word = latin1(this.#bytes, start, Math.min(end, start + limits.nameBytes))
    const number = numberIn(word)
    if (!Number.isNaN(number)) return this.#referenceTo(number) ?? number
    if (word === 'true' || word === 'false') return word === 'true'
    return word === 'null' ? null : new PdfOperator(word)
  }

  /** `12 0 R` behind the 12; else the position stays. */
  #referenceTo(number: number): PdfReference | undefined {
    const bytes = this.#bytes
    let i = this.at
    if (!Number.isInteger(number) || number < 0 || bytes[i] !== 0x20) return undefined
    i++
    const generation = i
    while (i < generation + 5 && bytes[i] >= 0x30 && bytes[i] <= 0x39) i++
    if (i === generation || bytes[i] !== 0x20 || bytes[i + 1] !== R || i + 1 >= this.#end) return undefined
    if (i + 2 < this.#end && classes[bytes[i + 2]] === Char.other) return undefined
    this.at = i + 2
    return new PdfReference(number)
  }

  #array(depth: number): PdfValue[] {
    this.at++
    const values: PdfValue[] = []
    while (depth < limits.depth && this.#budget.step(values.length === 0 ? limits.arraySteps : 0)) {
      const value = this.next(depth + 1)
      if (value === undefined || value === closed) return values
      values.push(value)
    }
    this.#budget.problems.add('limit')
    return values
  }

  #dictionary(depth: number): Map<string, PdfValue> {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    while (depth < limits.depth && this.#budget.step(entries.size === 0 ? limits.dictionarySteps : 0)) {
      const key = this.next(depth + 1)
      if (key === undefined || key === closedDictionary) return entries
      if (!(key instanceof PdfName)) continue
      const value = this.next(depth + 1)
      if (value === undefined || value === closedDictionary) return entries
      entries.set(key.name, value)
    }
    this.#budget.problems.add('limit')
    return entries
  }

  #string(): Uint8Array {
    const out: number[] = []
    let nesting = 1
    this.at++
    // One that does not end hides no more than this of what follows.
    while (this.at < this.#end && out.length < limits.stringBytes) {
      const c = this.#bytes[this.at++]
      if (c === BACKSLASH) this.#escape(out)
      else {
        if (c === OPEN) nesting++
        else if (c === CLOSE && --nesting === 0) break
        out.push(c)
      }
    }
    return Uint8Array.from(out)
  }

  #escape(out: number[]): void {
    const bytes = this.#bytes
    const c = bytes[this.at++]
    if (c >= 0x30 && c <= 0x37) {
      let code = c - 0x30
      for (let i = 0; i < 2 && bytes[this.at] >= 0x30 && bytes[this.at] <= 0x37; i++)
        code = code * 8 + bytes[this.at++] - 0x30
      out.push(code & 0xff)
    } else if (c === 0x0d) {
      if (bytes[this.at] === 0x0a) this.at++
    } else if (c !== 0x0a && c !== undefined) out.push(ESCAPES[c] ?? c)
  }

  #hexString(): Uint8Array {
    const start = ++this.at
    const last = Math.min(this.#end, start + 2 * limits.stringBytes)
    while (this.at < last && this.#bytes[this.at] !== GREATER) this.at++
    const digits = latin1(this.#bytes, start, this.at)
    this.at++
    const hex = digits.replace(/[^\da-f]/gi, '')
    return Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex')
  }
}

/** As numbers are written in PDF: no exponents. Writers put a second sign here and there. */
function numberIn(word: string): number {
  const isNumber = /^[+-]*(?:\d+(?:\.\d*)?|\.\d+)(?:-\d*)?$/.test(word)
  return isNumber ? Number.parseFloat(word.replace(/^-+/, '-')) : Number.NaN
}

/** A string for people: UTF-16 or UTF-8 by its mark, else nearly Latin-1 (section 7.9.2.2). */
export function textString(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(buffer.subarray(2))
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return buffer.toString('utf16le', 2)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return buffer.toString('utf8', 3)
  return buffer.toString('latin1')
}

/** UTF-16 in network order. */
export function utf16(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le')
}
