import type { ValueSink } from '../content/field-tracker.ts'
import { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import type { Finding, FindingSink, PersonalDataDetector } from '../personal-data/detector.ts'

/** Judges the whole values that a tracker tells of. What was found in one by its form stands: then the whole is nothing more. */
export class WholeValues implements ValueSink {
  readonly #detector: PersonalDataDetector
  readonly #out: Pick<FindingSink, 'undecided' | 'told'>
  readonly #found: (finding: Finding, until: number) => void
  /** Position in the content where the last finding ended. */
  #foundUntil = 0

  /**
   * @param out - is told of values that depend on their records
   * @param found - takes a finding and the position in the content where it ends; what it is given is reused.
   */
  constructor(
    detector: PersonalDataDetector,
    out: Pick<FindingSink, 'undecided' | 'told'>,
    found: (finding: Finding, until: number) => void,
  ) {
    this.#detector = detector
    this.#out = out
    this.#found = found
  }

  /** Begins a new content. */
  reset(): void {
    this.#foundUntil = 0
  }

  /** Something was found that ends at this position. */
  foundUntil(position: number): void {
    this.#foundUntil = position
  }

  isTelling(field: string): boolean {
    return this.#detector.isTelling(field)
  }

  value(field: string, bytes: Uint8Array, start: number, end: number, from: number, to: number): void {
    if (from < this.#foundUntil) return
    const judgement = this.#detector.judgeField(bytes, start, end, field, from)
    if (judgement === undefined) return
    const { recogniser, confidence, needs, tells } = judgement
    const finding = { recogniser, confidence, field, bytes, start, end, offset: from }
    if (needs !== RecordEvidence.none) {
      this.#out.undecided?.(finding, needs)
      return
    }
    if (tells !== RecordEvidence.none) this.#out.told?.(tells)
    this.#found(finding, to)
  }
}
