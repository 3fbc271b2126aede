import { isDigit } from '../../lib/ascii.ts'
import type { Match } from '../../scan/scanner.ts'

const joinsBefore = new Set(Buffer.from('-._@%$#'))
const joinsAfter = new Set(Buffer.from('-._@'))

/**
 * True when a value is part of a longer token: of a UUID, a version, a decimal or grouped number, an e-mail address, a file's
 * name. A hyphen or sign before it is enough; after it, the token must go on.
 */
export function isJoined({ bytes, start, end, from, to }: Match): boolean {
  if (start > from && joinsBefore.has(bytes[start - 1])) return true
  if (start - 1 > from && bytes[start - 1] === 0x2c && goesOnNumber(bytes, start - 1, from, to)) return true
  if (end + 1 >= to) return false
  const next = bytes[end + 1]
  return (
    (joinsAfter.has(bytes[end]) && isWord(next)) || (bytes[end] === 0x2c && isGrouped(bytes, end, from, to))
  )
}

/** Of a comma that follows a digit: `1,000` and `0,5`. In a table, `17,` is a cell of its own. */
function goesOnNumber(bytes: Uint8Array, comma: number, from: number, to: number): boolean {
  if (!isDigit(bytes[comma - 1]) || !isDigit(bytes[comma + 1])) return false
  const isZero = bytes[comma - 1] === 0x30 && (comma - 1 === from || !isWord(bytes[comma - 2]))
  return isZero || isGrouped(bytes, comma, from, to)
}

/** `1,000`: up to three digits, and three behind the comma. Anything else are two entries of a list. */
function isGrouped(bytes: Uint8Array, comma: number, from: number, to: number): boolean {
  let before = 0
  while (comma - 1 - before >= from && before < 4 && isDigit(bytes[comma - 1 - before])) before++
  let behind = 0
  while (comma + 1 + behind < to && behind < 4 && isDigit(bytes[comma + 1 + behind])) behind++
  return before > 0 && before < 4 && behind === 3
}

function isWord(byte: number): boolean {
  const letter = byte | 0x20
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x7a)
}
