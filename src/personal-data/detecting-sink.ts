import type { Match, MatchSink } from '../scan/scanner.ts'
import { RuleMatches } from './custom/rule-matcher.ts'
import type { RuleSet } from './custom/rule-set.ts'
import type { Finding, FindingSink } from './detector.ts'
import { encodedRunCharacters } from './encoded-runs.ts'
import type { Trace } from './judging/assessment.ts'
import { ArrayValues } from './judging/array-values.ts'
import { RecordEvidence } from './judging/record-evidence.ts'
import type { Judge } from './judging/judge.ts'

/**
 * Turns the matches of one content into findings. Where two claim the same bytes, the one that the field is called after wins; else, where
 * claims overlap, the surer one, then the longer, then the one whose recogniser is listed first. Matches come in order of their start, so that no more than one claim is open at a
 * time: it is found as soon as all that could overlap it has been offered.
 */
export class DetectingSink implements MatchSink {
  readonly #judge: Judge
  /** Only where explanations are asked for. */
  readonly #trace: Trace | undefined
  /** Rules of sensors, whose patterns follow the judge's. */
  readonly #rules: RuleMatches | undefined
  readonly #judged: number
  /** Index of the first pattern of encoded runs, which are the last of all. */
  readonly #encoded: number
  /** The open claim; `bytes`, `start` and `end` are set when it is found. */
  readonly #claim: Finding
  #claimRank = 0
  #claimIsNamed = false
  #claimEnd = -1
  /** Position in the content where the last finding ended. */
  #foundUntil = 0
  /** Position of the last value that was too little by itself. */
  #heldAt = -1
  /** The array that is the value of a field. */
  readonly #array = new ArrayValues()
  /** Of what is reported besides the claim. */
  readonly #other: Finding
  /** Position in the content up to which the scanner has passed bytes, and up to which they were handed on. */
  #passed = 0
  #handedOn = 0
  #out: FindingSink = noSink

  constructor(judge: Judge, rules?: RuleSet, trace?: Trace) {
    this.#judge = judge
    this.#judged = judge.patterns.length
    this.#rules = rules === undefined ? undefined : new RuleMatches(rules)
    this.#encoded = this.#judged + (rules?.patterns.length ?? 0)
    this.#trace = trace
    this.#claim = emptyFinding(judge)
    this.#other = emptyFinding(judge)
  }

  /** Begins a new content. */
  reset(): void {
    this.#claimEnd = -1
    this.#foundUntil = 0
    this.#heldAt = -1
    this.#array.drop()
    this.#passed = 0
    this.#handedOn = 0
    if (this.#rules !== undefined) this.#rules.reset()
  }

  /** Where to report to; undefined between calls, so that nothing is kept alive. */
  set out(out: FindingSink | undefined) {
    this.#out = out ?? noSink
  }

  match(match: Match): boolean {
    if (match.pattern >= this.#encoded) return this.#beginRun(match)
    const judge = this.#judge
    if (match.pattern >= this.#judged) return this.#matchRule(match)
    const isPossible = judge.examine(match)
    if (this.#trace !== undefined) this.#explain(match, this.#trace)
    if (!isPossible) return false
    if (judge.opensArray) return this.#beginArray(match)
    // The name of a field stands before its value, which is what is asked about.
    const offset = match.offset + judge.start - match.start
    this.#handOn(match.bytes, match.start - match.offset, offset)
    const field = this.#out.field()
    judge.rate(match, field)
    if (judge.confidence < judge.best.threshold) {
      this.#hold(match.bytes, match.start - match.offset, field)
      return false
    }
    this.#tell(match.bytes)
    this.#offer(offset, field)
    return true
  }

  /** Its values are judged as they are passed. */
  #beginArray(match: Match): boolean {
    const origin = match.start - match.offset
    const at = this.#judge.start - origin
    this.#handOn(match.bytes, origin, at)
    const field = this.#out.field()
    const reading = this.#judge.keyReading(match, field)
    if (reading.telling.length === 0) return false
    this.#array.begin(at, field, reading)
    if (this.#trace !== undefined) this.#array.label = field === '' ? this.#judge.keyText(match) : undefined
    return true
  }

  /** Judges the values of an array that end before position `to`. */
  #followArray(bytes: Uint8Array, origin: number, to: number): void {
    const array = this.#array
    while (array.next(bytes, origin, to)) {
      if (this.#trace !== undefined) {
        for (const assessment of this.#judge.assessElement(bytes, origin, array))
          this.#trace.assessed(assessment)
      }
      if (this.#isClaimed(array.start, array.end)) continue
      const isFound = this.#judge.judgeElement(bytes, origin, array)
      this.#handOn(bytes, origin, array.start)
      if (isFound) this.#reportElement(bytes, origin)
      else this.#hold(bytes, origin, array.field)
    }
  }

  /** Whether something was found in the content's `[start, end)` by its form: then the whole is nothing more. */
  #isClaimed(start: number, end: number): boolean {
    return this.#foundUntil > start || (this.#claimEnd > start && this.#claim.offset < end)
  }

  #reportElement(bytes: Uint8Array, origin: number): void {
    this.#tell(bytes)
    this.#foundUntil = this.#judge.end - origin
    this.#out.found(this.#finding(bytes, origin, this.#array.field))
  }

  /** What was judged last says something of its record. */
  #tell(bytes: Uint8Array): void {
    if (this.#out.told === undefined) return
    const evidence = this.#judge.tells(bytes)
    if (evidence !== RecordEvidence.none) this.#out.told(evidence)
  }

  /** What was judged last is too little by itself. */
  #hold(bytes: Uint8Array, origin: number, field: string): void {
    const judge = this.#judge
    if (this.#out.undecided === undefined || judge.needs === RecordEvidence.none) return
    const finding = this.#finding(bytes, origin, field)
    // Patterns of two ways to write a field may both match it.
    if (finding.offset === this.#heldAt) return
    this.#heldAt = finding.offset
    finding.confidence = judge.raisedConfidence
    this.#out.undecided(finding, judge.needs)
  }

  /** What was judged last. */
  #finding(bytes: Uint8Array, origin: number, field: string): Finding {
    const { best, confidence, start, end } = this.#judge
    const finding = this.#other
    finding.recogniser = best.recogniser
    finding.confidence = confidence
    finding.field = field
    finding.bytes = bytes
    finding.start = start
    finding.end = end
    finding.offset = start - origin
    return finding
  }

  #matchRule(match: Match): boolean {
    this.#handOn(match.bytes, match.start - match.offset, match.offset)
    const index = match.pattern - this.#judged
    return this.#rules?.match(index, match, this.#out) ?? false
  }

  /** The content ends: `bytes[start, end)` is all of it, of which no match stands in what was not passed. */
  endWhole(bytes: Uint8Array, start: number, end: number): void {
    if (this.#array.isOpen) this.pass(bytes, start + this.#passed, end)
    this.settle(bytes, start)
    this.end()
  }

  /** The content has ended, and with it what rules may still have matched. */
  end(): void {
    if (this.#rules !== undefined) this.#rules.end()
  }

  /** The run begins behind what it was found by. */
  #beginRun({ bytes, start, end, offset }: Match): boolean {
    const origin = start - offset
    const begin = end - encodedRunCharacters
    this.#handOn(bytes, origin, begin - origin)
    this.#out.encodedRun?.(bytes, begin, this.#handedOn + origin)
    return true
  }

  /** What stands in the bytes before the value is handed on, even where the value is nothing: its field is to be known. */
  #explain(match: Match, trace: Trace): void {
    const origin = match.start - match.offset
    this.#handOn(match.bytes, origin, this.#judge.start - origin)
    for (const assessment of this.#judge.assess(match, this.#out.field())) trace.assessed(assessment)
  }

  /** Takes the whole of a content as the value of a field, where the field's name says that it counts. */
  field(bytes: Uint8Array, start: number, end: number): void {
    const field = this.#out.field()
    if (this.#trace !== undefined) {
      for (const assessment of this.#judge.assessField(bytes, start, end, field, 0))
        this.#trace.assessed(assessment)
    }
    if (this.#judge.judgeField(bytes, start, end, field)) {
      this.#tell(bytes)
      this.#offer(0, field)
    } else this.#hold(bytes, start, field)
  }

  pass(bytes: Uint8Array, start: number, end: number): void {
    const passed = this.#passed + end - start
    const origin = start - this.#passed
    if (this.#claimEnd >= 0 && this.#claimEnd <= passed) this.settle(bytes, origin)
    if (this.#array.isOpen) this.#followArray(bytes, origin, passed)
    this.#passed = passed
    this.#handOn(bytes, origin, passed)
  }

  /** Hands on what has not been up to position `to`. `bytes` holds the content's byte 0 at index `origin`, or would. */
  #handOn(bytes: Uint8Array, origin: number, to: number): void {
    if (to <= this.#handedOn) return
    this.#out.pass(bytes, this.#handedOn + origin, to + origin)
    this.#handedOn = to
  }

  /** Reports the open claim, if there is one. `bytes` holds the content's byte 0 at index `origin`, or would. */
  settle(bytes: Uint8Array, origin: number): void {
    if (this.#claimEnd < 0) return
    const claim = this.#claim
    claim.bytes = bytes
    claim.start = claim.offset + origin
    claim.end = this.#claimEnd + origin
    this.#foundUntil = this.#claimEnd
    this.#claimEnd = -1
    this.#out.found(claim)
  }

  /** What was judged last claims its bytes, from position `offset` on. */
  #offer(offset: number, field: string): void {
    const { start, end } = this.#judge
    const length = end - start
    if (this.#claimEnd < 0 || this.#isBetter(offset, length)) this.#take(offset, length, field)
  }

  /** True when what was judged last is to have the bytes that the open claim shares with it. */
  #isBetter(offset: number, length: number): boolean {
    const { confidence, best, isNamed } = this.#judge
    const claim = this.#claim
    const isSame = offset === claim.offset && offset + length === this.#claimEnd
    if (isSame && isNamed !== this.#claimIsNamed) return isNamed
    if (confidence !== claim.confidence) return confidence > claim.confidence
    const claimed = this.#claimEnd - claim.offset
    return length === claimed ? best.rank < this.#claimRank : length > claimed
  }

  #take(offset: number, length: number, field: string): void {
    const claim = this.#claim
    const { confidence, best, isNamed } = this.#judge
    claim.recogniser = best.recogniser
    claim.confidence = confidence
    claim.field = field
    claim.offset = offset
    this.#claimRank = best.rank
    this.#claimIsNamed = isNamed
    this.#claimEnd = offset + length
  }
}

function emptyFinding({ best: { recogniser } }: Judge): Finding {
  return {
    ...{ recogniser, confidence: 0, field: '' },
    ...{ bytes: new Uint8Array(0), start: 0, end: 0, offset: 0 },
  }
}

const noSink: FindingSink = { pass() {}, field: () => '', found() {} }
