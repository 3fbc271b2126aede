import { hexNumber } from '../transformations/hex.ts'
import { codePointAt } from '../transformations/utf8.ts'
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
  for (let at = 0; at < value.length;) {
    const { code, length } = codePointAt(value, at)
    const isStray = length === 1 && code > 0x7f
    const isSurrogate = code >= 0xd800 && code < 0xe000
    if (isStray || isSurrogate || code > 0x10ffff) return true
    at += length
  }
  return false
}
