import type { Match } from '../../scan/scanner.ts'
import { limits } from '../limits.ts'
import { bytesTable } from './bytes-table.ts'
import { KeySyntax } from './key-patterns.ts'
import type { LabelSpan } from './label.ts'
import { extendHash, noWord } from './word-hash.ts'

const QUOTE = 0x22
const APOSTROPHE = 0x27
const BACKSLASH = 0x5c
const SLASH = 0x2f
const LESS = 0x3c
const GREATER = 0x3e
const COLON = 0x3a
const EQUALS = 0x3d
const BRACKET = 0x5b

const isBlank = bytesTable(' \t\r\n')
/** What names in a text are made of, besides letters, digits and everything beyond ASCII. */
const isLabelPunctuation = bytesTable(' _-.#')
const isOfScalar = bytesTable('0123456789+-.Eabcdefghijklmnopqrstuvwxyz')
/** Ends of a value that no quote opened. */
const endsLabelled = bytesTable('\t\r\n;|<>{}"&=')

/** A field's name and its value in a match of a key pattern. One object is reused. */
export class KeyedValue {
  /** The name. */
  readonly key: LabelSpan = { start: 0, end: 0, hash: 0 }
  /** The value lies in `bytes[start, end)` of the match. */
  start = 0
  end = 0
  /** It goes on behind `end`. */
  isCut = false
  /** It is an array of JSON, which begins at `start`. */
  isArray = false

  /** False where the match turns out to be no name with a value. */
  find(match: Match, syntax: KeySyntax): boolean {
    this.isCut = false
    this.isArray = false
    if (syntax === KeySyntax.json) return this.#json(match)
    return syntax === KeySyntax.element ? this.#element(match) : this.#labelled(match)
  }

  /** A string, or a number, `true` or `false`, of which the match has only the first byte, or the bracket of an array. */
  #json({ bytes, start, end, from, to }: Match): boolean {
    const quote = bytes.indexOf(QUOTE, start)
    const opening = valueQuote(bytes, quote, end)
    if (opening >= 0) {
      this.start = opening + 1
      this.end = closingQuote(bytes, this.start, end)
      this.isCut = this.end === end
      if (this.isCut && end - this.start < limits.cutValueBytes) return false
    } else if (bytes[end - 1] === BRACKET) {
      this.isArray = true
      this.start = this.end = end
    } else {
      this.start = end - 1
      this.end = scalarEnd(bytes, end, to)
      if (this.end === to) return false
    }
    return this.#name(bytes, keyStart(bytes, start, from), quote)
  }

  #element({ bytes, start, end, from }: Match): boolean {
    const close = bytes.indexOf(GREATER, start)
    this.start = close + 1
    this.end = indexWithin(bytes, LESS, this.start, end)
    this.isCut = this.end === end
    if (this.isCut && end - this.start < limits.cutValueBytes) return false
    const first = keyStart(bytes, start, from)
    return (
      first > from && bytes[first - 1] === LESS && bytes[first] !== SLASH && this.#name(bytes, first, close)
    )
  }

  /**
   * The value goes to the end of the line or to what cannot be part of it; where it has no end in sight, or what is no text
   * stands in it, it is none.
   */
  #labelled({ bytes, start, end, from, to }: Match): boolean {
    let separator = start
    while (bytes[separator] !== COLON && bytes[separator] !== EQUALS) separator++
    this.start = end - 1
    const before = bytes[this.start - 1]
    const quote = before === QUOTE || before === APOSTROPHE ? before : -1
    // What programs do with their variables; SQL compares with what stands in apostrophes.
    const isAssigned = bytes[separator] === EQUALS && isBlank[bytes[separator - 1]] === 1
    if (isAssigned && quote !== APOSTROPHE) return false
    let at = valueEnd(bytes, this.start, to, quote)
    if (at < 0 || (at === to && to - end >= limits.labelledBytes)) return false
    if (quote < 0 && bytes[at] === EQUALS && at < to) at = beforeLastWord(bytes, this.start, at)
    while (at > this.start && isBlank[bytes[at - 1]] === 1) at--
    this.end = at
    while (separator > start && isBlank[bytes[separator - 1]] === 1) separator--
    return this.#name(bytes, labelStart(bytes, start, from), separator)
  }

  #name(bytes: Uint8Array, start: number, end: number): boolean {
    let hash = noWord
    // From its end, as `Label` does: both look names up in one table.
    for (let i = end - 1; i >= start; i--) hash = extendHash(hash, bytes[i])
    this.key.start = start
    this.key.end = end
    this.key.hash = hash
    return this.isArray || this.start < this.end
  }
}

/** The quote that opens the value behind the one that ends its name; -1 where it has none. */
function valueQuote(bytes: Uint8Array, nameEnd: number, end: number): number {
  const at = indexWithin(bytes, QUOTE, nameEnd + 1, end)
  return at < end ? at : -1
}

/** Where a string of JSON ends that begins at `start`; `end` where it goes on. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return Math.min(at, end)
}

/** Where a byte stands in `bytes[start, end)`; `end` where it does not. */
function indexWithin(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return at
  return end
}

/** Where a number or literal of JSON ends (RFC 8259 sections 3 and 6): before the first byte that none has. */
function scalarEnd(bytes: Uint8Array, start: number, to: number): number {
  let at = start
  while (at < to && isOfScalar[bytes[at]] === 1) at++
  return at
}

/** Where the name that `at` lies in begins: names of fields hold no blanks and no quotes. */
function keyStart(bytes: Uint8Array, at: number, from: number): number {
  const stop = Math.max(from, at - limits.labelBytes)
  let start = at
  while (
    start > stop &&
    bytes[start - 1] !== QUOTE &&
    bytes[start - 1] !== LESS &&
    isBlank[bytes[start - 1]] === 0
  )
    start--
  return start
}

/**
 * Where a value behind its label ends: at its quote, or at what cannot be part of it, which a bracket is that closes nothing in
 * it. -1 where a byte stands in it that no text has.
 */
function valueEnd(bytes: Uint8Array, start: number, to: number, quote: number): number {
  let open = 0
  for (let at = start; at < to; at++) {
    const byte = bytes[at]
    if (quote >= 0 ? byte === quote : endsLabelled[byte] === 1) return at
    if (byte < 0x20 && isBlank[byte] === 0) return -1
    if (quote >= 0) continue
    if (byte === 0x28) open++
    else if (byte === 0x29 && open-- === 0) return at
  }
  return to
}

/** Where the last of several words begins, which is the name of the next value: `user=anna role=nurse`. `end` of one word. */
function beforeLastWord(bytes: Uint8Array, start: number, end: number): number {
  for (let at = end - 1; at > start; at--) if (isBlank[bytes[at]] === 1) return at
  return end
}

function labelStart(bytes: Uint8Array, at: number, from: number): number {
  const stop = Math.max(from, at - limits.labelBytes)
  let start = at
  while (start > stop && isLabelByte(bytes[start - 1])) start--
  while (bytes[start] === 0x20) start++
  return start
}

function isLabelByte(byte: number): boolean {
  const letter = byte | 0x20
  if ((letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)) return true
  return byte > 0x7f || isLabelPunctuation[byte] === 1
}
