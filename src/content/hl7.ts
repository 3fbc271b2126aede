import { latin1 } from '../lib/bytes.ts'
import type { ValueSink, ValueTracker } from './field-tracker.ts'
import type { Hl7Field, Hl7Fields } from './hl7-names.ts'
import { hl7Fields } from './hl7-names.ts'
import { KeptValue } from './kept-value.ts'

const State = {
  /** In the three letters of a segment's name. */
  name: 0,
  /** In the characters that separate, which stand in the second field of a header. */
  separators: 1,
  value: 2,
  /** In a line that is no segment. */
  other: 3,
} as const

const nameBytes = 3

/** Fields and components from here on share a name: no segment has as many. */
const mostShown = 200

const CR = 0x0d
const LF = 0x0a

/** Separators of a component, a repetition, an escape and a subcomponent, where no header says otherwise. */
const usual = Buffer.from('^~\\&')
const usualFieldSeparator = 0x7c

const headers = new Set(['MSH', 'BHS', 'FHS'])

/**
 * HL7 version 2 in its own encoding (chapter 2 of the standard), with the frames of MLLP or without. A field is called by its
 * segment and numbers, with what the standard calls it where that is about people: `PID-5.1 patient name family name`.
 * Repetitions share a field. A component is a whole value.
 */
export class Hl7Tracker implements ValueTracker {
  values: ValueSink | undefined
  readonly #value = new KeptValue()
  /** Of the byte at hand, in the content. */
  #at = 0
  readonly #name = new Uint8Array(nameBytes)
  readonly #separators = Buffer.from(usual)
  #nameLength = 0
  #state: number = State.name
  #fieldSeparator = usualFieldSeparator
  #separatorCount = 0
  /** What is known of the segment at hand. */
  #fields: Hl7Fields | undefined
  #field = 0
  #component = 0

  reset(): void {
    this.#separators.set(usual)
    this.#fieldSeparator = usualFieldSeparator
    this.#at = 0
    this.#value.drop()
    this.#beginSegment()
  }

  #beginSegment(): void {
    this.#state = State.name
    this.#nameLength = 0
    this.#field = 0
    this.#component = 0
  }

  end(): void {
    this.#endValue()
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (c === CR || c === LF) this.#endSegment()
      else if (this.#state === State.value) this.#inValue(c)
      else if (this.#state === State.name) this.#inName(c)
      else if (this.#state === State.separators) this.#inSeparators(c)
      this.#at++
    }
  }

  #endSegment(): void {
    this.#endValue()
    this.#beginSegment()
  }

  #inName(c: number): void {
    // The bytes that MLLP puts around a message.
    if (this.#nameLength === 0 && c < 0x20) return
    if (this.#nameLength < nameBytes && isNameByte(c, this.#nameLength)) this.#name[this.#nameLength++] = c
    else if (this.#nameLength === nameBytes && this.#endsName(c)) this.#beginFields(c)
    else this.#state = State.other
  }

  #endsName(c: number): boolean {
    return this.#isHeader() ? !isNameByte(c, 1) && c > 0x20 : c === this.#fieldSeparator
  }

  #isHeader(): boolean {
    return headers.has(latin1(this.#name, 0, nameBytes))
  }

  /** The separator itself is the first field of a header. */
  #beginFields(c: number): void {
    const segment = latin1(this.#name, 0, nameBytes)
    this.#fields = Object.hasOwn(hl7Fields, segment) ? hl7Fields[segment] : undefined
    this.#field = 1
    this.#component = 1
    this.#state = State.value
    if (headers.has(segment)) {
      this.#fieldSeparator = c
      this.#separatorCount = 0
      this.#field = 2
      this.#state = State.separators
    } else this.#beginValue()
  }

  #inSeparators(c: number): void {
    if (c === this.#fieldSeparator) {
      this.#field++
      this.#state = State.value
      this.#beginValue()
    } else if (this.#separatorCount < usual.length) this.#separators[this.#separatorCount++] = c
  }

  #inValue(c: number): void {
    const separators = this.#separators
    if (c === this.#fieldSeparator) this.#goOn(this.#field + 1, 1)
    else if (c === separators[0]) this.#goOn(this.#field, this.#component + 1)
    else if (c === separators[1]) this.#goOn(this.#field, 1)
    else if (c === separators[3]) this.#goOn(this.#field, this.#component)
    else if (this.#value.isOpen) this.#value.add(c, this.#at)
  }

  #goOn(field: number, component: number): void {
    this.#endValue()
    this.#field = field
    this.#component = component
    this.#beginValue()
  }

  #beginValue(): void {
    const { values } = this
    if (values !== undefined && this.#known() !== undefined && values.isTelling(this.field()))
      this.#value.begin()
  }

  #endValue(): void {
    if (this.#value.isOpen && this.values !== undefined) this.#value.end(this.field(), this.values)
  }

  #known(): Hl7Field | undefined {
    return this.#fields?.[this.#field]
  }

  field(): string {
    if (this.#state !== State.value) return ''
    const position = `${latin1(this.#name, 0, nameBytes)}-${shown(this.#field)}`
    const known = this.#known()
    if (known === undefined) return position
    if (known.components === undefined) return `${position} ${known.name}`
    const component = known.components[this.#component]
    const place = `${position}.${shown(this.#component)} ${known.name}`
    return component === undefined ? place : `${place} ${component}`
  }
}

function shown(position: number): string {
  return position < mostShown ? String(position) : '…'
}

/** A capital, or behind the first a digit, too. */
function isNameByte(c: number, at: number): boolean {
  return (c >= 0x41 && c <= 0x5a) || (at > 0 && c >= 0x30 && c <= 0x39)
}
