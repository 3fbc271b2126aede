import type { Assessment, Trace } from '../personal-data/judging/assessment.ts'
import { raisedConfidence, weights } from '../personal-data/judging/confidence.ts'

interface FoundPlace {
  identifier: string
  start: number
  end: number
}

/** Everything that was looked at in a document, at its place in the document as it came. */
export class AssessmentList implements Trace {
  #list: Assessment[] = []
  readonly #kept = new WeakMap<FoundPlace, Assessment>()
  /** Positions in the document by those in what is detected in; undefined where they are the same. */
  origin: Uint32Array | undefined

  /** Place in the document of the encoded run that all of what is detected in stands in. */
  run: { start: number; end: number } | undefined

  clear(): void {
    this.#list = []
    this.origin = undefined
    this.run = undefined
  }

  assessed(assessment: Assessment): void {
    const { start, end } = assessment
    const placed = {
      ...assessment,
      ...(this.run ?? { start: this.#placeOf(start), end: this.#placeOf(end) }),
    }
    const terms = assessment.terms.map((term) =>
      term.because === 'context-word' && term.at >= 0 ? { ...term, at: this.#placeOf(term.at) } : term,
    )
    this.#list.push({ ...placed, terms })
  }

  /** What a finding was reported for: of several forms the surest, as in judging. */
  of(found: FoundPlace): Assessment | undefined {
    const kept = this.#kept.get(found)
    if (kept !== undefined) return kept
    const { identifier, start, end } = found
    return this.#list
      .filter(({ recogniser, outcome }) => recogniser.id === identifier && outcome === 'rated')
      .filter((assessment) => assessment.start === start && assessment.end === end)
      .toSorted((a, b) => b.confidence - a.confidence)[0]
  }

  /** A value is found for its record, whatever it came to by itself. */
  raise(found: FoundPlace): void {
    const assessment = this.of(found)
    if (assessment === undefined) return
    const terms = [...assessment.terms, { because: 'record', weight: weights.record } as const]
    const confidence = raisedConfidence(assessment.confidence)
    this.#list[this.#list.indexOf(assessment)] = { ...assessment, terms, confidence }
  }

  /** What a finding was reported for is found while it stands where it was assessed; it will be told of at another place. */
  keep(found: FoundPlace): void {
    const assessment = this.of(found)
    if (assessment === undefined) return
    const terms = assessment.terms.map((term) =>
      term.because === 'context-word' ? { ...term, at: -1 } : term,
    )
    this.#kept.set(found, { ...assessment, terms })
  }

  /** All that share a byte with the document's `[start, end)`. */
  overlapping(start: number, end: number): Assessment[] {
    return this.#list.filter((assessment) => assessment.start < end && start < assessment.end)
  }

  #placeOf(position: number): number {
    return this.run?.start ?? this.origin?.[position] ?? position
  }
}
