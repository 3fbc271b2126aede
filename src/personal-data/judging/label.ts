import type { Match } from '../../scan/scanner.ts'
import { limits } from '../limits.ts'
import { bytesTable } from './context-words.ts'
import { extendHash, noWord } from './word-hash.ts'

/** Bytes that may stand between a label and its value. */
const isOpening = bytesTable(' "\'(<')

/** Bytes that a label is made of, besides letters, digits and everything beyond ASCII. */
const isLabelPunctuation = bytesTable(" _-./'#")

/** A name in `bytes[start, end)`, and the hash of its bytes: the same name has the same. */
export interface LabelSpan {
  start: number
  end: number
  hash: number
}

/**
 * `IBAN` of `IBAN: DE89 …` or `user` of `user=jan@…`: what stands directly before a value in a text without fields. Reused
 * for each match.
 */
export class Label implements LabelSpan {
  start = 0
  end = 0
  hash = 0

  /** Looks for the label of a match; false when there is none, and `start` and `end` are 0. */
  find({ bytes, start, from }: Match): boolean {
    this.start = 0
    this.end = 0
    let at = start - 1
    while (at >= from && isOpening[bytes[at]] === 1) at--
    if (at < from || (bytes[at] !== 0x3a && bytes[at] !== 0x3d)) return false
    while (at > from && isOpening[bytes[at - 1]] === 1) at--
    const end = at
    const stop = Math.max(from, end - limits.labelBytes)
    let hash = noWord
    while (at > stop && isLabelByte(bytes[at - 1])) hash = extendHash(hash, bytes[--at])
    this.start = at
    this.end = end
    this.hash = hash
    return at < end
  }
}

function isLabelByte(byte: number): boolean {
  const letter = byte | 0x20
  const isAlphanumeric = (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
  return isAlphanumeric || byte > 0x7f || isLabelPunctuation[byte] === 1
}
