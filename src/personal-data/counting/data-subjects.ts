import type { Recogniser } from '../recogniser.ts'
import { LinkedValues, SubjectSketch } from './subject-sketch.ts'

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
 * one record, as in an array of objects, the rows of a table or of a query, and one request after the other; its values are one
 * person's. One person with five identifiers is thus counted once, and seen twice still once; with one identifier here and
 * another there as well, where a record anywhere has both.
 */
export class DataSubjects {
  readonly #persons = new SubjectSketch()
  #record = 1
  readonly #values = new LinkedValues()

  /** A value was found; `high` and `low` are its keyed hash. */
  add(values: FieldValues, high: number, low: number): void {
    const isRepeated = values.record === this.#record && (values.high !== high || values.low !== low)
    if (isRepeated) this.#endRecord()
    values.record = this.#record
    values.high = high
    values.low = low
    const rank = subjectRank(values.recogniser)
    if (rank > 0) this.#values.add(values.recogniser.id, rank, high, low)
  }

  /** All persons, with that of the record at hand. */
  get sketch(): SubjectSketch {
    if (!this.#values.isEmpty) this.#persons.add(this.#values, true)
    return this.#persons
  }

  #endRecord(): void {
    this.#persons.add(this.#values)
    this.#values.clear()
    this.#record++
  }
}

/**
 * How well a value singles out one person; 0 where many have the same. Numbers that a state or an insurer gives come first, then
 * what reaches a person (a telephone may be a family's), what pays, what people are called and where they live.
 */
function subjectRank({ id, category, forms }: Recogniser): number {
  if (id === 'name' || id === 'postal-address') return 2
  if (forms.length === 0 || id === 'date-of-birth' || id === 'diagnosis') return 0
  switch (category) {
    case 'identity':
      return 6
    case 'contact':
      return id === 'phone' ? 4 : 5
    case 'financial':
      return 3
    case 'online':
      return 1
    default:
      return 0
  }
}
