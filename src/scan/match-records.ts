import type { AcceptTable, CompiledSet, RecordGroup } from './compile/compiled-set.ts'
import { endRecordBytes, startRecordBytes } from './kernel/layout.ts'
import { limits } from './limits.ts'

const startWords = startRecordBytes / 4
const endWords = endRecordBytes / 4

/** Matches of one start are sorted by pattern, then longest first: both in one number, the length in its low bits. */
const lengthBits = 10
const lengthMask = (1 << lengthBits) - 1

/** Reads what the kernel wrote: starts in order, and what matches at each. */
export class MatchRecords {
  #count = 0
  matchCount = 0
  readonly #words: Int32Array
  readonly #set: CompiledSet
  readonly #starts: number
  readonly #written: number
  /** Matches found so far by the record at hand, by pattern. */
  readonly #offered: Uint8Array
  /** The first `matchCount` are those of the start at hand. */
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
    this.matchCount = 0
    let at = index
    for (; at < this.#count && this.startOf(at) === start; at++) this.#collectRecord(at)
    return at
  }

  pattern(i: number): number {
    return this.#matches[i] >> lengthBits
  }

  length(i: number): number {
    return lengthMask - (this.#matches[i] & lengthMask)
  }

  #collectRecord(index: number): void {
    const words = this.#words
    const at = this.#starts + index * startWords
    const group = this.#set.groups[words[at + 1] >>> 16]
    const backRow = words[at + 1] & 0xffff
    const from = words[at + 2] >> 2
    const to = words[at + 3] >> 2
    // Only more ends than are ever offered need to be counted.
    const isLimited = to - from > (limits.alternatives + 1) * endWords
    for (let end = to - endWords; end >= from; end -= endWords) {
      this.#collectEnd(group, backRow, words[end] - words[at], words[end + 1], isLimited)
    }
    if (isLimited) this.#offered.fill(0)
  }

  /** What is accepted both by the forward automaton in row `row` and, if there is one, by the backward automaton. */
  #collectEnd(group: RecordGroup, backRow: number, length: number, row: number, isLimited: boolean): void {
    const { forward, backward, patterns } = group
    const { begins, expressions } = forward.accepts
    const accepting = (row / forward.classCount) | 0
    for (let i = begins[accepting]; i < begins[accepting + 1]; i++) {
      const branch = expressions[i]
      if (backward !== undefined && !isAccepted(backward, backRow, branch)) continue
      const pattern = patterns[branch]
      if (isLimited && this.#offered[pattern] > limits.alternatives) continue
      const isNew = this.#insert((pattern << lengthBits) | (lengthMask - length))
      if (isLimited && isNew) this.#offered[pattern]++
    }
  }

  /** False when it is known already, by another branch of its pattern or from another anchor. */
  #insert(match: number): boolean {
    const matches = this.#matches
    let at = this.matchCount
    while (at > 0 && matches[at - 1] > match) at--
    if (at > 0 && matches[at - 1] === match) return false
    for (let i = this.matchCount; i > at; i--) matches[i] = matches[i - 1]
    matches[at] = match
    this.matchCount++
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

function isAccepted(
  { accepts: { begins, expressions }, classCount }: AcceptTable,
  row: number,
  branch: number,
): boolean {
  const accepting = (row / classCount) | 0
  for (let i = begins[accepting]; i < begins[accepting + 1]; i++) if (expressions[i] === branch) return true
  return false
}
