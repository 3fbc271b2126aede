import { hexValue, isAscii, isAsciiLetter, isDigit } from '../../../lib/ascii.ts'
import { hexNumber, narrow } from './hex.ts'
import { codePointAt } from './utf8.ts'

/** `%41` and `+`; what is no escape stays. With `unicode`, `%u0041` too. */
export function urlDecode(text: string, unicode: boolean): string {
  if (!text.includes('%')) return text.replaceAll('+', ' ')
  let decoded = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '+') {
      decoded += ' '
      continue
    }
    if (text[at] !== '%') {
      decoded += text[at]
      continue
    }
    const isUnicode = unicode && (text.charCodeAt(at + 1) | 0x20) === 0x75
    const code = isUnicode ? hexNumber(text, at + 2, 4) : hexNumber(text, at + 1, 2)
    if (code < 0) decoded += '%'
    else {
      decoded += isUnicode ? narrow(code) : String.fromCharCode(code)
      at += isUnicode ? 5 : 2
    }
  }
  return decoded
}

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  apos: "'",
}

/** `&lt;`, `&#60;`, `&#x3c;`, with or without the semicolon. */
export function htmlEntityDecode(text: string): string {
  let decoded = ''
  let at = 0
  for (let found = text.indexOf('&'); found >= 0; found = text.indexOf('&', at)) {
    decoded += text.slice(at, found)
    const entity = text[found + 1] === '#' ? numericEntity(text, found + 2) : namedEntity(text, found + 1)
    decoded += entity?.decoded ?? '&'
    at = entity === undefined ? found + 1 : entity.end + (text[entity.end] === ';' ? 1 : 0)
  }
  return at === 0 ? text : decoded + text.slice(at)
}

interface Entity {
  decoded: string
  /** Behind it, without the semicolon. */
  end: number
}

function numericEntity(text: string, start: number): Entity | undefined {
  const isHexadecimal = (text.charCodeAt(start) | 0x20) === 0x78
  const from = isHexadecimal ? start + 1 : start
  let end = from
  let code = 0
  for (; end < from + ENTITY_DIGITS; end++) {
    const digit = isHexadecimal ? hexValue(text.charCodeAt(end)) : decimalValue(text.charCodeAt(end))
    if (digit < 0) break
    code = (code * (isHexadecimal ? 16 : 10) + digit) % 0x1_0000_0000
  }
  return end === from ? undefined : { decoded: String.fromCharCode(code & 0xff), end }
}

function namedEntity(text: string, start: number): Entity | undefined {
  let end = start
  while (end < start + ENTITY_LETTERS && isAsciiLetter(text.charCodeAt(end))) end++
  const decoded = entities[text.slice(start, end).toLowerCase()]
  return decoded === undefined ? undefined : { decoded, end }
}

/** Digits of a number and letters of a name that are read. */
const ENTITY_DIGITS = 10
const ENTITY_LETTERS = 4

function decimalValue(code: number): number {
  return isDigit(code) ? code - 0x30 : -1
}

/** Up to three octal digits; undefined where none stands there. */
function octalAt(text: string, at: number): { code: number; length: number } | undefined {
  let length = 0
  let code = 0
  while (length < 3) {
    const digit = text.charCodeAt(at + length) - 0x30
    if (!(digit >= 0 && digit < 8) || code * 8 + digit > 0xff) break
    code = code * 8 + digit
    length++
  }
  return length === 0 ? undefined : { code, length }
}

const jsControls: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Escapes of strings in JavaScript: `\u0041`, `\x41`, `\101`, `\n`; before any other character a backslash is left out. */
export function jsDecode(text: string): string {
  return unescape(text, (at) => {
    const kind = text[at]
    if (kind === 'u' && hexNumber(text, at + 1, 4) >= 0)
      return { decoded: narrow(hexNumber(text, at + 1, 4)), length: 5 }
    if (kind === 'x' && hexNumber(text, at + 1, 2) >= 0)
      return { decoded: String.fromCharCode(hexNumber(text, at + 1, 2)), length: 3 }
    const octal = octalAt(text, at)
    if (octal !== undefined) return { decoded: String.fromCharCode(octal.code), length: octal.length }
    return { decoded: jsControls[kind] ?? kind, length: 1 }
  })
}

/** Escapes of C: those of JavaScript without `\u`, and what is none stays with its backslash. */
export function escapeSequenceDecode(text: string): string {
  return unescape(text, (at) => {
    const kind = text[at]
    if (kind === 'x')
      return hexNumber(text, at + 1, 2) < 0
        ? { decoded: '\\x', length: 1 }
        : { decoded: String.fromCharCode(hexNumber(text, at + 1, 2)), length: 3 }
    const octal = octalAt(text, at)
    if (octal !== undefined) return { decoded: String.fromCharCode(octal.code), length: octal.length }
    const known = jsControls[kind] ?? ('?\\"\''.includes(kind) ? kind : undefined)
    return { decoded: known ?? `\\${kind}`, length: 1 }
  })
}

/** Escapes of CSS: `\41`, `\000041 `, `\"`. */
export function cssDecode(text: string): string {
  return unescape(text, (at) => {
    if (text[at] === '\n') return { decoded: '', length: 1 }
    let digits = 0
    while (digits < 6 && hexValue(text.charCodeAt(at + digits)) >= 0) digits++
    if (digits === 0) return { decoded: text[at], length: 1 }
    const isFollowedByBlank = ' \t\r\n\f\v'.includes(text[at + digits] ?? 'x')
    return {
      decoded: narrow(hexNumber(text, at, digits)),
      length: digits + (isFollowedByBlank ? 1 : 0),
    }
  })
}

/** Takes what stands behind each backslash, as `read` has it; one at the end stays. */
function unescape(text: string, read: (at: number) => { decoded: string; length: number }): string {
  if (!text.includes('\\')) return text
  let decoded = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\' || at + 1 === text.length) {
      decoded += text[at]
      continue
    }
    const escape = read(at + 1)
    decoded += escape.decoded
    at += escape.length
  }
  return decoded
}

/** Two digits a byte; what is no digit ends it. */
export function hexDecode(text: string): string {
  let decoded = ''
  for (let at = 0; at + 1 < text.length; at += 2) {
    const code = hexNumber(text, at, 2)
    if (code < 0) break
    decoded += String.fromCharCode(code)
  }
  return decoded
}

/** `0x414243` of MySQL. */
export function sqlHexDecode(text: string): string {
  let decoded = ''
  let at = 0
  for (let found = text.indexOf('0x'); found >= 0; found = text.indexOf('0x', Math.max(at, found + 2))) {
    const bytes = hexDecode(text.slice(found + 2))
    if (bytes === '') continue
    decoded += text.slice(at, found) + bytes
    at = found + 2 + 2 * bytes.length
  }
  return decoded + text.slice(at)
}

/** Up to the first character that is none of it; with `lenient` such characters are left out. */
export function base64Decode(text: string, lenient: boolean): string {
  if (lenient) return Buffer.from(text, 'base64').toString('latin1')
  let end = 0
  while (end < text.length && isBase64(text.charCodeAt(end))) end++
  return Buffer.from(text.slice(0, end), 'base64').toString('latin1')
}

function isBase64(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x2b || code === 0x2f
}

/** Bytes of UTF-8 beyond ASCII as `%u00e4`; what is no UTF-8 stays. */
export function utf8ToUnicode(text: string): string {
  if (isAscii(text)) return text
  let decoded = ''
  for (let at = 0; at < text.length;) {
    const { code, length } = codePointAt(text, at)
    decoded += code < 0x80 || length === 1 ? text[at] : `%u${code.toString(16).padStart(4, '0')}`
    at += length
  }
  return decoded
}
