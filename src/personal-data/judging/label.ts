import type { Match } from '../../scan/scanner.ts'
import { limits } from '../limits.ts'
import { bytesTable } from './bytes-table.ts'
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

const openingParenthesis = 0x28
const closingParenthesis = 0x29

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
    this.end = at
    this.hash = noWord
    const stop = Math.max(from, at - limits.labelBytes)
    // An aside belongs to the label that it ends: `National ID (Poland)`.
    const isAside = at > stop && bytes[at - 1] === closingParenthesis
    this.start = isAside ? at - 1 : at
    this.#extend(bytes, stop)
    if (isAside) {
      if (this.start === stop || bytes[this.start - 1] !== openingParenthesis) return false
      this.start--
      this.#extend(bytes, stop)
    }
    return this.start < this.end
  }

  /** Takes in what a label is made of, backwards. */
  #extend(bytes: Uint8Array, stop: number): void {
    let at = this.start
    while (at > stop && isLabelByte(bytes[at - 1])) this.hash = extendHash(this.hash, bytes[--at])
    this.start = at
  }
}

function isLabelByte(byte: number): boolean {
  const letter = byte | 0x20
  const isAlphanumeric = (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
  return isAlphanumeric || byte > 0x7f || isLabelPunctuation[byte] === 1
}
