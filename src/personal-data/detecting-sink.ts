import type { Match, MatchSink } from '../scan/scanner.ts'
import { reportingThresholds } from './categories.ts'
import type { Finding, FindingSink, Judgement } from './detector.ts'
import type { Judge } from './judging/judge.ts'
import type { Recogniser } from './recogniser.ts'

/**
 * Turns the matches of one content into findings. Where claims overlap, the surer one wins, then the longer, then the one
 * whose recogniser is listed first. Matches come in order of their start, so that no more than one claim is open at a
 * time: it is found as soon as all that could overlap it has been offered.
 */
export class DetectingSink implements MatchSink {
  readonly #judge: Judge
  readonly #ranks: ReadonlyMap<Recogniser, number>
  readonly #judgement: Judgement
  /** The open claim; `bytes`, `start` and `end` are set when it is found. */
  readonly #claim: Finding
  #claimEnd = -1
  /** Position in the content up to which bytes have passed. */
  #passed = 0
  #out: FindingSink = noSink

  constructor(judge: Judge, ranks: ReadonlyMap<Recogniser, number>) {
    this.#judge = judge
    this.#ranks = ranks
    this.#judgement = judge.createJudgement()
    this.#claim = { ...this.#judgement, field: '', bytes: new Uint8Array(0), start: 0, end: 0, offset: 0 }
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
    if (!this.#judge.examine(match)) return false
    const field = this.#out.field()
    const judgement = this.#judgement
    this.#judge.rate(match, field, judgement)
    if (judgement.confidence < reportingThresholds[judgement.recogniser.category]) return false
    const end = match.offset + match.end - match.start
    if (this.#claimEnd < 0 || this.#isBetter(end - match.offset)) this.#claimBytes(match.offset, end, field)
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

  #isBetter(length: number): boolean {
    const { confidence, recogniser } = this.#judgement
    const claim = this.#claim
    if (confidence !== claim.confidence) return confidence > claim.confidence
    const claimed = this.#claimEnd - claim.offset
    if (length !== claimed) return length > claimed
    return this.#ranks.get(recogniser)! < this.#ranks.get(claim.recogniser)!
  }

  #claimBytes(offset: number, end: number, field: string): void {
    const claim = this.#claim
    claim.recogniser = this.#judgement.recogniser
    claim.confidence = this.#judgement.confidence
    claim.field = field
    claim.offset = offset
    this.#claimEnd = end
  }
}

const noSink: FindingSink = { pass() {}, field: () => '', found() {} }
