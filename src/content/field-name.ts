import { nameWords } from '../lib/name-words.ts'
import { fieldWords, fillers } from './field-words.ts'
import { limits } from './limits.ts'

/** What stands in a path for a key that is a value: `$.patients.*.phone`. */
export const anyName = '*'

/**
 * A name of a field as it may be shown: `*` where it is a value of the data itself. Keys, columns and parameters come from
 * the traffic, and an object keyed by e-mail, by account or by `Anna Meier` would carry them into reports; keyed by
 * number, it would have a field for each. Indexes in brackets are left out: `items[0][email]` is `items[][email]`.
 */
export function fieldName(text: string): string {
  const bracket = text.indexOf('[')
  if (bracket < 0) return isValue(text) ? anyName : text
  return bracketed(text, bracket)
}

function bracketed(text: string, first: number): string {
  const base = text.slice(0, first)
  let name = base === '' || !isValue(base) ? base : anyName
  for (let at = first; at < text.length;) {
    const close = text.indexOf(']', at)
    const end = close < 0 ? text.length : close
    const inside = text.slice(at + 1, end)
    name += `[${isIndex(inside) ? '' : isValue(inside) ? anyName : inside}]`
    const next = text.indexOf('[', end)
    const between = text.slice(end + 1, next < 0 ? text.length : next)
    name += isValue(between) ? anyName : between
    at = next < 0 ? text.length : next
  }
  return name
}

function isIndex(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false
  return true
}

function isValue(text: string): boolean {
  if (isPosition(text)) return false
  return hasValueForm(text) || (isPhrase(text) && !isKnownName(text))
}

/** The name of a parameter that has only its place: `$12`. */
function isPosition(text: string): boolean {
  return text.length > 1 && text.length <= 5 && text[0] === '$' && isIndex(text.slice(1))
}

/** Digits from which on a name is a number with something around it; `iso27001` and `sha512` are names. */
const manyDigits = 6
/** Changes between letters and digits from which on a name is an identifier: `V1StGXR8Z5`. `utf8mb4` has three. */
const manyChanges = 5

/** Whether a name looks like a value: an address, a number, an identifier made by a machine. */
export function hasValueForm(text: string): boolean {
  let letters = 0
  let digits = 0
  let changes = 0
  let colons = 0
  let wasDigit = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === AT) return true
    if (c === COLON) colons++
    const digit = isDigit(c)
    if (!digit && !isLetter(c)) continue
    if (digit !== wasDigit && letters + digits > 0) changes++
    wasDigit = digit
    if (digit) digits++
    else letters++
  }
  if (digits >= manyDigits || changes >= manyChanges || colons > 1) return true
  // Short numbers, with a letter or two: `B-123`. `sha256` and `iso8601` are names.
  return digits > 0 && (letters === 0 || (digits >= 3 && digits >= 2 * letters))
}

/**
 * Whether most words of a name are ones that fields are named with, in any of the languages of `field-words.ts`, as
 * a word or the end of a compound: `Date of birth`, `Kundennummer`, `nomDeFamille`.
 */
export function isKnownName(text: string): boolean {
  let known = 0
  let counted = 0
  for (const word of nameWords(text)) {
    if (fillers.has(word)) continue
    counted++
    if (isKnownWord(word)) known++
  }
  return 2 * known > counted
}

function isKnownWord(word: string): boolean {
  if (fieldWords.has(word)) return true
  const least = limits.compoundEndLetters
  for (let at = 1; at + least <= word.length; at++) if (fieldWords.has(word.slice(at))) return true
  return false
}

/** Names as programmers write them and people do not: `cust_ref`, `custRef`. */
export function isIdentifier(text: string): boolean {
  let isMarked = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    const isUpper = c >= 0x41 && c <= 0x5a
    if (c > 0x7f || (!isDigit(c) && !isLetter(c) && c !== UNDERSCORE)) return false
    if (c === UNDERSCORE && i > 0) isMarked = true
    // `McDonald` begins with a capital, `custRef` does not.
    if (isUpper && i > 0 && isLowerAscii(text.charCodeAt(0))) isMarked = true
  }
  return isMarked
}

const AT = 0x40
const COLON = 0x3a
const COMMA = 0x2c
const SEMICOLON = 0x3b
const UNDERSCORE = 0x5f

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39
}

function isLowerAscii(c: number): boolean {
  return c >= 0x61 && c <= 0x7a
}

/** Everything beyond ASCII counts as a letter. */
function isLetter(c: number): boolean {
  return isLowerAscii(c | 0x20) || c > 0x7f
}

/** Of more than one word, or a list of them. */
function isPhrase(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c <= 0x20 || c === 0xa0 || c === COMMA || c === SEMICOLON) return true
  }
  return false
}
