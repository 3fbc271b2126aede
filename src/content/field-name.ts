import { isCapital, isDigit, isLetterOrBeyondAscii } from '../lib/ascii.ts'
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
  const name = text.replace(parameterNumber, '')
  return hasValueForm(name) || (isPhrase(name) && !isKnownName(name))
}

/** Before the name that a parameter has besides: `$2 email`. */
const parameterNumber = /^\$\d{1,4} /

const COLUMN = 'column '

/** The name of what has only its place: a parameter, `$12`, or `column 3` of a table without names. */
function isPosition(text: string): boolean {
  const start = text[0] === '$' ? 1 : text.startsWith(COLUMN) ? COLUMN.length : 0
  const digits = text.length - start
  return start > 0 && digits > 0 && digits <= 4 && isIndex(text.slice(start))
}

/** Digits from which on a name is a number with something around it; `iso27001` and `sha512` are names. */
const manyDigits = 6
/** Changes between letters and digits from which on a name is an identifier: `V1StGXR8Z5`. `utf8mb4` has three. */
const manyChanges = 5

/** Letters and digits from which on capitals with some digits among them are an identifier: `ABCPE1234F`. */
const longCode = 8
/** Fewer are enough where they change twice: `AB-123-CD`, `A10BA02`. */
const mixedCode = 6
/** Letters and digits in a row from which on they are a key made by a machine, unless they are words: `tG9vKq2LmZ4xWc7R`. */
const keyLength = 16
/** From this length on a digit among them is enough. */
const longKeyLength = 40
/** Share of them that begin with another kind (small, capital, digit) than the one before ended, in a key but not in words. */
const keyChanges = 0.42

/** Whether a name looks like a value: an address, a number, an identifier made by a machine. */
export function hasValueForm(text: string): boolean {
  let letters = 0
  let smalls = 0
  let digits = 0
  let changes = 0
  let colons = 0
  let wasDigit = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === AT || c === LESS || c === GREATER) return true
    if (c === COLON) colons++
    const digit = isDigit(c)
    if (!digit && !isLetterOrBeyondAscii(c)) continue
    if (digit !== wasDigit && letters + digits > 0) changes++
    wasDigit = digit
    if (digit) digits++
    else letters++
    if (isLowerAscii(c)) smalls++
  }
  if (digits >= manyDigits || changes >= manyChanges || colons > 1) return true
  const leastCode = changes >= 2 ? mixedCode : longCode
  if (smalls === 0 && digits >= 3 && letters + digits >= leastCode) return true
  if (isVariant(text)) return true
  if (letters + digits >= keyLength && hasKey(text)) return true
  // A diagnosis, `I10`. `p95` and `H1` are names.
  if (smalls === 0 && letters === 1 && digits === 2 && !isDigit(text.charCodeAt(0))) return true
  // Short numbers, with a letter or two: `B-123`. `sha256` and `iso8601` are names.
  return digits > 0 && (letters === 0 || (digits >= 3 && digits >= 2 * letters))
}

/** A variant of a gene as HGVS writes it, `p.Phe508del`: the kind, a dot, then an amino acid and its number, or a number. */
function isVariant(text: string): boolean {
  if (text.charCodeAt(1) !== DOT || !'cgmnpr'.includes(text[0])) return false
  if (isDigit(text.charCodeAt(2))) return true
  const isAcid =
    isCapital(text.charCodeAt(2)) && isLowerAscii(text.charCodeAt(3)) && isLowerAscii(text.charCodeAt(4))
  return isAcid && isDigit(text.charCodeAt(5))
}

/** Whether a run of letters and digits looks as if it had been drawn by lot. */
function hasKey(text: string): boolean {
  let length = 0
  let changes = 0
  let digits = 0
  let smalls = 0
  let previous = 0
  for (let i = 0; i <= text.length; i++) {
    const kind = i < text.length ? kindOf(text.charCodeAt(i)) : Kind.none
    if (kind !== Kind.none) {
      length++
      if (kind !== previous && previous !== Kind.none) changes++
      if (kind === Kind.digit) digits++
      if (kind === Kind.small) smalls++
    } else {
      if (length >= keyLength && smalls === 0 && digits > 0) return true
      if (length >= longKeyLength && digits > 0 && !isKnownName(text)) return true
      if (length >= keyLength && changes > keyChanges * length && !isKnownName(text)) return true
      length = changes = digits = smalls = 0
    }
    previous = kind
  }
  return false
}

const Kind = { none: 0, small: 1, capital: 2, digit: 3 } as const

function kindOf(c: number): number {
  if (isDigit(c)) return Kind.digit
  if (isLowerAscii(c)) return Kind.small
  return c >= 0x41 && c <= 0x5a ? Kind.capital : Kind.none
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
    if (c > 0x7f || (!isDigit(c) && !isLetterOrBeyondAscii(c) && c !== UNDERSCORE)) return false
    if (c === UNDERSCORE && i > 0) isMarked = true
    // `McDonald` begins with a capital, `custRef` does not.
    if (isUpper && i > 0 && isLowerAscii(text.charCodeAt(0))) isMarked = true
  }
  return isMarked
}

const AT = 0x40
const COLON = 0x3a
const COMMA = 0x2c
const LESS = 0x3c
const GREATER = 0x3e
const DOT = 0x2e
const SEMICOLON = 0x3b
const UNDERSCORE = 0x5f

function isLowerAscii(c: number): boolean {
  return c >= 0x61 && c <= 0x7a
}

/** Of more than one word, or a list of them. */
function isPhrase(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c <= 0x20 || c === 0xa0 || c === COMMA || c === SEMICOLON) return true
  }
  return false
}
