import { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import { limits } from './limits.ts'

/** Where a value stands, and what makes it count. */
export interface RecordPlace {
  record: number
  /** One of these has to be known of the record. */
  needs: RecordEvidence
  /** Positions in the content. */
  start: number
  end: number
}

class WaitingPlace<T> {
  isTaken = false
  record = 0
  needs: RecordEvidence = RecordEvidence.none
  start = 0
  end = 0
  readonly item: T

  constructor(item: T) {
    this.item = item
  }
}

/**
 * Values of a content that are personal data only where the record that they stand in is a person's: kept until something in
 * the record says so, or other values take their places. Of the records that are known the latest are remembered, for values
 * that come behind. Places are made once and used again: in most contents many values wait, and none ever counts.
 */
export class WaitingValues<T> {
  readonly #found: (item: T) => void
  readonly #places: readonly WaitingPlace<T>[]
  #next = 0
  /** Values since a record was last told of. */
  #inVain = 0
  readonly #records = new Int32Array(limits.knownRecords)
  readonly #evidence = new Uint8Array(limits.knownRecords)
  #nextRecord = 0

  /**
   * @param makeItem - makes what keeps a value
   * @param found - takes a value whose record is known for what it needs
   */
  constructor(makeItem: () => T, found: (item: T) => void) {
    this.#found = found
    this.#places = Array.from({ length: limits.waitingValues }, () => new WaitingPlace(makeItem()))
  }

  /** Begins a new content. */
  clear(): void {
    this.#inVain = 0
    for (const place of this.#places) place.isTaken = false
    this.#evidence.fill(RecordEvidence.none)
  }

  /** Whether a record is already known for one of `needs`. */
  isKnown(record: number, needs: RecordEvidence): boolean {
    const at = this.#records.indexOf(record)
    return at >= 0 && (this.#evidence[at] & needs) !== 0
  }

  /**
   * What is to keep a value: in place of what was kept at its place before, or of the value that waits longest if all places are
   * taken. Undefined once so many waited in vain that no record of the content seems to be a person's.
   */
  keep({ record, needs, start, end }: RecordPlace): T | undefined {
    if (this.#inVain >= limits.waitedInVain) return undefined
    this.#inVain++
    this.claim(start, end)
    const place = this.#places[this.#next]
    this.#next = (this.#next + 1) % this.#places.length
    place.isTaken = true
    place.record = record
    place.needs = needs
    place.start = start
    place.end = end
    return place.item
  }

  /** Something in a record says `evidence` of it. */
  tell(record: number, evidence: RecordEvidence): void {
    this.#inVain = 0
    this.#remember(record, evidence)
    for (const place of this.#places) {
      if (!place.isTaken || place.record !== record || (place.needs & evidence) === 0) continue
      place.isTaken = false
      this.#found(place.item)
    }
  }

  /** Something was found in the content's `[start, end)`: what waits there is nothing more. */
  claim(start: number, end: number): void {
    for (const place of this.#places) if (place.start < end && start < place.end) place.isTaken = false
  }

  /** Frees the places of values whose records are over, and hands the others to `kept`. */
  sift(goesOn: (record: number) => boolean, kept: (item: T) => void): void {
    for (const place of this.#places) {
      if (!place.isTaken) continue
      place.isTaken = goesOn(place.record)
      if (place.isTaken) kept(place.item)
    }
  }

  #remember(record: number, evidence: RecordEvidence): void {
    const known = this.#records.indexOf(record)
    if (known >= 0) {
      this.#evidence[known] |= evidence
      return
    }
    this.#records[this.#nextRecord] = record
    this.#evidence[this.#nextRecord] = evidence
    this.#nextRecord = (this.#nextRecord + 1) % this.#records.length
  }
}
