import { utf8 } from '../lib/bytes.ts'
import type { FieldTracker, ValueSink, ValueTracker } from './field-tracker.ts'
import { isValueTracker, noFields } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { FileReader } from './files/file-reader.ts'
import { KeptValue } from './kept-value.ts'
import { limits } from './limits.ts'

const State = { preamble: 0, boundaryLine: 1, head: 2, body: 3 } as const

/** What a part's head says of how its body is to be read. */
export interface PartHead {
  /** As declared; `''` where nothing is. */
  mediaType: string
  /** As the sender calls the file; `''` for what is none. */
  fileName: string
}

/** Takes a file that came as a part, to be ended by whoever takes it. */
export interface FileSink {
  /** @param name - of the part. */
  file(name: string, file: FileReader): void
}

/** Field of what stands in a file that is handed on: its bytes are no text. */
export const insideFile = '\0'

/** Number of the record that a form is; those of its files count from 1. */
const formRecord = -1

/**
 * Multipart bodies (RFC 2046 section 5.1, RFC 7578). The field is the part's `name`, with the path inside of it when
 * the part has a structure with paths: `upload $.patient.iban`. A column or a field of HL7 stands for itself: behind the name of
 * a part it would read as another (`file name`). A part without structure is a whole value.
 */
export class MultipartTracker implements ValueTracker {
  values: ValueSink | undefined
  /** Takes the files among the parts as they end. */
  files: FileSink | undefined
  readonly #head = new Uint8Array(limits.partHeadBytes)
  readonly #trackerFor: (head: PartHead) => FieldTracker
  readonly #value = new KeptValue()
  /** Takes the values of a part, whose positions count from its beginning. */
  readonly #ofPart: ValueSink = {
    isTelling: (field) => this.values?.isTelling(field) === true,
    value: (field, bytes, start, end, from, to) =>
      this.values?.value(field, bytes, start, end, this.#partStart + from, this.#partStart + to),
  }
  #delimiter: Uint8Array = new Uint8Array(0)
  #matched = 0
  #headLength = 0
  #state: number = State.preamble
  #name = ''
  #inner: FieldTracker = noFields
  /** Of what is read at hand, and of the body of the part at hand, in the content. */
  #at = 0
  #partStart = 0

  constructor(trackerFor: (head: PartHead) => FieldTracker) {
    this.#trackerFor = trackerFor
  }

  begin(boundary: string): void {
    this.#delimiter = Buffer.from(`\n--${boundary.slice(0, limits.boundaryBytes)}`, 'latin1')
    this.reset()
  }

  reset(): void {
    // The first delimiter may stand at the very beginning, without a line before it.
    this.#matched = 1
    this.#headLength = 0
    this.#state = State.preamble
    this.#name = ''
    if (this.#inner instanceof FileReader) this.#inner.reset()
    this.#inner = noFields
    this.#value.drop()
    this.#at = 0
  }

  /** A part that is cut off: what there is of its last value. */
  end(): void {
    if (this.#state === State.body && isValueTracker(this.#inner)) this.#inner.end()
    this.#endValue(0)
    this.#endFile()
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      const from = i
      if (this.#state === State.head) this.#inHead(bytes[i++])
      else if (this.#state === State.boundaryLine) this.#inBoundaryLine(bytes[i++])
      else i = this.#inBody(bytes, i, end)
      this.#at += i - from
    }
  }

  #inBody(bytes: Uint8Array, start: number, end: number): number {
    const delimiter = this.#delimiter
    let matched = this.#matched
    let i = start
    while (i < end && matched < delimiter.length) {
      const c = bytes[i++]
      if (c === delimiter[matched]) matched++
      else matched = c === delimiter[0] ? 1 : 0
    }
    this.#matched = matched
    if (this.#state === State.body) this.#readPart(bytes, start, i)
    if (matched === delimiter.length) this.#endPart()
    return i
  }

  /** The delimiter is read along with the body, for that it is one shows only at its end. */
  #readPart(bytes: Uint8Array, start: number, end: number): void {
    this.#inner.read(bytes, start, end)
    for (let i = start; this.#value.isOpen && i < end; i++) this.#value.add(bytes[i], this.#at + i - start)
  }

  #endPart(): void {
    this.#endValue(this.#delimiter.length)
    this.#endFile()
    // The line before the delimiter was the last one: what is open in the part's structure is the delimiter.
    this.#inner.reset()
    this.#inner = noFields
    this.#state = State.boundaryLine
  }

  /** @param behind - bytes that were read and are none of the value's */
  #endValue(behind: number): void {
    if (!this.#value.isOpen || this.values === undefined) return
    this.#value.takeBack(behind)
    this.#value.end(this.#name, this.values)
  }

  #endFile(): void {
    const file = this.#inner
    if (!(file instanceof FileReader)) return
    this.#inner = noFields
    if (this.files === undefined || !file.isCollecting) file.reset()
    else this.files.file(this.#name, file)
  }

  #inBoundaryLine(c: number): void {
    if (c !== 0x0a) return
    this.#state = State.head
    this.#headLength = 0
    this.#matched = 0
    this.#name = ''
  }

  #inHead(c: number): void {
    if (c === 0x0d) return
    const blank = c === 0x0a && (this.#headLength === 0 || this.#head[this.#headLength - 1] === 0x0a)
    if (!blank) {
      if (this.#headLength < this.#head.length) this.#head[this.#headLength++] = c
      return
    }
    const head = utf8(this.#head, 0, this.#headLength)
    this.#name = fieldName(parameter(head, 'name'))
    const fileName = parameter(head, 'filename')
    this.#beginPart({ mediaType: headerValue(head, 'content-type'), fileName })
    // A delimiter may follow at once: the line feed that ends the head is its first byte.
    this.#matched = 1
    this.#state = State.body
  }

  #beginPart(head: PartHead): void {
    const inner = this.#trackerFor(head)
    this.#inner = inner
    // Behind the line feed that ends the head.
    this.#partStart = this.#at + 1
    if (isValueTracker(inner)) inner.values = this.values === undefined ? undefined : this.#ofPart
    inner.reset()
    if (inner === noFields && this.values?.isTelling(this.#name) === true) this.#value.begin()
  }

  /** The form is one record; a file in it has its own. */
  record(): number {
    return this.#inner === noFields ? formRecord : (this.#inner.record?.() ?? 0)
  }

  isInRecord(record: number): boolean {
    return record === formRecord || this.#inner.isInRecord?.(record) === true
  }

  field(): string {
    if (this.#inner instanceof FileReader && this.#inner.isCollecting && this.files !== undefined)
      return insideFile
    const inner = this.#inner.field()
    if (inner === '') return this.#name
    return isValueTracker(this.#inner) ? inner : `${this.#name} ${inner}`
  }
}

function headerValue(head: string, name: string): string {
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0 && line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim()
  }
  return ''
}

/** Value of `name="…"` in Content-Disposition; not of `filename`, which ends alike. */
function parameter(head: string, name: string): string {
  for (const part of headerValue(head, 'content-disposition').split(';')) {
    const equals = part.indexOf('=')
    if (equals < 0 || part.slice(0, equals).trim().toLowerCase() !== name) continue
    const value = part.slice(equals + 1).trim()
    return (value.startsWith('"') ? value.slice(1, value.endsWith('"') ? -1 : undefined) : value).slice(
      0,
      limits.nameBytes,
    )
  }
  return ''
}
