import { hexValue } from '../lib/ascii.ts'
import { utf8 } from '../lib/bytes.ts'
import { fieldName } from './field-name.ts'
import type { HeldValue } from './value-reader.ts'

const AMPERSAND = 0x26
const EQUALS = 0x3d
const PERCENT = 0x25
const PLUS = 0x2b

/** Receives decoded runs of a form; the bytes are only valid during the call. */
export interface FormSink {
  /** A run of the value of `name()`; `last` when the value ends with it. */
  value(bytes: Uint8Array, start: number, end: number, last: boolean): void
}

/**
 * Percent-decoding of query strings and form bodies (WHATWG URL section 5), streaming: an escape may be cut anywhere.
 * Values are handed on decoded, in runs of at most `chunkBytes`; the name of the pair is kept.
 */
export class FormDecoder {
  readonly #out: Uint8Array
  readonly #name: Uint8Array
  readonly #plusIsSpace: boolean
  #length = 0
  #nameLength = 0
  #inValue = false
  /** Hex digits of an unfinished escape: 0 none, 1 behind `%`, 2 behind the first digit. */
  #escape = 0
  #high = 0

  constructor(options: { chunkBytes?: number; nameBytes?: number; plusIsSpace?: boolean } = {}) {
    this.#out = new Uint8Array(options.chunkBytes ?? 4096)
    this.#name = new Uint8Array(options.nameBytes ?? 64)
    this.#plusIsSpace = options.plusIsSpace ?? true
  }

  reset(): void {
    this.#length = 0
    this.#nameLength = 0
    this.#inValue = false
    this.#escape = 0
  }

  name(): string {
    return fieldName(utf8(this.#name, 0, this.#nameLength))
  }

  /** All of a form is one record. */
  record(): number {
    return 1
  }

  isInRecord(record: number): boolean {
    return record === this.record()
  }

  read(bytes: Uint8Array, start: number, end: number, sink: FormSink): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#escape > 0) this.#escaped(c, sink)
      else if (c === PERCENT) this.#escape = 1
      else if (c === AMPERSAND) this.#endPair(sink)
      else if (c === EQUALS && !this.#inValue) this.#inValue = true
      else this.#put(c === PLUS && this.#plusIsSpace ? 0x20 : c, sink)
    }
  }

  /** Before the `=` what may be a value without a name. */
  get held(): HeldValue {
    return this.#inValue
      ? { bytes: this.#out, length: this.#length }
      : { bytes: this.#name, length: this.#nameLength }
  }

  /** The content has ended: what is open is handed on. */
  end(sink: FormSink): void {
    if (this.#escape > 0) this.#unfinished(sink)
    this.#endPair(sink)
  }

  #escaped(c: number, sink: FormSink): void {
    const digit = hexValue(c)
    if (digit < 0) {
      this.#unfinished(sink)
      this.#put(c, sink)
    } else if (this.#escape === 1) {
      this.#high = c
      this.#escape = 2
    } else {
      this.#escape = 0
      this.#put((hexValue(this.#high) << 4) | digit, sink)
    }
  }

  /** `%` without two hex digits stands for itself. */
  #unfinished(sink: FormSink): void {
    const digits = this.#escape
    this.#escape = 0
    this.#put(PERCENT, sink)
    if (digits === 2) this.#put(this.#high, sink)
  }

  #put(c: number, sink: FormSink): void {
    if (!this.#inValue) {
      if (this.#nameLength < this.#name.length) this.#name[this.#nameLength++] = c
      return
    }
    if (this.#length === this.#out.length) this.#flush(sink, false)
    this.#out[this.#length++] = c
  }

  #endPair(sink: FormSink): void {
    if (!this.#inValue && this.#nameLength > 0) this.#nameIsValue(sink)
    if (this.#length > 0 || this.#inValue) this.#flush(sink, true)
    this.#nameLength = 0
    this.#inValue = false
  }

  /** `?jane@example.org` is a name without a value: it is data all the same. */
  #nameIsValue(sink: FormSink): void {
    const length = this.#nameLength
    this.#nameLength = 0
    this.#inValue = true
    for (let i = 0; i < length; i++) this.#put(this.#name[i], sink)
  }

  #flush(sink: FormSink, last: boolean): void {
    sink.value(this.#out, 0, this.#length, last)
    this.#length = 0
  }
}
