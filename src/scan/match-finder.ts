import type { CompiledSet } from './compile/compiled-set.ts'
import { limits } from './limits.ts'
import { MatchRecords } from './match-records.ts'
import type { Match, MatchSink } from './scanner.ts'
import type { TakenMatches } from './taken-matches.ts'

/** A stretch of a content that lies in the scanner's memory in one piece: `bytes[start, end)`. */
export interface Window {
  bytes: Uint8Array
  start: number
  end: number
  /** Position in the content of `bytes[0]`, were it part of it. */
  offset: number
}

/** How far `MatchSink.pass` has got. Passed bytes are read from `bytes`, where the content's byte 0 would be at `-offset`. */
export interface Passing {
  bytes: Uint8Array
  offset: number
  /** Position in the content up to which all is passed. */
  passed: number
}

/** Bytes before the next start that windows still show, where the content has them: as long as any match, and its context. */
export const historyBytes = limits.lookbehindBytes + limits.lookaheadBytes

/** Bytes after a start that must be known before its matches are: how far they reach, and their context. */
export const reachBytes = limits.lookbehindBytes + limits.lookaheadBytes + limits.contextBytes

/** Runs the kernel over windows and offers what it finds to a sink. */
export class MatchFinder {
  readonly #set: CompiledSet
  readonly #records: MatchRecords
  readonly #match: Match = {
    pattern: 0,
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    from: 0,
    to: 0,
    offset: 0,
  }

  constructor(set: CompiledSet, patternCount: number) {
    this.#set = set
    this.#records = new MatchRecords(set, patternCount)
  }

  /**
   * Offers the matches that start in `[from, to)` of the window. The window must reach to `historyBytes` before
   * `from` and `reachBytes` after `to`, or as far as the content does.
   */
  find(
    window: Window,
    from: number,
    to: number,
    out: { sink: MatchSink; taken: TakenMatches; passing: Passing },
  ): void {
    const base = window.bytes.byteOffset
    const anchorEnd = Math.min(to + limits.lookbehindBytes, window.end)
    let settled = from
    while (settled < to) {
      const { kernel } = this.#set
      const stopped =
        kernel.scan(base + settled, base + anchorEnd, base + window.start, base + window.end) - base
      // An anchor that was not looked at may have matches that start this far before it.
      const next = stopped === anchorEnd ? to : stopped - limits.lookbehindBytes
      this.#offerAll(window, settled, next, out)
      settled = next
    }
  }

  #offerAll(
    window: Window,
    from: number,
    to: number,
    out: { sink: MatchSink; taken: TakenMatches; passing: Passing },
  ): void {
    const records = this.#records
    const count = records.load()
    const base = window.bytes.byteOffset
    let index = 0
    while (index < count && records.startOf(index) - base < from) index++
    while (index < count && records.startOf(index) - base < to) {
      const start = records.startOf(index) - base
      index = records.collect(index)
      if (records.matchCount > 0) this.#offer(window, start, out)
    }
  }

  /** Offers the matches at one start: each pattern's from the longest on, until one is taken. */
  #offer(
    window: Window,
    start: number,
    out: { sink: MatchSink; taken: TakenMatches; passing: Passing },
  ): void {
    const { sink, taken, passing } = out
    const records = this.#records
    const match = this.#match
    match.bytes = window.bytes
    match.start = start
    match.from = Math.max(window.start, start - limits.contextBytes)
    match.offset = window.offset + start
    let done = -1
    let refused = 0
    for (let i = 0; i < records.matchCount; i++) {
      const pattern = records.pattern(i)
      if (pattern === done) continue
      if (pattern !== match.pattern || i === 0) refused = 0
      match.pattern = pattern
      if (refused > limits.alternatives || taken.covers(pattern, match.offset)) {
        done = pattern
        continue
      }
      match.end = start + records.length(i)
      match.to = Math.min(window.end, match.end + limits.contextBytes)
      passTo(passing, match.offset, sink)
      if (sink.match(match)) {
        taken.add(pattern, window.offset + match.end)
        done = pattern
      } else {
        refused++
      }
    }
  }
}

/** Passes what lies before position `offset` of the content and is not passed yet. */
export function passTo(passing: Passing, offset: number, sink: MatchSink): void {
  if (offset <= passing.passed) return
  sink.pass(passing.bytes, passing.passed - passing.offset, offset - passing.offset)
  passing.passed = offset
}
