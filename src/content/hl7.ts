import { latin1 } from '../lib/bytes.ts'
import type { FieldTracker } from './field-tracker.ts'
import { hl7Fields } from './hl7-names.ts'
import type { ValueReader, ValueSink } from './value-reader.ts'
import { endValue } from './value-reader.ts'

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
 * Repetitions share a field. Each component is a value of its own.
 */
export class Hl7Tracker implements FieldTracker, ValueReader {
  readonly #name = new Uint8Array(nameBytes)
  readonly #separators = Buffer.from(usual)
  #nameLength = 0
  #state: number = State.name
  #fieldSeparator = usualFieldSeparator
  #separatorCount = 0
  #field = 0
  #component = 0
  /** Something of the value at hand was handed on. */
  #isOpen = false

  reset(): void {
    this.#separators.set(usual)
    this.#fieldSeparator = usualFieldSeparator
    this.#isOpen = false
    this.#beginSegment()
  }

  #beginSegment(): void {
    this.#state = State.name
    this.#nameLength = 0
    this.#field = 0
    this.#component = 0
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: ValueSink): void {
    let i = start
    while (i < end) {
      if (this.#state === State.name) this.#inName(bytes[i++], sink)
      else if (this.#state === State.separators) this.#inSeparators(bytes[i++])
      else i = this.#inValue(bytes, i, end, sink)
    }
  }

  end(sink?: ValueSink): void {
    if (this.#state === State.name && this.#nameLength > 0) sink?.value(this.#name, 0, this.#nameLength, true)
    else if (this.#isOpen) endValue(sink)
    this.reset()
  }

  #inName(c: number, sink: ValueSink | undefined): void {
    // Line feeds, and the bytes that MLLP puts around a message.
    if (this.#nameLength === 0 && c < 0x20) return
    if (this.#nameLength < nameBytes && isNameByte(c, this.#nameLength)) this.#name[this.#nameLength++] = c
    else if (this.#nameLength === nameBytes && this.#endsName(c)) this.#beginFields(c)
    else {
      // What was taken for a name is handed on, too.
      this.#state = State.other
      if (this.#nameLength > 0) this.#handOn(this.#name, 0, this.#nameLength, false, sink)
      this.#inValue(Buffer.of(c), 0, 1, sink)
    }
  }

  #endsName(c: number): boolean {
    return this.#isHeader() ? !isNameByte(c, 1) && c > 0x20 : c === this.#fieldSeparator
  }

  #isHeader(): boolean {
    return headers.has(latin1(this.#name, 0, nameBytes))
  }

  /** The separator itself is the first field of a header. */
  #beginFields(c: number): void {
    this.#field = 1
    this.#component = 1
    this.#state = State.value
    if (!this.#isHeader()) return
    this.#fieldSeparator = c
    this.#separatorCount = 0
    this.#field = 2
    this.#state = State.separators
  }

  #inSeparators(c: number): void {
    if (c === this.#fieldSeparator) {
      this.#field++
      this.#state = State.value
    } else if (c === CR || c === LF) this.#beginSegment()
    else if (this.#separatorCount < usual.length) this.#separators[this.#separatorCount++] = c
  }

  /** Reads on to the end of a component or line; returns where to go on. */
  #inValue(bytes: Uint8Array, start: number, end: number, sink: ValueSink | undefined): number {
    let i = start
    while (i < end && !this.#isEnd(bytes[i])) i++
    const isLast = i < end
    if (i > start || (isLast && this.#isOpen)) this.#handOn(bytes, start, i, isLast, sink)
    if (!isLast) return end
    this.#goOn(bytes[i])
    return i + 1
  }

  #handOn(bytes: Uint8Array, start: number, end: number, isLast: boolean, sink: ValueSink | undefined): void {
    sink?.value(bytes, start, end, isLast)
    this.#isOpen = !isLast
  }

  #isEnd(c: number): boolean {
    if (c === CR || c === LF) return true
    if (this.#state === State.other) return false
    const separators = this.#separators
    return c === this.#fieldSeparator || c === separators[0] || c === separators[1] || c === separators[3]
  }

  #goOn(c: number): void {
    if (c === CR || c === LF) this.#beginSegment()
    else if (c === this.#fieldSeparator) {
      this.#field++
      this.#component = 1
    } else if (c === this.#separators[0]) this.#component++
    else if (c === this.#separators[1]) this.#component = 1
  }

  name(): string {
    return this.field()
  }

  field(): string {
    if (this.#state !== State.value) return ''
    const segment = latin1(this.#name, 0, nameBytes)
    const known = Object.hasOwn(hl7Fields, segment) ? hl7Fields[segment][this.#field] : undefined
    const position = `${segment}-${shown(this.#field)}`
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
