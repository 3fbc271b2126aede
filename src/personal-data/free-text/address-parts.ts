import { isDigit } from '../../lib/ascii.ts'
import { Kind } from './word-kinds.ts'
import { isCapitalAt, letterOf, Word } from './word.ts'

const BLANK = 0x20
const LF = 0x0a
const CR = 0x0d
const COMMA = 0x2c
const DOT = 0x2e
const SLASH = 0x2f
const HYPHEN = 0x2d
const HASH = 0x23
const QUOTED = 0x3e

/** Digits of a house number. */
const longestNumber = 5
/** White space and signs between two parts of an address. */
const mostBetween = 8
/** Words of the name of a town. */
const townWords = 5
/** Parts that are looked at, and names among them: of a town, a county and a country. */
const mostParts = 8
const mostTowns = 3

/** Index behind the house number at `at`: `12`, `12a`, `12/3`, `12-14`; `at` where there is none. */
export function numberEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && isDigit(bytes[i]) && i - at <= longestNumber) i++
  if (i === at || i - at > longestNumber) return at
  if (i + 1 < end && (bytes[i] === SLASH || bytes[i] === HYPHEN) && isDigit(bytes[i + 1])) {
    const start = i + 1
    i = start
    while (i < end && isDigit(bytes[i]) && i - start <= longestNumber) i++
  } else if (letterOf(bytes, i, end) !== 0 && letterOf(bytes, i + 1, end) === 0 && bytes[i] < 0x80) {
    i++
  }
  return isPartEnd(bytes, i, end) ? i : at
}

/** Whether a number or code ends before `at`: no letter, digit, decimals, time or unit goes on. */
export function isPartEnd(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true
  const byte = bytes[at]
  if (byte === DOT || byte === COMMA) return !(at + 1 < end && isDigit(bytes[at + 1]))
  return (
    byte === BLANK ||
    byte === LF ||
    byte === CR ||
    byte === 0x29 ||
    byte === 0x3f ||
    byte === 0x21 ||
    byte === 0x3b ||
    byte === 0x22
  )
}

/** Skips blanks, one comma or dot, and at most one end of a line with the quote signs behind it. */
export function skipBetween(bytes: Uint8Array, at: number, end: number): number {
  let lines = 0
  let signs = 0
  let i = at
  while (i < end && i - at < mostBetween) {
    const byte = bytes[i]
    if (byte === LF) lines++
    else if (byte === COMMA || byte === DOT) signs++
    else if (byte !== BLANK && byte !== CR && !(byte === QUOTED && lines > 0)) break
    if (lines > 1 && signs === 0 && lines > 2) break
    i++
  }
  return signs > 2 || lines > 2 ? at : i
}

/** What may follow a street: its flat, its town, the postal code, the state and the country. Reused. */
export class AddressTail {
  /** A postal code, a flat or a country stands in it. */
  isTelling = false
  /** A flat, a floor or the like stands in it. */
  hasUnit = false
  readonly #word = new Word()

  /** Index behind what follows a street that ends before `at`; `at` where nothing does. */
  read(bytes: Uint8Array, at: number, end: number): number {
    this.isTelling = false
    this.hasUnit = false
    let kept = at
    let i = at
    let towns = 0
    for (let parts = 0; parts < mostParts; parts++) {
      const start = skipBetween(bytes, i, end)
      if (start === i) break
      const next = this.#part(bytes, start, end)
      if (next > start) {
        kept = i = next
        this.isTelling = true
        continue
      }
      const town = isSentence(bytes, i, start) ? start : this.#town(bytes, start, end)
      if (town === start || ++towns > mostTowns) break
      // A town counts where another part follows it, or where a comma or a line parts it from both.
      const isOwn = isParted(bytes, i, start) || (start === i + 1 && isDigit(bytes[i - 1]) && this.isTelling)
      if (kept === i && isOwn && isTownEnd(bytes, town, end)) kept = town
      i = town
    }
    return kept
  }

  /** Index behind a flat, a postal code, a state or a country; `at` where there is none. */
  #part(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] === HASH) return numberEnd(bytes, at + 1, end) > at + 1 ? numberEnd(bytes, at + 1, end) : at
    const code = codeEnd(bytes, at, end)
    if (code > at) return code
    const word = this.#word
    if (!word.read(bytes, at, end)) return at
    if ((word.kinds & Kind.unit) !== 0) {
      const dot = bytes[word.end] === DOT ? 1 : 0
      if (bytes[word.end + dot] !== BLANK) return at
      const start = word.end + dot + 1
      const number = numberEnd(bytes, start, end)
      if (number === start) return at
      this.hasUnit = true
      return number
    }
    if ((word.kinds & Kind.country) !== 0 && (word.isCapital || bytes[at - 1] !== BLANK)) return word.end
    const isState =
      word.isUpper && word.letters <= 3 && word.letters >= 2 && (word.kinds & Kind.starter) === 0
    return isState && isPartEnd(bytes, word.end, end) ? word.end : at
  }

  #town(bytes: Uint8Array, at: number, end: number): number {
    const word = this.#word
    let i = at
    let kept = at
    for (let count = 0; count < townWords; count++) {
      if (!word.read(bytes, i, end)) break
      const isLink = count > 0 && (word.kinds & Kind.particle) !== 0
      if (word.letters < 2 && !isLink) break
      if (!isLink && (!word.isCapital || (word.kinds & Kind.unit) !== 0)) break
      if (word.isCapital && (word.kinds & Kind.starter) !== 0) break
      // A state or a postal code.
      if (isDigit(bytes[word.end]) || (count > 0 && word.isUpper && word.letters < 3)) break
      if (word.isCapital) kept = word.end
      if (bytes[word.end] !== BLANK) break
      i = word.end + 1
    }
    return kept
  }
}

function isParted(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === COMMA || bytes[i] === LF) return true
  return false
}

function isSentence(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes[from] === DOT && to > from + 1
}

function isTownEnd(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at >= end ||
    bytes[at] === COMMA ||
    bytes[at] === LF ||
    bytes[at] === CR ||
    bytes[at] === DOT ||
    bytes[at] === 0x3f
  )
}

/**
 * Index behind a postal code: 4 to 6 digits, `12345-6789`, `123 45`, `12-345`, `1234 AB`, `SW1A 1AA`, `K1A 0B1`, with a
 * country's letter before it (`D-12345`); `at` where there is none.
 */
export function codeEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  if (isCapitalAt(bytes, i) && bytes[i + 1] === HYPHEN) i += 2
  if (!isDigit(bytes[i])) return letteredCodeEnd(bytes, at, end)
  const digits = digitsAt(bytes, i, end)
  i += digits
  const after = bytes[i]
  if ((after === HYPHEN || after === BLANK) && digits >= 2 && digits <= 5) {
    const more = digitsAt(bytes, i + 1, end)
    const isSplit =
      (digits === 3 && more === 2) ||
      (digits === 2 && more === 3) ||
      (digits === 5 && more === 4 && after === HYPHEN) ||
      (digits === 4 && more === 3 && after === HYPHEN)
    if (isSplit && isPartEnd(bytes, i + 1 + more, end)) return i + 1 + more
  }
  if (digits < 4 || digits > 6 || !isPartEnd(bytes, i, end) || (digits === 4 && isYear(bytes, at))) return at
  const isDutch = digits === 4 && after === BLANK && isUpperAt(bytes, i + 1) && isUpperAt(bytes, i + 2)
  return isDutch && isPartEnd(bytes, i + 3, end) ? i + 3 : i
}

function digitsAt(bytes: Uint8Array, at: number, end: number): number {
  let count = 0
  while (at + count < end && count < 8 && isDigit(bytes[at + count])) count++
  return count
}

function isUpperAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] >= 0x41 && bytes[at] <= 0x5a
}

/** Of the United Kingdom (BS 7666) and Canada: letters and digits, a blank, a digit, and two or three more. */
function letteredCodeEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  let digits = 0
  while (i < end && i - at < 4 && (isUpperAt(bytes, i) || isDigit(bytes[i]))) {
    if (isDigit(bytes[i])) digits++
    i++
  }
  if (i - at < 2 || digits === 0 || bytes[i] !== BLANK || !isDigit(bytes[i + 1]) || !isUpperAt(bytes, i + 2))
    return at
  const last = isUpperAt(bytes, i + 3) || isDigit(bytes[i + 3])
  return last && isPartEnd(bytes, i + 4, end) ? i + 4 : at
}

/** `1998`, `2004-2008`: of what stands before a name, a year is meant. */
export function isYear(bytes: Uint8Array, at: number): boolean {
  const century = (bytes[at] - 0x30) * 10 + bytes[at + 1] - 0x30
  const isFour = isDigit(bytes[at + 2]) && isDigit(bytes[at + 3]) && !isDigit(bytes[at + 4])
  return isFour && (century === 19 || century === 20)
}
