import { isDigit } from '../../lib/ascii.ts'

/**
 * True when groups of digits go on before or after a number that is itself written in groups: it is then a part of a longer one,
 * as `3704 0044 0532` is of an IBAN.
 */
export function isPartOfGroups({ bytes, start, end, from, to }: Place): boolean {
  const before = start - 2 >= from && isSeparator(bytes[start - 1]) && isDigit(bytes[start - 2])
  const after = end + 1 < to && isSeparator(bytes[end]) && isDigit(bytes[end + 1])
  return before || after
}

/** A match, and how much around it is known. */
interface Place {
  bytes: Uint8Array
  start: number
  end: number
  from: number
  to: number
}

function isSeparator(byte: number): boolean {
  return byte === 0x20 || byte === 0x2d
}
