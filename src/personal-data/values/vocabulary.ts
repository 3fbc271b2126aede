import { extendHash, hashText, hashWord, letterAt, noWord } from '../judging/word-hash.ts'

/** Words and phrases by language, separated by commas. */
export type WordLists = Readonly<Record<string, string>>

/** All of them, in the order in which they are written, each once. */
export function wordsOf(lists: WordLists): string[] {
  const words = Object.values(lists).flatMap((list) => list.split(','))
  return [...new Set(words.map((word) => word.trim()))]
}

/** A closed list of terms. Neither case nor accents of Latin letters count, nor what stands between the letters. */
export class Vocabulary {
  readonly #terms: ReadonlySet<number>

  constructor(terms: readonly string[]) {
    const hashes = new Set(terms.map(hashText))
    hashes.delete(noWord)
    this.#terms = hashes
  }

  /** Whether `bytes[start, end)` as a whole is one. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#terms.has(hashWord(bytes, start, end))
  }

  /** Whether one, of up to three words, stands among the words of `bytes[start, end)`. */
  occursIn(bytes: Uint8Array, start: number, end: number): boolean {
    let word = noWord
    /** The word before and this one, and the two before and this one. */
    let pair = noWord
    let triple = noWord
    let isWord = false
    for (let at = start; at <= end;) {
      const letter = at < end ? letterAt(bytes, at, end) : 0
      if (letter === 0) {
        if (isWord && (this.#terms.has(word) || this.#terms.has(pair) || this.#terms.has(triple))) return true
        if (isWord) {
          triple = pair
          pair = word
          word = noWord
        }
        isWord = false
        at++
      } else {
        word = extendHash(word, letter)
        pair = extendHash(pair, letter)
        triple = extendHash(triple, letter)
        isWord = true
        at += bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
      }
    }
    return false
  }
}
