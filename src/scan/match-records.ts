import type { CompiledSet } from './compile/compiled-set.ts'
import type { ConfirmationGroup } from './compile/groups.ts'
import { endRecordBytes, startRecordBytes } from './kernel/layout.ts'
import { limits } from './limits.ts'

const startWords = startRecordBytes / 4
const endWords = endRecordBytes / 4

/** Matches of one start are sorted by pattern, then longest first; both fit one exact number. */
const lengthSpan = 1024

/** Reads what the kernel wrote: starts in order, and what matches at each. */
export class MatchRecords {
  /** Addresses of the starts, ascending, after `load`. */
  #count = 0
  readonly #words: Int32Array
  readonly #set: CompiledSet
  readonly #starts: number
  readonly #written: number
  /** Matches found so far by the record at hand, by pattern. */
  readonly #offered: Uint8Array
  readonly #matches: number[] = []

  constructor(set: CompiledSet, patternCount: number) {
    this.#set = set
    this.#words = new Int32Array(set.region.buffer)
    this.#starts = (set.region.byteOffset + set.layout.starts) >> 2
    this.#written = (set.region.byteOffset + set.layout.written) >> 2
    this.#offered = new Uint8Array(patternCount)
  }

  /** Takes over the records of the last kernel call; returns their number. */
  load(): number {
    this.#count = ((this.#words[this.#written] >> 2) - this.#starts) / startWords
    this.#sort()
    return this.#count
  }

  /** Address where record `index` starts. */
  startOf(index: number): number {
    return this.#words[this.#starts + index * startWords]
  }

  /**
   * Collects what matches at the start of record `index`. Returns the index of the first record with another start;
   * `matchCount`, `pattern(i)` and `length(i)` then tell the matches, by pattern and then from the longest down.
   */
  collect(index: number): number {
    const start = this.startOf(index)
    this.#matches.length = 0
    let at = index
    for (; at < this.#count && this.startOf(at) === start; at++) this.#collectRecord(at)
    return at
  }

  get matchCount(): number {
    return this.#matches.length
  }

  pattern(i: number): number {
    return Math.floor(this.#matches[i] / lengthSpan)
  }

  length(i: number): number {
    return lengthSpan - 1 - (this.#matches[i] % lengthSpan)
  }

  #collectRecord(index: number): void {
    const words = this.#words
    const at = this.#starts + index * startWords
    const group = this.#set.groups[words[at + 1] >>> 16]
    const backRow = words[at + 1] & 0xffff
    const from = words[at + 2] >> 2
    for (let end = (words[at + 3] >> 2) - endWords; end >= from; end -= endWords) {
      this.#collectEnd(group, backRow, words[end] - words[at], words[end + 1])
    }
    this.#offered.fill(0)
  }

  /** What is accepted both by the forward automaton in row `row` and, if there is one, by the backward automaton. */
  #collectEnd(group: ConfirmationGroup, backRow: number, length: number, row: number): void {
    const accepted = group.forward.accepts[row / group.forward.classCount]
    const before = group.backward?.accepts[backRow / group.backward.classCount]
    for (let i = 0; i < accepted.length; i++) {
      if (before !== undefined && !before.includes(accepted[i])) continue
      const { pattern } = group.branches[accepted[i]]
      if (this.#offered[pattern] > limits.alternatives) continue
      if (this.#insert(pattern * lengthSpan + lengthSpan - 1 - length)) this.#offered[pattern]++
    }
  }

  /** False when it is known already, by another branch of its pattern or from another anchor. */
  #insert(match: number): boolean {
    const matches = this.#matches
    let at = matches.length
    while (at > 0 && matches[at - 1] > match) at--
    if (at > 0 && matches[at - 1] === match) return false
    matches.push(match)
    for (let i = matches.length - 1; i > at; i--) matches[i] = matches[i - 1]
    matches[at] = match
    return true
  }

  /** Insertion sort: records are in order but for those that reach back before an anchor, never far. */
  #sort(): void {
    for (let i = 1; i < this.#count; i++) {
      for (let j = i; j > 0 && this.startOf(j - 1) > this.startOf(j); j--) this.#swap(j)
    }
  }

  #swap(index: number): void {
    const words = this.#words
    const at = this.#starts + index * startWords
    for (let i = at; i < at + startWords; i++) {
      const word = words[i]
      words[i] = words[i - startWords]
      words[i - startWords] = word
    }
  }
}
