import { ByteSet, wordBytes } from '../expression/byte-set.ts'

const ranges = (...pairs: [first: number, last: number][]): ByteSet => {
  const set = new ByteSet()
  for (const [first, last] of pairs) set.addRange(first, last)
  return set
}

const digits = ranges([0x30, 0x39])
export const wordCharacters: ByteSet = wordBytes.union(ByteSet.of(0x5f))
/** PCRE2 since version 8.34 counts the vertical tab among them, as Perl does. */
const spaces = ranges([0x09, 0x0d], [0x20, 0x20])
const blanks = ByteSet.of(0x09, 0x20)
export const lineFeed: ByteSet = ByteSet.of(0x0a)

/** Escapes that stand for a set of bytes, outside of UTF mode (pcre2pattern(3), "Generic character types"). */
export const classEscapes: Readonly<Record<string, ByteSet>> = {
  d: digits,
  D: digits.complement(),
  w: wordCharacters,
  W: wordCharacters.complement(),
  s: spaces,
  S: spaces.complement(),
  h: blanks.union(ByteSet.of(0xa0)),
  H: blanks.union(ByteSet.of(0xa0)).complement(),
  v: ranges([0x0a, 0x0d], [0x85, 0x85]),
  V: ranges([0x0a, 0x0d], [0x85, 0x85]).complement(),
  N: lineFeed.complement(),
}

/** Escapes that stand for one byte. */
export const byteEscapes: Readonly<Record<string, number>> = {
  a: 0x07,
  e: 0x1b,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
}

/** `[:alpha:]` and the like, in the C locale. */
export const namedClasses: Readonly<Record<string, ByteSet>> = {
  alnum: wordBytes,
  alpha: ranges([0x41, 0x5a], [0x61, 0x7a]),
  ascii: ranges([0x00, 0x7f]),
  blank: blanks,
  cntrl: ranges([0x00, 0x1f], [0x7f, 0x7f]),
  digit: digits,
  graph: ranges([0x21, 0x7e]),
  lower: ranges([0x61, 0x7a]),
  print: ranges([0x20, 0x7e]),
  punct: ranges([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  space: spaces,
  upper: ranges([0x41, 0x5a]),
  word: wordCharacters,
  xdigit: ranges([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]),
}

/** With the other case of every ASCII letter in it. */
export function foldedCase(set: ByteSet): ByteSet {
  const other: number[] = []
  for (const byte of set) {
    const upper = byte & ~0x20
    if (upper >= 0x41 && upper <= 0x5a) other.push(byte ^ 0x20)
  }
  return set.union(ByteSet.of(...other))
}
