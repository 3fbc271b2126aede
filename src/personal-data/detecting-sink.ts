import type { Match, MatchSink } from '../scan/scanner.ts'
import type { Finding, FindingSink } from './detector.ts'
import type { Judge } from './judging/judge.ts'

/**
 * Turns the matches of one content into findings. Where claims overlap, the surer one wins, then the longer, then the one
 * whose recogniser is listed first. Matches come in order of their start, so that no more than one claim is open at a
 * time: it is found as soon as all that could overlap it has been offered.
 */
export class DetectingSink implements MatchSink {
  readonly #judge: Judge
  /** The open claim; `bytes`, `start` and `end` are set when it is found. */
  readonly #claim: Finding
  #claimRank = 0
  #claimEnd = -1
  /** Position in the content up to which bytes have passed. */
  #passed = 0
  #out: FindingSink = noSink

  constructor(judge: Judge) {
    this.#judge = judge
    const { recogniser } = judge.best
    this.#claim = {
      ...{ recogniser, confidence: 0, field: '' },
      ...{ bytes: new Uint8Array(0), start: 0, end: 0, offset: 0 },
    }
  }

  /** Begins a new content. */
  reset(): void {
    this.#claimEnd = -1
    this.#passed = 0
  }

  /** Where to report to; undefined between calls, so that nothing is kept alive. */
  set out(out: FindingSink | undefined) {
    this.#out = out ?? noSink
  }

  match(match: Match): boolean {
    const judge = this.#judge
    if (!judge.examine(match)) return false
    const field = this.#out.field()
    judge.rate(match, field)
    if (judge.confidence < judge.best.threshold) return false
    const length = match.end - match.start
    if (this.#claimEnd < 0 || this.#isBetter(length)) this.#take(match.offset, length, field)
    return true
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    const passed = this.#passed + end - start
    if (this.#claimEnd >= 0 && this.#claimEnd <= passed) this.settle(bytes, start - this.#passed)
    this.#passed = passed
    this.#out.pass(bytes, start, end)
  }

  /** Reports the open claim, if there is one. `bytes` holds the content's byte 0 at index `origin`, or would. */
  settle(bytes: Uint8Array, origin: number): void {
    if (this.#claimEnd < 0) return
    const claim = this.#claim
    claim.bytes = bytes
    claim.start = claim.offset + origin
    claim.end = this.#claimEnd + origin
    this.#claimEnd = -1
    this.#out.found(claim)
  }

  /** True when the match that was judged last is to have the bytes that the open claim shares with it. */
  #isBetter(length: number): boolean {
    const { confidence, best } = this.#judge
    const claim = this.#claim
    if (confidence !== claim.confidence) return confidence > claim.confidence
    const claimed = this.#claimEnd - claim.offset
    return length === claimed ? best.rank < this.#claimRank : length > claimed
  }

  #take(offset: number, length: number, field: string): void {
    const claim = this.#claim
    const { confidence, best } = this.#judge
    claim.recogniser = best.recogniser
    claim.confidence = confidence
    claim.field = field
    claim.offset = offset
    this.#claimRank = best.rank
    this.#claimEnd = offset + length
  }
}

const noSink: FindingSink = { pass() {}, field: () => '', found() {} }
