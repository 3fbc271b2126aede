import { Word, wordStartBefore } from './word.ts'

/** Bytes of white space and signs that may stand between two words of a sentence. */
const mostBetween = 4

const LF = 0x0a
const QUESTION = 0x3f

/** The words before a place, the nearest first, as far as its sentence goes. Reused. */
export class WordsBefore {
  /** Of these the first `count` count. */
  readonly words: readonly Word[] = [new Word(), new Word(), new Word()]
  count = 0
  /** Before the place there is nothing of its line but quotes and the like. */
  isLineStart = false
  /** The word before asks: `What's your name? …`. */
  isAnswer = false

  read(bytes: Uint8Array, at: number, first: number): void {
    this.count = 0
    this.isLineStart = false
    this.isAnswer = false
    let i = at
    while (this.count < this.words.length) {
      const end = this.#wordEndBefore(bytes, i, first)
      if (end < 0) return
      const start = wordStartBefore(bytes, end, first)
      const word = this.words[this.count]
      if (start === end || !word.read(bytes, start, end)) return
      this.count++
      i = start
    }
  }

  /** Index behind the word before `at`; -1 where the sentence begins. */
  #wordEndBefore(bytes: Uint8Array, at: number, first: number): number {
    let i = at
    while (i > first && at - i < mostBetween) {
      const byte = bytes[i - 1]
      if (byte === LF) break
      if (byte === QUESTION && this.count === 0) this.isAnswer = true
      else if (!isBetween[byte]) return isEnd[byte] ? -1 : i
      i--
    }
    if (this.count === 0) this.isLineStart = i === first || bytes[i - 1] === LF
    return -1
  }

  kinds(index: number): number {
    return index < this.count ? this.words[index].kinds : 0
  }

  hash(index: number): number {
    return index < this.count ? this.words[index].hash : 0
  }
}

const table = (signs: string): Uint8Array => {
  const is = new Uint8Array(256)
  for (const byte of Buffer.from(signs)) is[byte] = 1
  return is
}

/** Blank, tab, quotes, brackets, colon and comma. */
const isBetween = table(' \t"\'([:,*>')
const isEnd = table('.!;')
