import { extendHash, letterAt, noWord } from '../judging/word-hash.ts'
import { kindsOf } from './word-kinds.ts'

const APOSTROPHE = 0x27
const HYPHEN = 0x2d
const SMALL_S = 0x73

/** Letter that each ASCII byte folds to, 0 for those that are none: the short way for most. */
const asciiLetters = Uint8Array.from({ length: 128 }, (_, byte) => letterAt(Uint8Array.of(byte), 0, 1))
/** Bytes that a hyphen or an apostrophe begins with. */
const mayJoin = Array.from(
  { length: 256 },
  (_, byte) => byte === APOSTROPHE || byte === HYPHEN || byte === 0xe2,
)

/** The letter that begins at `at`, as in `word-hash.ts`; 0 for none, and for signs and spaces beyond ASCII. */
export function letterOf(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0
  const byte = bytes[at]
  // U+0080 to U+00BF are signs, U+2000 to U+2FFF are signs and spaces; what follows UTF-8's last lead byte is no text.
  if (byte === 0xc2 || byte === 0xe2 || byte >= 0xf0) return 0
  return letterAt(bytes, at, end)
}

/** Whether the letter at `at` is a capital of Latin, Greek or Cyrillic script. */
export function isCapitalAt(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  if (byte < 0x80) return byte >= 0x41 && byte <= 0x5a
  const after = bytes[at + 1]
  if (byte === 0xc3) return after <= 0x9e
  // Latin Extended-A: capitals are even, and odd from U+0139 to U+0148 and from U+0179 on.
  if (byte === 0xc4) return (after & 1) === (after >= 0xb9 ? 1 : 0)
  if (byte === 0xc5) return (after & 1) === (after <= 0x88 || after >= 0xb9 ? 1 : 0)
  if (byte === 0xc8) return (after & 1) === 0
  if (byte === 0xce) return after <= 0xab
  return byte === 0xd0 && after <= 0xaf
}

/** A word of a text, with what it is known as. Reused. */
export class Word {
  start = 0
  /** Behind its last letter, before a possessive `'s`. */
  end = 0
  /** Behind the possessive. */
  next = 0
  letters = 0
  kinds = 0
  /** Of its letters, as in `word-hash.ts`. */
  hash = 0
  isCapital = false
  /** It has capitals only. */
  isUpper = false
  isPossessive = false

  /** Reads the word that begins at `at`, parts with hyphens and apostrophes included. False where none does. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    let hash = noWord
    let first = 0
    let capitals = 0
    let letters = 0
    let i = at
    this.isPossessive = false
    for (;;) {
      const byte = i < end ? bytes[i] : 0
      const letter = byte < 0x80 ? asciiLetters[byte] : letterOf(bytes, i, end)
      if (letter === 0) {
        const joint = letters === 0 || !mayJoin[byte] ? 0 : jointAt(bytes, i, end)
        if (joint === 0) break
        if (byte !== HYPHEN && isPossessiveAt(bytes, i + joint, end)) {
          this.isPossessive = true
          break
        }
        if (byte === HYPHEN && first === 0) first = hash
        i += joint
        continue
      }
      if (byte < 0x80 ? byte < 0x61 : isCapitalAt(bytes, i)) capitals++
      hash = extendHash(hash, letter)
      letters++
      // A folded letter took two bytes; of others each byte counts as one.
      i += byte >= 0x80 && letter < 0x80 ? 2 : 1
    }
    this.letters = letters
    if (letters === 0) return false
    this.start = at
    this.end = i
    this.next = this.isPossessive ? i + jointAt(bytes, i, end) + 1 : i
    this.isCapital = isCapitalAt(bytes, at)
    this.isUpper = capitals > 1 && capitals === letters
    this.hash = hash
    this.kinds = kindsOf(hash)
    // `Jean-Pierre` is known by its first part.
    if (this.kinds === 0 && first !== 0) this.kinds = kindsOf(first)
    return true
  }
}

/** Length of a hyphen or an apostrophe that a letter follows; 0 where there is none. */
function jointAt(bytes: Uint8Array, at: number, end: number): number {
  const byte = at < end ? bytes[at] : 0
  let length = 0
  if (byte === APOSTROPHE || byte === HYPHEN) length = 1
  else if (byte === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99) length = 3
  return length > 0 && letterOf(bytes, at + length, end) !== 0 ? length : 0
}

function isPossessiveAt(bytes: Uint8Array, at: number, end: number): boolean {
  return (bytes[at] | 0x20) === SMALL_S && letterOf(bytes, at + 1, end) === 0
}

/** Start of the word that ends before `end`, or `end` where none does; no further back than `first`. */
export function wordStartBefore(bytes: Uint8Array, end: number, first: number): number {
  let at = end
  while (at > first && end - at < longestWord && isWordByte(bytes, at - 1)) at--
  return at
}

const longestWord = 32

function isWordByte(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  if (byte < 0x80) return letterOf(bytes, at, at + 1) !== 0 || byte === APOSTROPHE || byte === HYPHEN
  return byte !== 0xc2 && byte < 0xf0
}
