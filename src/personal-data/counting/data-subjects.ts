import type { Recogniser } from '../recogniser.ts'
import { DistinctCounter } from './distinct-counter.ts'
import type { SubjectSketch } from './subject-sketch.ts'

/** A kind of value in one field, and what was last seen there. */
export interface FieldValues {
  recogniser: Recogniser
  /** Number of the record in which it was last seen, 0 before. */
  record: number
  /** Keyed hash of the last value, as two unsigned halves. */
  high: number
  low: number
}

/**
 * Counts whose data it is, where several values belong to one person. What comes in a row until a field repeats is taken for
 * one record, as in an array of objects, the rows of a table or of a query, and one request after the other; of a record, the value
 * that singles a person out best stands for its person. One person with five identifiers is thus counted once, and seen
 * twice still once. Where a person is known by one identifier here and only by another there, it is two.
 */
export class DataSubjects {
  readonly #persons = new DistinctCounter()
  #record = 1
  /** Of the record at hand: how well its best value singles out, and that value's hash. */
  #rank = 0
  #high = 0
  #low = 0

  /** A value was found; `high` and `low` are its keyed hash. */
  add(values: FieldValues, high: number, low: number): void {
    const isRepeated = values.record === this.#record && (values.high !== high || values.low !== low)
    if (isRepeated) this.#endRecord()
    values.record = this.#record
    values.high = high
    values.low = low
    const rank = subjectRank(values.recogniser)
    if (rank <= this.#rank) return
    this.#rank = rank
    this.#high = high
    this.#low = low
  }

  /** About how many persons, with that of the record at hand. */
  estimate(): number {
    const isNew = this.#rank > 0 && !this.#persons.has(this.#high, this.#low)
    return this.#persons.estimate() + (isNew ? 1 : 0)
  }

  /** Adds these persons to those of other flows. */
  addTo(sketch: SubjectSketch): void {
    this.#persons.addTo(sketch)
    if (this.#rank > 0) sketch.add(this.#high, this.#low)
  }

  #endRecord(): void {
    if (this.#rank > 0) this.#persons.add(this.#high, this.#low)
    this.#rank = 0
    this.#record++
  }
}

/**
 * How well a value singles out one person; 0 where many have the same. Numbers that a state or an insurer gives come first, then
 * what reaches a person, what pays, what people are called and where they live.
 */
function subjectRank({ id, category, forms }: Recogniser): number {
  if (id === 'name' || id === 'postal-address') return 2
  if (forms.length === 0 || id === 'date-of-birth' || id === 'diagnosis') return 0
  switch (category) {
    case 'identity':
      return 5
    case 'contact':
      return 4
    case 'financial':
      return 3
    case 'online':
      return 1
    default:
      return 0
  }
}
