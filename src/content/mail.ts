import type { DecodedBytes } from './base64-run.ts'
import { utf8 } from '../lib/bytes.ts'
import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { HeadersTracker } from './headers.ts'
import { encodedWords } from './encoded-words.ts'
import { limits } from './limits.ts'
import { MimeBase64 } from './mime-base64.ts'
import { insideFile } from './multipart.ts'
import { QuotedPrintable } from './quoted-printable.ts'

const State = { head: 0, body: 1 } as const

const CR = 0x0d
const LF = 0x0a
const COLON = 0x3a
const DASH = 0x2d
const EQUALS = 0x3d
const QUESTION = 0x3f
const LINE_END = Uint8Array.of(LF)

/** Two dashes before a boundary, two behind the last, and white space that transport may have added. */
const delimiterBytes = limits.boundaryBytes + 8

/** Takes what stands encoded in a message. Positions are those in the message as it came. */
export interface MailSink extends DecodedBytes {
  /** A body begins that is base64 or quoted-printable; its bytes follow. */
  beginBody(mediaType: string, at: number): void
  /** What was begun has ended. */
  endBody(at: number): void
  /** Encoded words of a header, as text. */
  words(field: string, text: string, start: number, end: number): void
}

/**
 * Messages of RFC 5322 with the bodies of MIME (RFC 2045, RFC 2046). A header's field is its name, in a part and in a message
 * that is forwarded too: `from`, `subject`, `content-disposition`. In a body it is what the structure of the part's type
 * says, `$.patient.iban` in JSON that is attached; a text has none. Parts may be nested.
 */
export class MailTracker implements FieldTracker {
  readonly #trackerFor: (mediaType: string) => FieldTracker
  /** Takes what is encoded; where it is absent, a tracker reads it for its fields only. */
  encoded: MailSink | undefined
  readonly #headers = new HeadersTracker()
  readonly #base64 = new MimeBase64()
  /** The body at hand is handed on decoded. */
  #isHandedOn = false
  /** Bytes of the line at hand that wait, because it may be a delimiter. */
  #held = 0
  /** Positions in the message: of what is read at hand, of the last line and header that began. */
  #at = 0
  #lineAt = 0
  #headerAt = 0
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
    this.#isHandedOn = false
    this.#at = 0
    this.#lineAt = 0
    this.#headerAt = 0
    this.#beginHead()
  }

  /** The message has ended, and with it what is open. */
  end(): void {
    this.#lineAt = this.#at
    if (this.#state === State.head) this.#endHeader()
    else this.#endEncoded(true)
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
    while (i < end) {
      const from = i
      i = this.#state === State.head ? this.#inHead(bytes, i, end) : this.#inBody(bytes, i, end)
      this.#at += i - from
    }
  }

  /** Reads headers as far as they go; returns where it stopped. */
  #inHead(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (c === CR) continue
      if (this.#atLineStart && c !== 0x20 && c !== 0x09) {
        this.#lineAt = this.#at + i - start
        this.#endHeader()
        this.#headerAt = this.#lineAt
      }
      if (this.#atLineStart && c === LF) {
        this.#lineAt = this.#at + i + 1 - start
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
      this.#handOnWords(name, colon)
    }
    this.#headerLength = 0
  }

  #handOnWords(name: string, colon: number): void {
    const { encoded } = this
    if (encoded === undefined || !hasEncodedWord(this.#header, colon, this.#headerLength)) return
    const header = utf8(this.#header, colon + 1, this.#headerLength)
    for (const text of encodedWords(header))
      encoded.words(fieldName(name), text, this.#headerAt, this.#lineAt)
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
    this.#held = 0
    if (type.startsWith('multipart/')) this.#open(parameter(this.#mediaType, 'boundary'))
    else if (this.encoded !== undefined && this.#isEncoded) this.#beginEncoded(this.encoded)
    // What is encoded as a whole has no structure that can be read where it lies.
    else if (this.#encoding !== 'base64') this.#inner = this.#trackerFor(this.#mediaType)
    this.#inner.reset()
  }

  get #isEncoded(): boolean {
    return this.#encoding === 'base64' || this.#encoding === 'quoted-printable'
  }

  #beginEncoded(encoded: MailSink): void {
    this.#isHandedOn = true
    this.#base64.reset()
    encoded.beginBody(this.#mediaType, this.#lineAt)
  }

  /** @param isWhole - the line that waits is no delimiter. */
  #endEncoded(isWhole: boolean): void {
    if (!this.#isHandedOn) return
    if (isWhole) this.#decode(this.#line, 0, this.#held)
    this.#isHandedOn = false
    this.#held = 0
    this.encoded?.endBody(this.#lineAt)
  }

  #decode(bytes: Uint8Array, start: number, end: number): void {
    if (this.encoded === undefined) return
    if (this.#encoding === 'base64') this.#base64.read(bytes, start, end, this.encoded)
    else this.#quoted.decode(bytes, start, end, this.encoded)
  }

  /** Hands on a line, or what there is of one, once it is known to be no delimiter. */
  #readEncoded(bytes: Uint8Array, start: number, end: number): void {
    const mayBeDelimiter = this.#lineLength > 0 && this.#lineLength < delimiterBytes
    if (!mayBeDelimiter) {
      this.#decode(this.#line, 0, this.#held)
      this.#decode(bytes, start, end)
    }
    this.#held = mayBeDelimiter ? this.#lineLength : 0
  }

  #open(boundary: string): void {
    if (boundary === '' || this.#boundaries.length === limits.mailNesting) return
    this.#boundaries.push(Buffer.from(boundary.slice(0, limits.boundaryBytes), 'latin1'))
  }

  /** Reads a line, or what there is of one; returns where it stopped. */
  #inBody(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && bytes[i] !== LF) i++
    if (this.#atLineStart) this.#lineAt = this.#at
    this.#atLineStart = i < end
    this.#keepLine(bytes, start, i)
    const hasEnd = i < end
    const next = hasEnd ? i + 1 : i
    if (this.#isHandedOn) this.#readEncoded(bytes, start, next)
    else if (this.#encoding === 'quoted-printable') this.#quoted.read(bytes, start, next, this.#inner)
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
    if (length < 3 || length === delimiterBytes) {
      this.#releaseLine()
      return
    }
    for (let level = this.#boundaries.length - 1; level >= 0; level--) {
      const boundary = this.#boundaries[level]
      if (!this.#lineHolds(boundary, length)) continue
      this.#endEncoded(false)
      const after = 2 + boundary.length
      const isLast = length >= after + 2 && this.#line[after] === DASH && this.#line[after + 1] === DASH
      this.#boundaries.length = isLast ? level : level + 1
      if (isLast) this.#inner = noFields
      else this.#beginHead()
      return
    }
    this.#releaseLine()
  }

  /** A line that waited is no delimiter. */
  #releaseLine(): void {
    if (this.#held === 0) return
    this.#decode(this.#line, 0, this.#held)
    this.#decode(LINE_END, 0, 1)
    this.#held = 0
  }

  #lineHolds(boundary: Uint8Array, length: number): boolean {
    const after = 2 + boundary.length
    if (length < after) return false
    for (let i = 0; i < boundary.length; i++) if (this.#line[2 + i] !== boundary[i]) return false
    const c = length === after ? CR : this.#line[after]
    return c === CR || c === 0x20 || c === 0x09 || c === DASH
  }

  field(): string {
    if (this.#isHandedOn) return insideFile
    return this.#state === State.head ? this.#headers.field() : this.#inner.field()
  }
}

/** Whether `=?` stands in a header. */
function hasEncodedWord(header: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i + 1 < end; i++) if (header[i] === EQUALS && header[i + 1] === QUESTION) return true
  return false
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
