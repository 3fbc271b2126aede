/** Classes of octets, RFC 9110 section 5.6.2 and RFC 9112 section 2.2, and comparisons that need no string. */

export const TAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SP = 0x20
export const COMMA = 0x2c
export const MINUS = 0x2d
export const SEMICOLON = 0x3b
export const COLON = 0x3a

/** 1 for the octets of a token. */
export const TOKEN = new Uint8Array(256)
for (const c of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN[c.charCodeAt(0)] = 1
}

const NOT_HEX = 255
/** Value of a hexadecimal digit, 255 for other octets. */
export const HEX = new Uint8Array(256).fill(NOT_HEX)
for (let i = 0; i < 16; i++) {
  HEX[i.toString(16).charCodeAt(0)] = i
  HEX[i.toString(16).toUpperCase().charCodeAt(0)] = i
}

export function isHex(c: number): boolean {
  return HEX[c] !== NOT_HEX
}

/** Space, tab, and the line ends that stand inside a folded value. */
export function isSpace(c: number): boolean {
  return c === SP || c === TAB || c === CR || c === LF
}

/** A name in lower case, for `equalsIgnoringCase`. */
export function lowerCaseName(name: string): Uint8Array {
  return Buffer.from(name.toLowerCase(), 'latin1')
}

/** Whether the letters and marks at `at` spell `name`, which is in lower case; the caller knows that they are in range. */
export function equalsIgnoringCase(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) {
    if ((bytes[at + i] | 0x20) !== name[i]) return false
  }
  return true
}

/** Whether `bytes[start, end)` is `name` in any case. */
export function spells(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  return end - start === name.length && equalsIgnoringCase(bytes, start, name)
}

/** First position at or after `start` that is not a space, at most `end`. */
export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  while (i < end && isSpace(bytes[i])) i++
  return i
}

/** End of `bytes[start, end)` without the spaces that it ends with. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end
  while (i > start && isSpace(bytes[i - 1])) i--
  return i
}
