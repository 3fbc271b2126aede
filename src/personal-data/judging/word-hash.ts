/**
 * Words as numbers, so that the text around a value is read without making strings of it: FNV-1a over the word's letters
 * in lower case, those of Latin script without their accents. Of thousands of known words and 2^32 values, the chance that
 * another word has the same is one in a million.
 */

const offsetBasis = 0x811c9dc5
const prime = 0x01000193

/** Letter of ASCII that a letter from U+00C0 to U+017F folds to, 0 for those that fold to none. */
const foldedLatin = Uint8Array.from({ length: 0x180 - 0xc0 }, (_, i) => {
  const [first] = String.fromCodePoint(0xc0 + i)
    .normalize('NFD')
    .toLowerCase()
  return first >= 'a' && first <= 'z' ? first.charCodeAt(0) : 0
})

/** Letter that each ASCII byte folds to, 0 for those that are none. */
const asciiLetters = Uint8Array.from({ length: 128 }, (_, byte) => {
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x7a ? letter : 0
})

export const noWord: number = offsetBasis

/** Hash of a word that goes on with `letter`, a byte that `letterAt` gave. */
export function extendHash(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, prime)
}

/**
 * The letter that begins at `at` in UTF-8 text: ASCII letters in lower case, accented Latin ones folded, other bytes beyond
 * ASCII as they are, in lower case if they are Greek or Cyrillic; 0 for what is no letter. A folded letter took two bytes.
 */
export function letterAt(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at]
  if (byte < 0x80) return asciiLetters[byte]
  if (byte < 0xc3 || byte > 0xc5 || at + 1 >= end) return smallByte(bytes, at)
  const folded = foldedLatin[((byte & 0x1f) << 6) + (bytes[at + 1] & 0x3f) - 0xc0]
  return folded === 0 ? byte : folded
}

const greek = 0xce
const cyrillic = 0xd0

/** A byte beyond ASCII, as it is where Greek and Cyrillic capitals are written small. */
function smallByte(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  const after = bytes[at + 1]
  if (byte === greek) return isWithin(after, 0xa0, 0xa9) ? byte + 1 : byte
  if (byte === cyrillic) return isWithin(after, 0x80, 0x8f) || isWithin(after, 0xa0, 0xaf) ? byte + 1 : byte
  const before = at > 0 ? bytes[at - 1] : 0
  if (before === greek) return smallGreek(byte)
  return before === cyrillic ? smallCyrillic(byte) : byte
}

/** The second byte of U+0391 to U+03A9 as of U+03B1 to U+03C9. */
function smallGreek(byte: number): number {
  if (isWithin(byte, 0x91, 0x9f)) return byte + 0x20
  return isWithin(byte, 0xa0, 0xa9) ? byte - 0x20 : byte
}

/** The second byte of U+0400 to U+042F as of U+0430 to U+045F. */
function smallCyrillic(byte: number): number {
  if (byte < 0x90) return byte + 0x10
  if (byte < 0xa0) return byte + 0x20
  return byte < 0xb0 ? byte - 0x20 : byte
}

function isWithin(byte: number, first: number, last: number): boolean {
  return byte >= first && byte <= last
}

/** Hash of the letters in `bytes[start, end)`, whatever stands between them. */
export function hashWord(bytes: Uint8Array, start: number, end: number): number {
  let hash = noWord
  for (let at = start; at < end;) {
    const letter = letterAt(bytes, at, end)
    if (letter !== 0) hash = extendHash(hash, letter)
    at += bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
  }
  return hash
}

/** Hash of a phrase's letters; its spaces do not count. */
export function hashText(text: string): number {
  const bytes = Buffer.from(text)
  return hashWord(bytes, 0, bytes.length)
}
