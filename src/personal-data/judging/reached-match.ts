import type { Match } from '../../scan/scanner.ts'
import { parseExpression } from '../../scan/expression/parse.ts'

/** The bytes of a class, `[A-Za-z0-9_-]`: 1 for each. */
export function classTable(id: string, expression: string): Uint8Array {
  const table = new Uint8Array(256)
  const parsed = parseExpression({ id, expression })
  if (parsed.kind === 'bytes') parsed.set.forEach((byte) => (table[byte] = 1))
  return table
}

/** A match of how a value begins, drawn out to where the value ends, or what is known around it. One object is reused. */
export class ReachedMatch implements Match {
  pattern = 0
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  from = 0
  to = 0
  offset = 0

  /** False where the value is part of a longer word, as no match of a pattern with word boundaries is. */
  reach(match: Match, goesOnWith: Uint8Array): boolean {
    const { bytes, start, from, to } = match
    if (start > from && isWord(bytes[start]) && isWord(bytes[start - 1])) return false
    let end = match.end
    while (end < to && goesOnWith[bytes[end]] === 1) end++
    this.pattern = match.pattern
    this.bytes = bytes
    this.start = start
    this.end = end
    this.from = from
    this.to = to
    this.offset = match.offset
    return end === to || !isWord(bytes[end])
  }
}

function isWord(byte: number): boolean {
  const letter = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a)
}
