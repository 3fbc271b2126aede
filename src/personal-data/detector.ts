import type { Place } from '../model/records.ts'
import type { Scanner } from '../scan/scanner.ts'
import type { RuleSet } from './custom/rule-set.ts'
import type { RuleState } from './custom/rule-state.ts'
import type { RecordEvidence } from './judging/record-evidence.ts'
import type { Recogniser } from './recogniser.ts'

/** What a match was judged to be. */
export interface Judgement {
  recogniser: Recogniser
  /** 0 to 1, by the rule in readme.md. */
  confidence: number
  /** What its record has to be known for; `none` of what is found by itself. */
  needs: RecordEvidence
  /** What it says of its record. */
  tells: RecordEvidence
}

/** One value found. The detector reuses the object and its bytes: take what is needed, keep neither. */
export interface Finding {
  recogniser: Recogniser
  confidence: number
  /** What `field()` of the sink said at its start. */
  field: string
  /** The value lies in `bytes[start, end)`. */
  bytes: Uint8Array
  start: number
  end: number
  /** Position of its first byte in the content, counted over all writes. */
  offset: number
}

/** Where a detector's findings go, and what it has to ask about the content. */
export interface FindingSink {
  /** As in `MatchSink`: bytes in order, each once; before `field()` is asked, all up to the value. */
  pass(bytes: Uint8Array, start: number, end: number): void
  /** Name of the field at the position passed to: `$.customer.taxId`, `authorization`, a column's name; `''` if none. */
  field(): string
  /**
   * A run of base64 that may hold text begins at the position passed to, or before: what of it was passed already lies in
   * `bytes[start, end)`. Where it is absent, nobody asks.
   */
  encodedRun?(bytes: Uint8Array, start: number, end: number): void
  /** At or above the reporting threshold of its category, overlaps decided; in order of `offset`. */
  found(finding: Finding): void
  /**
   * A value too little to be found by itself, and where its field says too little: it is found if the record that the position
   * passed to lies in is known for one of `needs`. Its confidence is what it has then. Where it is absent, there are no records.
   */
  undecided?(finding: Finding, needs: RecordEvidence): void
  /** What was found at the position passed to, or is about to be, says this of its record. */
  told?(evidence: RecordEvidence): void
  /**
   * A rule of a sensor matched: beside what was found, whatever lies there, and not always in order. Where it is absent,
   * `found` is called.
   */
  matchedRule?(finding: Finding): void
  /**
   * What the message that the content is a part of has of rules, so that their patterns may stand in several parts; absent or
   * undefined where the content is a message of its own.
   */
  ruleState?(): RuleState | undefined
  /** Keeps a value of a rule that is found if nothing of its message speaks against it, and returns what reports it then. */
  ruleWaits?(finding: Finding): () => void
  /** Which part of a request this is, for rules that are about one; absent for the body of anything. */
  readonly place?: Place | undefined
}

export interface PersonalDataDetector {
  readonly scanner: Scanner
  /** Rules of sensors. */
  readonly rules: RuleSet | undefined
  /** Detects in a whole content. */
  detect(bytes: Uint8Array, start: number, end: number, sink: FindingSink): void
  /** The same where the content is the whole value of the field that the sink names. */
  detectField(bytes: Uint8Array, start: number, end: number, sink: FindingSink): void
  /**
   * What the whole value of a field is by the field's name; undefined when it is nothing, in whatever record. Its position in the
   * content, `offset`, is for explanations only.
   */
  judgeField(
    bytes: Uint8Array,
    start: number,
    end: number,
    field: string,
    offset?: number,
  ): Judgement | undefined
  /** Whether whole values of a field are to be judged at all. */
  isTelling(field: string): boolean
  /** Recognisers that the field at `bytes[start]`, or the label before it, is called after. For explanations. */
  calledAfter(bytes: Uint8Array, start: number, field: string): readonly Recogniser[]
  /** For a content that comes in pieces; poolable, nothing is allocated per write. */
  createStream(): DetectionStream
}

export interface DetectionStream {
  write(bytes: Uint8Array, start: number, end: number, sink: FindingSink): void
  close(sink: FindingSink): void
  reset(): void
  /** Tells what `close` would find now, and goes on as if it had not been asked. `pass` is not called. */
  peek(sink: FindingSink): void
}
