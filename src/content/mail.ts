import { utf8 } from '../lib/bytes.ts'
import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import { HeadersTracker } from './headers.ts'
import { limits } from './limits.ts'
import { QuotedPrintable } from './quoted-printable.ts'

const State = { head: 0, body: 1 } as const

const CR = 0x0d
const LF = 0x0a
const COLON = 0x3a
const DASH = 0x2d

/** Two dashes before a boundary, two behind the last, and white space that transport may have added. */
const delimiterBytes = limits.boundaryBytes + 8

/**
 * Messages of RFC 5322 with the bodies of MIME (RFC 2045, RFC 2046). A header's field is its name, in a part and in a message
 * that is forwarded too: `from`, `subject`, `content-disposition`. In a body it is what the structure of the part's type
 * says, `$.patient.iban` in JSON that is attached; a text has none. Parts may be nested.
 */
export class MailTracker implements FieldTracker {
  readonly #trackerFor: (mediaType: string) => FieldTracker
  readonly #headers = new HeadersTracker()
  readonly #quoted = new QuotedPrintable()
  /** Boundaries of the multiparts that are open, the outermost first. */
  readonly #boundaries: Uint8Array[] = []
  /** The header at hand, folded lines and all. */
  readonly #header = new Uint8Array(limits.mailHeaderBytes)
  #headerLength = 0
  /** The line at hand of a body, as long as it may be a delimiter. */
  readonly #line = new Uint8Array(delimiterBytes)
  #lineLength = 0
  #state: number = State.head
  #atLineStart = true
  #mediaType = ''
  #encoding = ''
  #inner: FieldTracker = noFields

  /** @param trackerFor - the tracker for a part of a media type; not asked about messages and multiparts. */
  constructor(trackerFor: (mediaType: string) => FieldTracker) {
    this.#trackerFor = trackerFor
    this.reset()
  }

  reset(): void {
    this.#boundaries.length = 0
    this.#beginHead()
  }

  #beginHead(): void {
    this.#state = State.head
    this.#headers.reset()
    this.#headerLength = 0
    this.#atLineStart = true
    this.#mediaType = ''
    this.#encoding = ''
    this.#inner = noFields
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) i = this.#state === State.head ? this.#inHead(bytes, i, end) : this.#inBody(bytes, i, end)
  }

  /** Reads headers as far as they go; returns where it stopped. */
  #inHead(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (c === CR) continue
      if (this.#atLineStart && c !== 0x20 && c !== 0x09) this.#endHeader()
      if (this.#atLineStart && c === LF) {
        this.#beginBody()
        return i + 1
      }
      this.#atLineStart = c === LF
      this.#headers.read(bytes, i, i + 1)
      if (this.#headerLength < this.#header.length) this.#header[this.#headerLength++] = c
    }
    return end
  }

  #endHeader(): void {
    let colon = 0
    while (colon < this.#headerLength && this.#header[colon] !== COLON) colon++
    if (colon < this.#headerLength) {
      const name = utf8(this.#header, 0, colon).trim().toLowerCase()
      if (name === 'content-type') this.#mediaType = this.#headerValue(colon)
      else if (name === 'content-transfer-encoding') this.#encoding = this.#headerValue(colon).toLowerCase()
    }
    this.#headerLength = 0
  }

  #headerValue(colon: number): string {
    return utf8(this.#header, colon + 1, this.#headerLength)
      .replaceAll('\n', '')
      .trim()
  }

  #beginBody(): void {
    const type = this.#mediaType.split(';', 1)[0].trim().toLowerCase()
    if (type === 'message/rfc822' || type === 'message/global') {
      this.#beginHead()
      return
    }
    this.#state = State.body
    this.#atLineStart = true
    this.#lineLength = 0
    this.#inner = noFields
    this.#quoted.reset()
    if (type.startsWith('multipart/')) this.#open(parameter(this.#mediaType, 'boundary'))
    // What is encoded as a whole has no structure that can be read where it lies.
    else if (this.#encoding !== 'base64') this.#inner = this.#trackerFor(this.#mediaType)
    this.#inner.reset()
  }

  #open(boundary: string): void {
    if (boundary === '' || this.#boundaries.length === limits.mailNesting) return
    this.#boundaries.push(Buffer.from(boundary.slice(0, limits.boundaryBytes), 'latin1'))
  }

  /** Reads a line, or what there is of one; returns where it stopped. */
  #inBody(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && bytes[i] !== LF) i++
    this.#keepLine(bytes, start, i)
    const hasEnd = i < end
    const next = hasEnd ? i + 1 : i
    if (this.#encoding === 'quoted-printable') this.#quoted.read(bytes, start, next, this.#inner)
    else this.#inner.read(bytes, start, next)
    if (hasEnd) this.#endLine()
    return next
  }

  /** Keeps the beginning of a line that has dashes. */
  #keepLine(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end && this.#lineLength < delimiterBytes; i++) {
      if (this.#lineLength < 2 && bytes[i] !== DASH) this.#lineLength = delimiterBytes
      else this.#line[this.#lineLength++] = bytes[i]
    }
  }

  #endLine(): void {
    const length = this.#lineLength
    this.#lineLength = 0
    if (length < 3 || length === delimiterBytes) return
    for (let level = this.#boundaries.length - 1; level >= 0; level--) {
      const boundary = this.#boundaries[level]
      if (!this.#lineHolds(boundary, length)) continue
      const after = 2 + boundary.length
      const isLast = length >= after + 2 && this.#line[after] === DASH && this.#line[after + 1] === DASH
      this.#boundaries.length = isLast ? level : level + 1
      if (isLast) this.#inner = noFields
      else this.#beginHead()
      return
    }
  }

  #lineHolds(boundary: Uint8Array, length: number): boolean {
    const after = 2 + boundary.length
    if (length < after) return false
    for (let i = 0; i < boundary.length; i++) if (this.#line[2 + i] !== boundary[i]) return false
    const c = length === after ? CR : this.#line[after]
    return c === CR || c === 0x20 || c === 0x09 || c === DASH
  }

  field(): string {
    return this.#state === State.head ? this.#headers.field() : this.#inner.field()
  }
}

/** Value of a parameter of a Content-Type, RFC 2045 section 5.1; `''` where it is missing. */
function parameter(header: string, name: string): string {
  let at = header.indexOf(';')
  while (at >= 0) {
    const equals = header.indexOf('=', at)
    if (equals < 0) return ''
    const key = header
      .slice(at + 1, equals)
      .trim()
      .toLowerCase()
    const isQuoted = header[equals + 1] === '"'
    const start = isQuoted ? equals + 2 : equals + 1
    const close = header.indexOf(isQuoted ? '"' : ';', start)
    const end = close < 0 ? header.length : close
    if (key === name) return header.slice(start, end).trim()
    at = header.indexOf(';', end)
  }
  return ''
}
