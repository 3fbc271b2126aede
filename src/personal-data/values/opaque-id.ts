import { codeShapeOf } from './code-shape.ts'

const uuidLength = 36
const HYPHEN = 0x2d
/** Fewer different characters than these, and an identifier is made up: all zeros, `test-test`. */
const fewestDifferent = 6

/** Whether `bytes[start, end)` is a UUID, RFC 9562, and neither the nil one nor the like. */
export function isUuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== uuidLength) return false
  for (let i = 0; i < uuidLength; i++) {
    const isHyphen = i === 8 || i === 13 || i === 18 || i === 23
    if (isHyphen ? bytes[start + i] !== HYPHEN : !isHexDigit(bytes[start + i])) return false
  }
  return codeShapeOf(bytes, start, end).different >= fewestDifferent
}

/** Whether it is letters and digits as random generators make them: hexadecimal, base64 in a URL, or parts of it with dots. */
export function isRandomToken(
  bytes: Uint8Array,
  start: number,
  end: number,
  least: number,
  most: number,
): boolean {
  const size = end - start
  if (size < least || size > most) return false
  for (let i = start; i < end; i++) if (!isTokenByte(bytes[i])) return false
  const { digits, letters, different, changes } = codeShapeOf(bytes, start, end)
  // `Base64URLString` is a word; `cus_NffrFeUfNV2Hib` says what it is of.
  const underscore = bytes.indexOf(0x5f, start)
  const isNamed = underscore >= 0 && underscore - start < size / 2
  const isMixed = letters === 0 || changes > 2 || (changes > 1 && isNamed)
  return different >= fewestDifferent && digits > 0 && isMixed
}

function isTokenByte(byte: number): boolean {
  const letter = byte | 0x20
  const isAlphanumeric = (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
  // `-`, `_`, `.`, `~`, `%` and `=`.
  return (
    isAlphanumeric ||
    byte === HYPHEN ||
    byte === 0x5f ||
    byte === 0x2e ||
    byte === 0x7e ||
    byte === 0x25 ||
    byte === 0x3d
  )
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66)
}
