import { fieldName } from '../content/field-name.ts'
import type { Direction } from '../model/direction.ts'
import type { Place } from '../model/records.ts'
import type { Finding, FindingSink } from '../personal-data/detector.ts'
import type { RecordEvidence } from '../personal-data/judging/record-evidence.ts'
import { ContentRecords } from './content-records.ts'
import type { ContentOwner, InspectorContext } from './content-owner.ts'

/** One short value whose field the parser knows. */
export class NamedValue implements FindingSink {
  readonly #context: InspectorContext
  #owner: ContentOwner | undefined
  #direction: Direction = 0
  #place: Place = 'payload'
  #name = ''
  readonly #records: ContentRecords
  /** 1 while a record is at hand. */
  #record = 0
  /** Of the value at hand among those of its record. */
  #valueStart = 0

  constructor(context: InspectorContext) {
    this.#context = context
    this.#records = new ContentRecords(context, (field) => this.#shownField(field))
  }

  /** Named values up to `endRecord` belong together. */
  beginRecord(owner: ContentOwner, direction: Direction): void {
    this.#records.begin(owner, direction)
    this.#valueStart = 0
    this.#record = 1
  }

  endRecord(): void {
    this.#records.clear()
    this.#record = 0
  }

  begin(owner: ContentOwner, direction: Direction, place: Place, name: string): void {
    this.#owner = owner
    this.#direction = direction
    this.#place = place
    this.#name = name
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    this.#context.detector.detectField(bytes, start, end, this)
    this.#valueStart += end - start
  }

  pass(): void {}

  get place(): Place {
    return this.#place
  }

  field(): string {
    return this.#name
  }

  undecided(finding: Finding, needs: RecordEvidence): void {
    const start = this.#valueStart + finding.offset
    const end = start + finding.end - finding.start
    this.#records.hold(finding, { record: this.#record, needs, start, end })
  }

  told(evidence: RecordEvidence): void {
    this.#records.tell(this.#record, evidence)
  }

  found(finding: Finding): void {
    const { hashes, now } = this.#context
    const { offset, start, end } = finding
    this.#records.claim(this.#valueStart + offset, this.#valueStart + offset + end - start)
    this.#owner?.findings.add(this.#direction, this.#shownField(finding.field), finding, hashes, now)
  }

  #shownField(field: string): string {
    return fieldText(this.#place, fieldName(field))
  }
}

/** Where a value stood: its place in the protocol and the field's name. */
export function fieldText(place: Place, name: string): string {
  return name === '' ? place : `${place} ${name}`
}
