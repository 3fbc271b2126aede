import { Kind } from './word-kinds.ts'
import { Word } from './word.ts'

const BLANK = 0x20
const DOT = 0x2e
const LF = 0x0a

/** Blanks that a line may begin with. */
const mostIndented = 12
/** A family name, and nothing else. */
const onlySurname = Kind.surname | Kind.given | Kind.other | Kind.starter

/** Longest run of capitalised words that is looked at. */
const mostWords = 8

/**
 * Capitalised words that follow each other in a line, with the particles between them: `Dr. Anna M. van den Berg`. Read as a
 * whole, so that no part of a longer name of something else is taken for a person's. Reused.
 */
export class NameRun {
  readonly words: readonly Word[] = Array.from({ length: mostWords }, () => new Word())
  readonly #broken = new Word()
  count = 0
  /** Where reading on makes sense. */
  next = 0
  /** There are more words than are looked at. */
  isCut = false

  read(bytes: Uint8Array, at: number, end: number): void {
    this.count = 0
    this.isCut = false
    let i = at
    let kept = 0
    while (this.words[this.count].read(bytes, i, end)) {
      const word = this.words[this.count]
      const isLink = this.count > 0 && (word.kinds & Kind.particle) !== 0
      if (!word.isCapital && !isLink) break
      this.count++
      if (word.isCapital) kept = this.count
      i = word.next
      if (word.isPossessive) break
      if (this.count === mostWords) {
        this.isCut = true
        break
      }
      if (bytes[i] === DOT && isShortened(word)) i++
      const next = this.#wordBehind(bytes, i, end)
      if (next === i) break
      i = next
    }
    // Particles link: the last word is none.
    this.count = kept
    this.next = kept > 0 ? this.words[kept - 1].next : at + 1
  }

  /** Start of the next word of the line, or of a known family name that the line was broken before; `at` where none is. */
  #wordBehind(bytes: Uint8Array, at: number, end: number): number {
    if (at < end && bytes[at] === BLANK) return at + 1
    const { kinds } = this.words[this.count - 1]
    if (at >= end || bytes[at] !== LF || (kinds & (Kind.given | Kind.other)) !== Kind.given) return at
    let i = at + 1
    while (i < end && i - at < mostIndented && bytes[i] === BLANK) i++
    const isSurname = this.#broken.read(bytes, i, end) && this.#broken.isCapital && !this.#broken.isUpper
    return isSurname && (this.#broken.kinds & onlySurname) === Kind.surname ? i : at
  }

  /** Kinds of a word; 0 beyond the last. */
  kinds(index: number): number {
    return index < this.count ? this.words[index].kinds : 0
  }
}

/** An initial or a title. */
function isShortened(word: Word): boolean {
  return word.letters === 1 || (word.kinds & Kind.title) !== 0
}
