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

class HeldValue<T> {
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
 * Values of a content that are personal data only where the record that they stand in is a person's: held until something in
 * the record says so, or other values take their places. Of the records that are known the latest are remembered, for values
 * that come behind. Places are made once and used again: in most contents many values are held, and none ever counts.
 */
export class HeldValues<T> {
  readonly #found: (item: T) => void
  readonly #held: readonly HeldValue<T>[]
  #next = 0
  /** Values since a record was last told of. */
  #heldInVain = 0
  readonly #records = new Int32Array(limits.knownRecords)
  readonly #evidence = new Uint8Array(limits.knownRecords)
  #nextRecord = 0

  /**
   * @param makeItem - makes what keeps a value
   * @param found - takes a value whose record is known for what it needs
   */
  constructor(makeItem: () => T, found: (item: T) => void) {
    this.#found = found
    this.#held = Array.from({ length: limits.heldValues }, () => new HeldValue(makeItem()))
  }

  /** Begins a new content. */
  clear(): void {
    this.#heldInVain = 0
    for (const held of this.#held) held.isTaken = false
    this.#evidence.fill(RecordEvidence.none)
  }

  /** Whether a record is already known for one of `needs`. */
  isKnown(record: number, needs: RecordEvidence): boolean {
    const at = this.#records.indexOf(record)
    return at >= 0 && (this.#evidence[at] & needs) !== 0
  }

  /**
   * What is to keep a value: in place of what was held at its place before, or of the value that is held longest if all are
   * taken. Undefined once so many were held in vain that no record of the content seems to be a person's.
   */
  hold({ record, needs, start, end }: RecordPlace): T | undefined {
    if (this.#heldInVain >= limits.heldInVain) return undefined
    this.#heldInVain++
    this.claim(start, end)
    const held = this.#held[this.#next]
    this.#next = (this.#next + 1) % this.#held.length
    held.isTaken = true
    held.record = record
    held.needs = needs
    held.start = start
    held.end = end
    return held.item
  }

  /** Something in a record says `evidence` of it. */
  tell(record: number, evidence: RecordEvidence): void {
    this.#heldInVain = 0
    this.#remember(record, evidence)
    for (const held of this.#held) {
      if (!held.isTaken || held.record !== record || (held.needs & evidence) === 0) continue
      held.isTaken = false
      this.#found(held.item)
    }
  }

  /** Something was found in the content's `[start, end)`: what is held there is nothing more. */
  claim(start: number, end: number): void {
    for (const held of this.#held) if (held.start < end && start < held.end) held.isTaken = false
  }

  /** Frees the places of values whose records are over, and hands the others to `kept`. */
  keep(goesOn: (record: number) => boolean, kept: (item: T) => void): void {
    for (const held of this.#held) {
      if (!held.isTaken) continue
      held.isTaken = goesOn(held.record)
      if (held.isTaken) kept(held.item)
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
