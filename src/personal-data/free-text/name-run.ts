import { Kind } from './word-kinds.ts'
import { Word } from './word.ts'

const BLANK = 0x20
const DOT = 0x2e

/** Longest run of capitalised words that is looked at. */
const mostWords = 8

/**
 * Capitalised words that follow each other in a line, with the particles between them: `Dr. Anna M. van den Berg`. Read as a
 * whole, so that no part of a longer name of something else is taken for a person's. Reused.
 */
export class NameRun {
  readonly words: readonly Word[] = Array.from({ length: mostWords }, () => new Word())
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
      if (i >= end || bytes[i] !== BLANK) break
      i++
    }
    // Particles link: the last word is none.
    this.count = kept
    this.next = kept > 0 ? this.words[kept - 1].next : at + 1
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
