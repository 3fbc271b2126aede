import { utf8 } from '../lib/bytes.ts'
import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { limits } from './limits.ts'

const State = { preamble: 0, boundaryLine: 1, head: 2, body: 3 } as const

/**
 * Multipart bodies (RFC 2046 section 5.1, RFC 7578). The field is the part's `name`, with the path inside of it when
 * the part declares a structured type: `upload $.patient.iban`.
 */
export class MultipartTracker implements FieldTracker {
  readonly #head = new Uint8Array(limits.partHeadBytes)
  readonly #trackerFor: (mediaType: string) => FieldTracker
  #delimiter: Uint8Array = new Uint8Array(0)
  #matched = 0
  #headLength = 0
  #state: number = State.preamble
  #name = ''
  #inner: FieldTracker = noFields

  constructor(trackerFor: (mediaType: string) => FieldTracker) {
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
    this.#inner = noFields
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      if (this.#state === State.head) this.#inHead(bytes[i++])
      else if (this.#state === State.boundaryLine) this.#inBoundaryLine(bytes[i++])
      else i = this.#inBody(bytes, i, end)
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
    if (this.#state === State.body) this.#inner.read(bytes, start, i)
    this.#matched = matched
    if (matched === delimiter.length) this.#state = State.boundaryLine
    return i
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
    this.#inner = this.#trackerFor(headerValue(head, 'content-type'))
    this.#inner.reset()
    // A delimiter may follow at once: the line feed that ends the head is its first byte.
    this.#matched = 1
    this.#state = State.body
  }

  field(): string {
    const inner = this.#inner.field()
    return inner === '' ? this.#name : `${this.#name} ${inner}`
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
