import { hexNumber } from '../transformations/hex.ts'
import { SecLangError } from '../problem.ts'
import type { OperatorFactory } from './operator.ts'

/** Matches where a byte is in none of the ranges: `9,10,32-126`. */
export const validateByteRange: OperatorFactory = (argument) => {
  const allowed = new Uint8Array(256)
  for (const part of argument.split(',')) {
    const [from, to = from] = part.split('-').map(Number)
    if (!(from >= 0 && to < 256 && from <= to))
      throw new SecLangError(`"${part.trim()}" is no range of bytes: write 32-126`)
    allowed.fill(1, from, to + 1)
  }
  return (value) => {
    for (let at = 0; at < value.length; at++) if (allowed[value.charCodeAt(at) & 0xff] === 0) return true
    return false
  }
}

/** Matches where a `%` is not followed by two digits. */
export const validateUrlEncoding: OperatorFactory = () => (value) => {
  for (let at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 1))
    if (hexNumber(value, at + 1, 2) < 0) return true
  return false
}

/** Matches where bytes are no UTF-8 (RFC 3629). */
export const validateUtf8Encoding: OperatorFactory = () => (value) => {
  const bytes = Buffer.from(value, 'latin1')
  return !isUtf8(bytes)
}

function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) return false
    if (at + length > bytes.length) return false
    let code = length === 1 ? first : first & (0xff >> (length + 1))
    for (let i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) !== 0x80) return false
      code = code * 64 + (bytes[at + i] & 0x3f)
    }
    const isSurrogate = code >= 0xd800 && code < 0xe000
    if (isSurrogate || code > 0x10ffff || code < [0, 0, 0x80, 0x800, 0x10000][length]) return false
    at += length
  }
  return true
}
