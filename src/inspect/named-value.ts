import { fieldName } from '../content/field-name.ts'
import type { Direction } from '../model/direction.ts'
import type { Place } from '../model/records.ts'
import type { Finding, FindingSink } from '../personal-data/detector.ts'
import type { ContentOwner, InspectorContext } from './content-owner.ts'

/** One short value whose field the parser knows. */
export class NamedValue implements FindingSink {
  readonly #context: InspectorContext
  #owner: ContentOwner | undefined
  #direction: Direction = 0
  #place: Place = 'payload'
  #name = ''

  constructor(context: InspectorContext) {
    this.#context = context
  }

  begin(owner: ContentOwner, direction: Direction, place: Place, name: string): void {
    this.#owner = owner
    this.#direction = direction
    this.#place = place
    this.#name = name
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    this.#context.detector.detectField(bytes, start, end, this)
  }

  pass(): void {}

  get place(): Place {
    return this.#place
  }

  field(): string {
    return this.#name
  }

  found(finding: Finding): void {
    const { hashes, now } = this.#context
    const field = fieldText(this.#place, fieldName(finding.field))
    this.#owner?.findings.add(this.#direction, field, finding, hashes, now)
  }
}

/** Where a value stood: its place in the protocol and the field's name. */
export function fieldText(place: Place, name: string): string {
  return name === '' ? place : `${place} ${name}`
}
