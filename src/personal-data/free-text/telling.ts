import { hashText } from '../judging/word-hash.ts'
import { Kind } from './word-kinds.ts'
import { Word } from './word.ts'

const BLANK = 0x20
const DOT = 0x2e
const LF = 0x0a

const pronouns = new Set(['me', 'him', 'her', 'them'].map(hashText))
const isHash = hashText('is')

/** Small words behind which a name may stand that is written small as well. */
const words = 'mr mrs name named dr'.split(' ')
const telling = new Set(words.map(hashText))

/** By the first byte of a word the second of those words; 0 where none begins so. */
export const mayTell = new Uint8Array(256)
for (const word of words) mayTell[word.charCodeAt(0)] = word.charCodeAt(1)

/** How sure one can be of a known given name in small letters behind such a word. */
const confidenceOfSmallName = 0.6

const noName = Kind.starter | Kind.other | Kind.ambiguous

/** Tells names in small letters, `my name is anna meier`, behind words that tell of them. Holds what it found last. */
export class Telling {
  start = 0
  end = 0
  readonly confidence = confidenceOfSmallName
  readonly #word = new Word()

  find(bytes: Uint8Array, at: number, limit: number): boolean {
    const word = this.#word
    if (!word.read(bytes, at, limit) || !telling.has(word.hash)) return false
    const isTitle = (word.kinds & Kind.title) !== 0
    if (!this.#next(bytes, word.next, limit)) return false
    if (word.hash === isHash || pronouns.has(word.hash))
      if (!this.#next(bytes, word.next, limit)) return false
    const accepted = isTitle ? Kind.given | Kind.surname : Kind.given
    // Names with a capital are found by themselves.
    if (word.isCapital || word.letters < 3 || (word.kinds & accepted) === 0) return false
    if ((word.kinds & noName) !== 0 && !isTitle) return false
    this.start = word.start
    this.end = word.end
    if (bytes[word.next] !== BLANK || word.isPossessive) return true
    if (!word.read(bytes, word.next + 1, limit) || word.isCapital || word.letters < 3) return true
    const isSurname = (word.kinds & Kind.surname) !== 0 && (word.kinds & noName) === 0
    if (isSurname || (word.kinds === 0 && isEnd(bytes, word.next, limit))) this.end = word.end
    return true
  }

  /** Reads the word behind `at`, over blanks, a dot, a colon or a question mark. */
  #next(bytes: Uint8Array, at: number, limit: number): boolean {
    let i = at
    while (i < limit && i - at < 3 && isBetween(bytes[i])) i++
    return i > at && this.#word.read(bytes, i, limit)
  }
}

/** Blank, comma, dot, colon and question mark. */
function isBetween(byte: number): boolean {
  return byte === BLANK || byte === 0x2c || byte === DOT || byte === 0x3a || byte === 0x3f
}

/** A sentence or a line ends at `at`. */
function isEnd(bytes: Uint8Array, at: number, limit: number): boolean {
  if (at >= limit) return true
  const byte = bytes[at]
  return byte === DOT || byte === LF || byte === 0x0d || byte === 0x2c || byte === 0x3f || byte === 0x21
}
