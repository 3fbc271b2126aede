import type { Match } from '../../scan/scanner.ts'

const joinsBefore = new Set(Buffer.from('-._@%$#'))
const joinsAfter = new Set(Buffer.from('-._@'))

/**
 * True when a value is part of a longer token: of a UUID, a version, a decimal or grouped number, an e-mail address, a file's
 * name. A hyphen or sign before it is enough; after it, the token must go on.
 */
export function isJoined({ bytes, start, end, from, to }: Match): boolean {
  if (start > from && joinsBefore.has(bytes[start - 1])) return true
  if (start - 1 > from && bytes[start - 1] === 0x2c && isDigit(bytes[start - 2])) return true
  if (end + 1 >= to) return false
  const next = bytes[end + 1]
  return (
    (joinsAfter.has(bytes[end]) && isWord(next)) ||
    (bytes[end] === 0x2c && isDigit(next) && isGrouped(bytes, end, to))
  )
}

/** `,000`: three digits after a comma go on a number; more or fewer begin the next of a list. */
function isGrouped(bytes: Uint8Array, comma: number, to: number): boolean {
  let digits = 0
  while (comma + 1 + digits < to && isDigit(bytes[comma + 1 + digits])) digits++
  return digits === 3
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isWord(byte: number): boolean {
  const letter = byte | 0x20
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x7a)
}
