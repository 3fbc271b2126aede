import type { ValueSink } from '../content/field-tracker.ts'
import type { Finding, PersonalDataDetector } from '../personal-data/detector.ts'

/** Judges the whole values that a tracker tells of. What was found in one by its form stands: then the whole is nothing more. */
export class WholeValues implements ValueSink {
  readonly #detector: PersonalDataDetector
  readonly #found: (finding: Finding, until: number) => void
  /** Position in the content where the last finding ended. */
  #foundUntil = 0

  /** @param found - takes a finding and the position in the content where it ends; what it is given is reused. */
  constructor(detector: PersonalDataDetector, found: (finding: Finding, until: number) => void) {
    this.#detector = detector
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
    if (judgement !== undefined) this.#found({ ...judgement, field, bytes, start, end, offset: from }, to)
  }
}
