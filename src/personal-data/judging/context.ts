import type { Match } from '../../scan/scanner.ts'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import { fold, textWords } from './words.ts'

/** Bytes that end a value in structured content, where what lies beyond belongs to another field. */
const structural = new Set(Buffer.from('"<>{}[]|;,&=\t\r\n\0'))

/** Bytes that may stand between a label and its value. */
const opening = new Set(Buffer.from(' "\'(<'))

/** Bytes that a label is made of, besides letters, digits and everything beyond ASCII. */
const labelPunctuation = new Set(Buffer.from(" _-./'#"))

/** Words of a label that are read: `What is your new card number` tells by its end. */
const labelWords = 4

/** `IBAN` of `IBAN: DE89 …` or `user=jan@…`: what stands directly before a value in a text without fields; `''` if nothing does. */
export function labelBefore({ bytes, start, from }: Match): string {
  let at = start - 1
  while (at >= from && opening.has(bytes[at])) at--
  if (at < from || (bytes[at] !== 0x3a && bytes[at] !== 0x3d)) return ''
  const end = at
  const stop = Math.max(from, end - limits.labelBytes)
  while (at > stop && isLabelByte(bytes[at - 1])) at--
  const words = decode(bytes, at, end)
    .split(' ')
    .filter((word) => word !== '')
  return words.slice(-labelWords).join('_')
}

function isLabelByte(byte: number): boolean {
  const letter = byte | 0x20
  const isAlphanumeric = (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
  return isAlphanumeric || byte > 0x7f || labelPunctuation.has(byte)
}

/**
 * Words around a value, from before to after; of the same value only where fields are known, of the same paragraph where
 * they are not.
 */
export function wordsAround(match: Match, hasField: boolean): string[] {
  const { bytes, start, end, from, to } = match
  const isBoundary = hasField
    ? (at: number): boolean => structural.has(bytes[at])
    : (at: number): boolean => bytes[at] === 0x0a && bytes[at + 1] === 0x0a
  let first = start
  while (first > from && !isBoundary(first - 1)) first--
  let last = end
  while (last < to && !isBoundary(last)) last++
  return [...textWords(decode(bytes, first, start)), ...textWords(decode(bytes, end, last))]
}

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}

/** From this length on a context word also counts as the beginning of a longer one: `kreditkarte` in `kreditkartennummer`. */
const stemLength = 6

/** The context words of one recogniser, of all languages at once: texts seldom say theirs. */
export class ContextWords {
  readonly #words: Set<string>

  constructor(recogniser: Recogniser) {
    this.#words = new Set(
      Object.values(recogniser.contextWords)
        .flat()
        .map((phrase) => textWords(fold(phrase)).join(' ')),
    )
  }

  /** True when one of the words, or two that follow each other, is a context word. */
  isNear(words: readonly string[]): boolean {
    return words.some((word, i) => this.#hasWord(word) || this.#words.has(`${word} ${words[i + 1]}`))
  }

  #hasWord(word: string): boolean {
    if (this.#words.has(word)) return true
    for (let length = stemLength; length < word.length; length++) {
      if (this.#words.has(word.slice(0, length))) return true
    }
    return false
  }
}
