import { hexValue } from '../lib/ascii.ts'
import { latin1, utf8 } from '../lib/bytes.ts'
import { propertyFields } from './content-line-names.ts'
import { fieldName } from './field-name.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'
import { endValue, type RunSink, type ValueReader } from './value-reader.ts'

const State = { name: 0, parameterName: 1, parameterValue: 2, value: 3 } as const

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const TAB = 0x09
const QUOTE = 0x22
const COLON = 0x3a
const SEMICOLON = 0x3b
const EQUALS = 0x3d
const BACKSLASH = 0x5c

const NOTHING = new Uint8Array(0)

/**
 * vCard (RFC 2426, RFC 6350, and 2.1 before them) and iCalendar (RFC 5545), which write a property a line:
 * `ADR;TYPE=home:;;Hauptstr. 1;Berlin`. Each value, each component of a structured one and each name of an attendee (`CN`) is
 * a content of its own, with folds, escapes and quoted-printable undone, under the property's name and what the standard calls
 * it: `ADR.3 street address`. What is encoded as base64, as photos are, is passed over. Each component of a calendar and each
 * card is a record.
 */
export class ContentLinesReader implements FieldTracker, ValueReader {
  #state: number = State.name
  readonly #property = new Uint8Array(limits.nameBytes)
  #propertyLength = 0
  /** Name of the parameter at hand, and the beginning of its value. */
  readonly #parameter = new Uint8Array(limits.nameBytes)
  #parameterLength = 0
  #isParameterQuoted = false
  #isAttendeeName = false
  #encoding: 'none' | 'quoted' | 'base64' = 'none'
  /** Number of the component at hand of a structured value, from 1. */
  #component = 1
  #isStructured = false
  /** The line has ended, unless the next one is a part of it. */
  #isLineOver = false
  /** Behind a backslash, or behind the `=` of quoted-printable and its first digit. */
  #isEscaped = false
  #quotedDigits = 0
  #quotedHigh = 0
  readonly #decoded = new Uint8Array(1)
  /** Something of the value at hand was handed on. */
  #isBegun = false
  #record = 0
  /** What is read at hand, and where the run begins in it that was not handed on. */
  #bytes: Uint8Array = NOTHING
  #run = 0
  #sink: RunSink | undefined

  reset(): void {
    this.#isBegun = false
    this.#record = 0
    this.#beginLine()
  }

  #beginLine(): void {
    this.#state = State.name
    this.#propertyLength = 0
    this.#parameterLength = 0
    this.#isParameterQuoted = false
    this.#isAttendeeName = false
    this.#encoding = 'none'
    this.#component = 1
    this.#isStructured = false
    this.#isLineOver = false
    this.#isEscaped = false
    this.#quotedDigits = 0
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    this.#bytes = bytes
    this.#sink = sink
    this.#run = start
    for (let i = start; i < end; i++) this.#step(bytes[i], i)
    this.#handOn(end)
    this.#bytes = NOTHING
    this.#sink = undefined
  }

  end(sink?: RunSink): void {
    this.#sink = sink
    this.#endValue()
    this.#sink = undefined
  }

  #step(c: number, at: number): void {
    if (this.#isLineOver) {
      this.#isLineOver = false
      const isFolded = c === SPACE || c === TAB
      if (isFolded) {
        this.#run = at + 1
        return
      }
      this.#endLine(at)
    }
    if (c === CR || c === LF) this.#lineEnd(c, at)
    else if (this.#state === State.value) this.#inValue(c, at)
    else if (this.#state === State.parameterValue) this.#inParameterValue(c, at)
    else this.#inName(c, at)
  }

  /** A line that ends in `=` goes on in the next one where it is quoted-printable (RFC 2045 section 6.7). */
  #lineEnd(c: number, at: number): void {
    this.#handOn(at)
    this.#run = at + 1
    if (c === CR) return
    if (this.#quotedDigits > 0) this.#quotedDigits = 0
    else this.#isLineOver = true
  }

  #endLine(at: number): void {
    this.#endValue()
    if (this.#record === 0 || this.#is('BEGIN')) this.#record++
    this.#beginLine()
    this.#run = at
  }

  #inName(c: number, at: number): void {
    if (c === COLON) this.#beginValue(at)
    else if (c === SEMICOLON) this.#endParameter(State.parameterName)
    else if (c === EQUALS && this.#state === State.parameterName) {
      this.#isAttendeeName = latin1(this.#parameter, 0, this.#parameterLength).toUpperCase() === 'CN'
      this.#parameterLength = 0
      this.#state = State.parameterValue
      this.#run = at + 1
    } else if (this.#state === State.parameterName) this.#keepParameter(c)
    else if (this.#propertyLength < this.#property.length) this.#property[this.#propertyLength++] = c
  }

  #inParameterValue(c: number, at: number): void {
    const isEnd = !this.#isParameterQuoted && (c === COLON || c === SEMICOLON)
    if (c !== QUOTE && !isEnd) {
      this.#keepParameter(c)
      return
    }
    this.#handOn(at)
    this.#run = at + 1
    if (c === QUOTE) this.#isParameterQuoted = !this.#isParameterQuoted
    else if (c === COLON) this.#beginValue(at)
    else this.#endParameter(State.parameterName)
  }

  #keepParameter(c: number): void {
    if (this.#parameterLength < this.#parameter.length) this.#parameter[this.#parameterLength++] = c
  }

  /** Encodings are parameters without a name in vCard 2.1. */
  #endParameter(next: number): void {
    this.#endValue()
    const value = latin1(this.#parameter, 0, this.#parameterLength).toUpperCase()
    if (value === 'QUOTED-PRINTABLE') this.#encoding = 'quoted'
    else if (value === 'BASE64' || value === 'B') this.#encoding = 'base64'
    this.#parameterLength = 0
    this.#isAttendeeName = false
    this.#state = next
  }

  #beginValue(at: number): void {
    this.#endParameter(State.value)
    this.#isStructured = propertyFields.get(this.#propertyName())?.components !== undefined
    this.#run = at + 1
  }

  #inValue(c: number, at: number): void {
    if (this.#encoding === 'quoted' && (c === EQUALS || this.#quotedDigits > 0)) this.#inQuoted(c, at)
    else if (this.#isEscaped) this.#escaped(c, at)
    else if (c === BACKSLASH) {
      this.#handOn(at)
      this.#run = at + 1
      this.#isEscaped = true
    } else if (c === SEMICOLON && this.#isStructured) {
      this.#handOn(at)
      this.#run = at + 1
      this.#endValue()
      this.#component++
    }
  }

  /** `\n` is a line end, anything else stands for itself (RFC 6350 section 3.4). */
  #escaped(c: number, at: number): void {
    this.#isEscaped = false
    if ((c | 0x20) !== 0x6e) return
    this.#run = at + 1
    this.#handOnByte(LF)
  }

  #inQuoted(c: number, at: number): void {
    this.#handOn(at)
    this.#run = at + 1
    if (c === EQUALS) {
      this.#quotedDigits = 1
      return
    }
    const digit = hexValue(c)
    if (digit < 0) this.#quotedDigits = 0
    else if (this.#quotedDigits === 1) {
      this.#quotedHigh = digit
      this.#quotedDigits = 2
    } else {
      this.#quotedDigits = 0
      this.#handOnByte((this.#quotedHigh << 4) | digit)
    }
  }

  #handOnByte(byte: number): void {
    this.#decoded[0] = byte
    this.#give(this.#decoded, 0, 1)
  }

  /** Hands on what was read of a value up to `to`. */
  #handOn(to: number): void {
    if (this.#isWanted && this.#run < to) this.#give(this.#bytes, this.#run, to)
    this.#run = to
  }

  /** Whether what is read is a value that is handed on. */
  get #isWanted(): boolean {
    if (this.#state === State.value) return this.#encoding !== 'base64'
    return this.#state === State.parameterValue && this.#isAttendeeName
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    this.#isBegun = true
    this.#sink?.value(bytes, start, end, false)
  }

  #endValue(): void {
    if (!this.#isBegun) return
    this.#isBegun = false
    endValue(this.#sink)
  }

  /** Without the group that it may stand in: `item1.TEL`. */
  #propertyName(): string {
    const name = utf8(this.#property, 0, this.#propertyLength).toUpperCase()
    return name.slice(name.lastIndexOf('.') + 1)
  }

  #is(property: string): boolean {
    return this.#propertyName() === property
  }

  name(): string {
    const property = this.#propertyName()
    const known = propertyFields.get(property)
    if (this.#isAttendeeName) return `${fieldName(property)} CN ${known?.commonName ?? 'full name'}`
    if (known === undefined) return fieldName(utf8(this.#property, 0, this.#propertyLength))
    const component = known.components?.[this.#component - 1]
    if (known.components === undefined) return `${property} ${known.name}`
    return component === undefined ? property : `${property}.${this.#component} ${component}`
  }

  field(): string {
    return this.name()
  }

  record(): number {
    return this.#record
  }

  isInRecord(record: number): boolean {
    return this.#record === record
  }
}
