import { isDigit } from '../../lib/ascii.ts'
import type { Match } from '../../scan/scanner.ts'
import type { Recogniser } from '../recogniser.ts'
import { bytesTable } from './bytes-table.ts'
import { phrasesIn, type PlacedPhrase } from './context-phrase.ts'
import type { LabelSpan } from './label.ts'
import { technicalNames } from './technical-names.ts'
import { extendHash, hashText, hashWord, letterAt, noWord } from './word-hash.ts'

/** From this length on a context word also counts as the beginning of a longer one: `kreditkarte` in `kreditkartennummer`. */
const stemLength = 6

/** Shorter than this, letters that touch digits are part of a code and no word: `CC38994481` says nothing of a card. */
const wordInCode = 4

/** Of the table that most words are looked up in: 64 KB for a few thousand known words. */
const knownBits = 16

/** Bytes that end a value in structured content, where what lies beyond belongs to another field. */
const isStructural = bytesTable('"<>{}[]|;,&=\t\r\n\0')

/**
 * The context words of all recognisers and languages at once: texts seldom say theirs. Tells for one match at a time which
 * recognisers have a word near it.
 */
export class ContextWords {
  /** Recognisers by the hash of a word, or of two or three words that follow each other. */
  readonly #recognisers = new Map<number, number[]>()
  /** By the low bits of a hash: 0 where no known word has them, which spares most look-ups. */
  readonly #known = new Uint8Array(1 << knownBits)
  readonly #technical = new Set(technicalNames.map(hashText))
  /** For each recogniser the number of the match that a word of it was last found near. */
  readonly #seen: Uint32Array
  #matches = 0

  constructor(recognisers: readonly Recogniser[]) {
    this.#seen = new Uint32Array(recognisers.length)
    for (const [i, { contextWords }] of recognisers.entries()) {
      for (const phrase of Object.values(contextWords).flat()) {
        const hash = hashText(phrase)
        this.#known[hash & ((1 << knownBits) - 1)] = 1
        const known = this.#recognisers.get(hash)
        if (known === undefined) this.#recognisers.set(hash, [i])
        else known.push(i)
      }
    }
  }

  /**
   * Reads the words around a match; then `isNear` knows. Only those of the same value where fields are known, those of the
   * same paragraph where they are not.
   */
  read(match: Match, hasField: boolean): void {
    const { bytes, start, end } = match
    this.#matches = (this.#matches + 1) >>> 0
    this.#readWords(bytes, contextStart(match, hasField), start)
    this.#readWords(bytes, end, contextEnd(match, hasField))
  }

  /** The same for the words of a label alone: what stands further off belongs to other values. */
  readLabel(bytes: Uint8Array, { start, end }: LabelSpan): void {
    this.#matches = (this.#matches + 1) >>> 0
    this.#readWords(bytes, start, end)
  }

  isNear(recogniser: number): boolean {
    return this.#seen[recogniser] === this.#matches
  }

  /** The phrase of a recogniser that stands nearest to a match, for explanations; undefined where none does. */
  nearest(match: Match, hasField: boolean, { contextWords }: Recogniser): PlacedPhrase | undefined {
    const { bytes, start, end } = match
    const phrases = Object.values(contextWords).flat()
    const bounds = { wordInCode, stemLength }
    const before = phrasesIn(bytes, contextStart(match, hasField), start, phrases, bounds).at(-1)
    const [after] = phrasesIn(bytes, end, contextEnd(match, hasField), phrases, bounds)
    if (before === undefined || after === undefined) return before ?? after
    return start - before.at <= after.at - end ? before : after
  }

  /** The last phrase of a recogniser in a label, for explanations; undefined where there is none. */
  lastIn(
    bytes: Uint8Array,
    { start, end }: LabelSpan,
    { contextWords }: Recogniser,
  ): PlacedPhrase | undefined {
    return phrasesIn(bytes, start, end, Object.values(contextWords).flat(), { wordInCode, stemLength }).at(-1)
  }

  /** Whether the word before a match, or the two, name numbers that are nobody's: `offset 95250611462`, `order no 4711`. */
  followsTechnicalName({ bytes, start, from }: Match): boolean {
    const first = wordBefore(bytes, start, from)
    if (first === start) return false
    if (this.#technical.has(hashWord(bytes, first, start))) return true
    const second = wordBefore(bytes, first, from)
    return second < first && this.#technical.has(hashWord(bytes, second, start))
  }

  #readWords(bytes: Uint8Array, start: number, end: number): void {
    let hash = noWord
    /** Hash of the word before and this one, and of the two before and this one. */
    let pair = noWord
    let triple = noWord
    let length = 0
    let isAfterDigit = false
    let at = start
    while (at < end) {
      const letter = letterAt(bytes, at, end)
      if (letter === 0) {
        const isCode = isDigit(bytes[at]) || isAfterDigit
        isAfterDigit = isDigit(bytes[at++])
        if (length === 0) continue
        if (!isCode || length >= wordInCode) this.#noteWord(hash, pair, triple)
        triple = pair
        pair = hash
        hash = noWord
        length = 0
      } else {
        at += bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
        if (length >= stemLength) this.#note(hash)
        hash = extendHash(hash, letter)
        pair = extendHash(pair, letter)
        triple = extendHash(triple, letter)
        length++
      }
    }
    if (length >= (isAfterDigit ? wordInCode : 1)) this.#noteWord(hash, pair, triple)
  }

  #noteWord(hash: number, pair: number, triple: number): void {
    this.#note(hash)
    this.#note(pair)
    this.#note(triple)
  }

  #note(hash: number): void {
    if (this.#known[hash & ((1 << knownBits) - 1)] === 0) return
    const recognisers = this.#recognisers.get(hash)
    if (recognisers === undefined) return
    for (const recogniser of recognisers) this.#seen[recogniser] = this.#matches
  }
}

/** Where the context of a match begins. */
function contextStart({ bytes, start, from }: Match, hasField: boolean): number {
  let first = start
  if (hasField) while (first > from && isStructural[bytes[first - 1]] === 0) first--
  else while (first > from && !isParagraphEnd(bytes, first - 1)) first--
  return first
}

/** Where it ends. */
function contextEnd({ bytes, end, to }: Match, hasField: boolean): number {
  let last = end
  if (hasField) while (last < to && isStructural[bytes[last]] === 0) last++
  else while (last < to && !isParagraphEnd(bytes, last)) last++
  return last
}

/** Where the word begins that ends before the space before `at`; `at` where there is none. */
function wordBefore(bytes: Uint8Array, at: number, from: number): number {
  if (at - 1 <= from || bytes[at - 1] !== 0x20) return at
  let start = at - 1
  while (start > from && letterAt(bytes, start - 1, start) !== 0) start--
  return start === at - 1 ? at : start
}

function isParagraphEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x0a && bytes[at + 1] === 0x0a
}
