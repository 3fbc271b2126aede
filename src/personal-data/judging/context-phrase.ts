import { isDigit } from '../../lib/ascii.ts'
import { extendHash, hashText, hashWord, letterAt, noWord } from './word-hash.ts'

/** A word or phrase, and where it begins in the bytes. */
export interface PlacedPhrase {
  phrase: string
  at: number
}

interface Bounds {
  /** Shorter than this, letters that touch digits are part of a code. */
  wordInCode: number
  /** From this length on a phrase of one word also counts as the beginning of a longer one. */
  stemLength: number
}

interface Word {
  start: number
  end: number
  letters: number
  touchesDigit: boolean
}

const longestPhrase = 3

/**
 * Which of the phrases stand in `bytes[start, end)`, by the rules of `ContextWords`, which only tells whether any does. For
 * explanations: it allocates.
 */
export function phrasesIn(
  bytes: Uint8Array,
  start: number,
  end: number,
  phrases: readonly string[],
  bounds: Bounds,
): PlacedPhrase[] {
  const byHash = new Map(phrases.map((phrase) => [hashText(phrase), phrase]))
  const words = wordsIn(bytes, start, end)
  return words.flatMap((word, i) => {
    const hashes = [...stemHashes(bytes, word, bounds)]
    for (let count = 1; count <= longestPhrase && i + count <= words.length; count++) {
      const isCode = count === 1 && word.touchesDigit && word.letters < bounds.wordInCode
      if (!isCode) hashes.push(hashWord(bytes, word.start, words[i + count - 1].end))
    }
    const phrase = hashes.map((hash) => byHash.get(hash)).findLast((found) => found !== undefined)
    return phrase === undefined ? [] : [{ phrase, at: word.start }]
  })
}

/** Hashes of the beginnings of a word that count as words. */
function* stemHashes(bytes: Uint8Array, { start, end }: Word, { stemLength }: Bounds): Generator<number> {
  let hash = noWord
  let length = 0
  for (let at = start; at < end;) {
    if (length >= stemLength) yield hash
    const letter = letterAt(bytes, at, end)
    hash = extendHash(hash, letter)
    length++
    at += widthAt(bytes, at, letter)
  }
}

function wordsIn(bytes: Uint8Array, start: number, end: number): Word[] {
  const words: Word[] = []
  for (let at = start; at < end;) {
    const first = at
    let letters = 0
    for (let letter = letterAt(bytes, at, end); at < end && letter !== 0; letter = letterAt(bytes, at, end)) {
      at += widthAt(bytes, at, letter)
      letters++
    }
    if (letters === 0) at++
    else {
      const touchesDigit = isDigit(bytes[first - 1]) || isDigit(bytes[at])
      words.push({ start: first, end: Math.min(at, end), letters, touchesDigit })
    }
  }
  return words
}

/** Bytes that a letter takes: a folded one took two. */
function widthAt(bytes: Uint8Array, at: number, letter: number): number {
  return bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
}
