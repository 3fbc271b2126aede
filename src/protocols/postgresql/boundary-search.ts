import { u32 } from '../../lib/bytes.ts'
import { Anomaly } from './anomalies.ts'
import { CollectedBytes } from './collected-bytes.ts'
import { limits } from './limits.ts'
import type { MessageTypes } from './message-types.ts'

const HEADER = 5
/** Holds the longest message that is looked for, with the next one's header, and as much that is passed over. */
const WINDOW = 2 * (limits.searchedBytes + 2 * HEADER)

const Verdict = { no: 0, maybe: 1, yes: 2 } as const

/** Takes what is no message. */
interface StrayTaker {
  stray(bytes: Uint8Array, start: number, end: number): void
  anomaly(code: string): void
}

/**
 * Finds the next message of a direction that is out of step: a type that the side sends, a length that fits, a body of
 * that type's shape, and behind it a header that could be one as well. What is passed over is handed on.
 */
export class BoundarySearch {
  readonly kept = new CollectedBytes()
  /** Where in `kept` a message may begin. */
  at = 0
  /** What is before has been handed on. */
  #passed = 0
  readonly #types: MessageTypes

  constructor(types: MessageTypes) {
    this.#types = types
  }

  /** Takes as much of `bytes[start, end)` as there is room for; returns where it stopped. */
  append(bytes: Uint8Array, start: number, end: number, taker: StrayTaker): number {
    if (this.kept.length === WINDOW) {
      this.kept.drop(this.#passed)
      this.at -= this.#passed
      this.#passed = 0
    }
    const stop = Math.min(end, start + WINDOW - this.kept.length)
    if (this.kept.append(bytes, start, stop)) return stop
    taker.anomaly(Anomaly.messageMemory)
    this.giveUp(taker)
    taker.stray(bytes, start, end)
    return end
  }

  /** True when a message begins at `at`; otherwise more bytes are needed. `isFinal`: none will come. */
  find(taker: StrayTaker, isFinal: boolean): boolean {
    let verdict: number = Verdict.no
    while (this.at < this.kept.length) {
      verdict = this.#judge(isFinal)
      if (verdict !== Verdict.no) break
      this.at++
    }
    taker.stray(this.kept.bytes, this.#passed, this.at)
    this.#passed = this.at
    if (this.at === this.kept.length) this.clear()
    return verdict === Verdict.yes
  }

  /** What was found ended at `at`, with bytes that can be no header. */
  goOnBehind(at: number): void {
    this.#passed = at
    this.at = at + 1
  }

  /** Hands on all that is kept. */
  giveUp(taker: StrayTaker): void {
    taker.stray(this.kept.bytes, this.#passed, this.kept.length)
    this.clear()
  }

  /** Gives back the memory; the search may begin anew. */
  clear(): void {
    this.kept.clear()
    this.at = 0
    this.#passed = 0
  }

  #judge(isFinal: boolean): number {
    const { bytes, length } = this.kept
    const { at } = this
    if (!this.#types.isKnown(bytes[at])) return Verdict.no
    const more = isFinal ? Verdict.no : Verdict.maybe
    if (at + HEADER > length) return more
    const bodyLength = u32(bytes, at + 1) - 4
    if (!this.#fits(bytes[at], bodyLength, limits.searchedBytes)) return Verdict.no
    const next = at + HEADER + bodyLength
    if (isFinal && next === length) return this.#hasShape(at, next)
    if (next + HEADER > length) return more
    if (!this.#fits(bytes[next], u32(bytes, next + 1) - 4, limits.messageBytes)) return Verdict.no
    return this.#hasShape(at, next)
  }

  #hasShape(at: number, end: number): number {
    const { bytes } = this.kept
    return this.#types.hasShape(bytes[at], bytes, at + HEADER, end) ? Verdict.yes : Verdict.no
  }

  #fits(type: number, length: number, most: number): boolean {
    return length <= most && this.#types.fits(type, length)
  }
}
