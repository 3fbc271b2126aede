import { isDigit } from '../../lib/ascii.ts'
import { HeadFlag } from './anomalies.ts'
import { CodingList } from './codings.ts'
import { INCOMPLETE, LineReader } from './line-reader.ts'
import { limits } from './limits.ts'
import {
  COLON,
  COMMA,
  CR,
  LF,
  MINUS,
  SP,
  TAB,
  TOKEN,
  equalsIgnoringCase,
  isSpace,
  lowerCaseName,
  skipSpace,
  spells,
  trimEnd,
} from './octets.ts'

const HOST = lowerCaseName('host')
const SERVER = lowerCaseName('server')
const UPGRADE = lowerCaseName('upgrade')
const CONNECTION = lowerCaseName('connection')
const USER_AGENT = lowerCaseName('user-agent')
const CONTENT_TYPE = lowerCaseName('content-type')
const CONTENT_LENGTH = lowerCaseName('content-length')
const CONTENT_ENCODING = lowerCaseName('content-encoding')
const TRANSFER_ENCODING = lowerCaseName('transfer-encoding')
const METHOD_OVERRIDES = ['x-http-method', 'x-method-override', 'x-http-method-override'].map(lowerCaseName)
const CLOSE = lowerCaseName('close')
const KEEP_ALIVE = lowerCaseName('keep-alive')
const STATUS_LINE = lowerCaseName('http/1.')

/** 1 at `wantedKey` of the names that `readValue` knows. */
const WANTED = new Uint8Array(1024)
const NAMES = [HOST, SERVER, UPGRADE, CONNECTION, USER_AGENT, CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING]
for (const name of NAMES.concat(TRANSFER_ENCODING, METHOD_OVERRIDES)) {
  WANTED[wantedKey(name[0], name.length)] = 1
}

function wantedKey(first: number, length: number): number {
  return ((first & 0x1f) << 5) | (length & 0x1f)
}

/** Whether a name of this first letter and length may be one that matters: most are passed over by this alone. */
function isWanted(first: number, length: number): boolean {
  return WANTED[wantedKey(first, length)] === 1
}

/** Positions of a value that is wanted later, in the bytes that were read; `start` is -1 when it was not there. */
export interface ValueSpan {
  start: number
  end: number
}

/**
 * The fields of a message or of its trailers (RFC 9112 section 5): what decides how the message is delimited, decoded
 * and reported. All other fields are only passed over; they are inspected as one block.
 */
export class FieldSection extends LineReader {
  count = 0
  /** Behind the last line that was read whole. */
  readTo = 0
  /** Declared length, -1 without one or with one that cannot be used. */
  contentLength = -1
  readonly transferEncoding = new CodingList()
  readonly contentEncoding = new CodingList()
  hasTransferEncoding = false
  /** A length began with a minus. */
  isNegative = false
  close = false
  keepAlive = false
  upgrade = false
  readonly host: ValueSpan = { start: -1, end: -1 }
  readonly userAgent: ValueSpan = { start: -1, end: -1 }
  readonly server: ValueSpan = { start: -1, end: -1 }
  readonly contentType: ValueSpan = { start: -1, end: -1 }
  #lengths = 0

  begin(): void {
    this.flags = 0
    this.count = 0
    this.contentLength = -1
    this.#lengths = 0
    if (this.transferEncoding.length > 0) this.transferEncoding.clear()
    if (this.contentEncoding.length > 0) this.contentEncoding.clear()
    this.hasTransferEncoding = false
    this.isNegative = false
    this.close = false
    this.keepAlive = false
    this.upgrade = false
    this.forgetSpans()
  }

  /** The bytes in which the spans lie are no longer there. */
  forgetSpans(): void {
    this.host.start = -1
    this.userAgent.start = -1
    this.server.start = -1
    this.contentType.start = -1
  }

  /**
   * Reads lines up to and with the empty one that ends the section; adds to what was read before. Returns the position
   * behind it, or `INCOMPLETE`: then the lines before `readTo` have been read.
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end) {
      const c = bytes[i]
      if (c === CR) {
        if (i + 1 >= end) break
        if (bytes[i + 1] === LF) return this.#ended(i, i + 2)
      } else if (c === LF) {
        this.flags |= HeadFlag.bareLf
        return this.#ended(i, i + 1)
      }
      let next = this.#readPlainField(bytes, i, end)
      if (next < 0) next = this.#readField(bytes, i, end)
      if (next < 0) break
      i = next
    }
    this.readTo = i
    return INCOMPLETE
  }

  /** Whether a field stood there that trailers must not have (RFC 9110 section 6.5.1). */
  get hasFraming(): boolean {
    return (
      this.#lengths > 0 || this.hasTransferEncoding || this.host.start >= 0 || this.contentType.start >= 0
    )
  }

  #ended(linesEnd: number, end: number): number {
    this.readTo = linesEnd
    if (this.count > limits.fields) this.flags |= HeadFlag.tooManyFields
    return end
  }

  /** A field as nearly all are: a name, a colon, one line without control characters, CRLF; or `INCOMPLETE`. */
  #readPlainField(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && TOKEN[bytes[i]] === 1) i++
    const nameEnd = i
    if (i === start || i === end || bytes[i++] !== COLON) return INCOMPLETE
    while (i < end && bytes[i] >= SP) i++
    if (i + 2 >= end || bytes[i] !== CR || bytes[i + 1] !== LF) return INCOMPLETE
    if (bytes[i + 2] === SP || bytes[i + 2] === TAB) return INCOMPLETE
    this.count++
    if (isWanted(bytes[start], nameEnd - start)) this.#readValue(bytes, start, nameEnd, nameEnd + 1, i + 1)
    return i + 2
  }

  #readField(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && TOKEN[bytes[i]] === 1) i++
    const nameEnd = i
    let lf = this.lineEnd(bytes, i, end)
    // Whether the value is folded is known once the next line has begun.
    if (lf < 0 || lf + 1 >= end) return INCOMPLETE
    while (bytes[lf + 1] === SP || bytes[lf + 1] === TAB) {
      this.flags |= HeadFlag.obsFold
      lf = this.lineEnd(bytes, lf + 1, end)
      if (lf < 0 || lf + 1 >= end) return INCOMPLETE
    }
    this.count++
    if (bytes[nameEnd] === COLON && nameEnd > start) this.#readValue(bytes, start, nameEnd, nameEnd + 1, lf)
    else this.#readOddField(bytes, start, nameEnd, lf)
    return lf + 1
  }

  /** A line whose name is not followed by a colon, or is none. */
  #readOddField(bytes: Uint8Array, start: number, nameEnd: number, lf: number): void {
    const colon = skipSpace(bytes, nameEnd, lf)
    if (bytes[start] === SP || bytes[start] === TAB) {
      // Only the first line can begin so: others are folds of the one before.
      this.flags |= HeadFlag.spaceAfterStartLine
    } else if (bytes[colon] === COLON && nameEnd > start) {
      this.flags |= HeadFlag.spaceBeforeColon
      this.#readValue(bytes, start, nameEnd, colon + 1, lf)
    } else if (lf - start > STATUS_LINE.length && equalsIgnoringCase(bytes, start, STATUS_LINE)) {
      this.flags |= HeadFlag.startLineInFields
    } else {
      this.flags |= hasColon(bytes, nameEnd, lf) ? HeadFlag.fieldName : HeadFlag.noColon
    }
  }

  #readValue(bytes: Uint8Array, nameStart: number, nameEnd: number, start: number, lf: number): void {
    switch (nameEnd - nameStart) {
      case 4:
        if (equalsIgnoringCase(bytes, nameStart, HOST)) this.#keepOnce(this.host, bytes, start, lf)
        break
      case 6:
        if (equalsIgnoringCase(bytes, nameStart, SERVER)) this.#keep(this.server, bytes, start, lf)
        break
      case 7:
        if (equalsIgnoringCase(bytes, nameStart, UPGRADE)) this.upgrade = true
        break
      case 10:
        if (equalsIgnoringCase(bytes, nameStart, CONNECTION)) this.#readConnection(bytes, start, lf)
        else if (equalsIgnoringCase(bytes, nameStart, USER_AGENT))
          this.#keep(this.userAgent, bytes, start, lf)
        break
      case 12:
        if (equalsIgnoringCase(bytes, nameStart, CONTENT_TYPE))
          this.#keepOnce(this.contentType, bytes, start, lf)
        break
      case 14:
        if (equalsIgnoringCase(bytes, nameStart, CONTENT_LENGTH)) this.#readLengths(bytes, start, lf)
        break
      case 16:
        if (equalsIgnoringCase(bytes, nameStart, CONTENT_ENCODING)) this.contentEncoding.add(bytes, start, lf)
        break
      default:
        this.#readLongName(bytes, nameStart, nameEnd, start, lf)
    }
  }

  #readLongName(bytes: Uint8Array, nameStart: number, nameEnd: number, start: number, lf: number): void {
    const length = nameEnd - nameStart
    if (length === TRANSFER_ENCODING.length && equalsIgnoringCase(bytes, nameStart, TRANSFER_ENCODING)) {
      if (this.hasTransferEncoding) this.flags |= HeadFlag.transferEncodingRepeated
      this.hasTransferEncoding = true
      this.transferEncoding.add(bytes, start, lf)
    } else if ((bytes[nameStart] | 0x20) === 0x78) {
      for (const name of METHOD_OVERRIDES) {
        if (spells(bytes, nameStart, nameEnd, name)) this.flags |= HeadFlag.methodOverride
      }
    }
  }

  #keep(span: ValueSpan, bytes: Uint8Array, start: number, lf: number): void {
    if (span.start >= 0) return
    span.start = skipSpace(bytes, start, lf)
    span.end = trimEnd(bytes, span.start, lf)
  }

  #keepOnce(span: ValueSpan, bytes: Uint8Array, start: number, lf: number): void {
    if (span.start >= 0) this.flags |= HeadFlag.duplicateField
    else this.#keep(span, bytes, start, lf)
  }

  #readConnection(bytes: Uint8Array, start: number, lf: number): void {
    let i = start
    while (i < lf) {
      let next = i
      while (next < lf && bytes[next] !== COMMA) next++
      const tokenStart = skipSpace(bytes, i, next)
      const tokenEnd = trimEnd(bytes, tokenStart, next)
      if (spells(bytes, tokenStart, tokenEnd, CLOSE)) this.close = true
      else if (spells(bytes, tokenStart, tokenEnd, KEEP_ALIVE)) this.keepAlive = true
      i = next + 1
    }
  }

  /** One length, or a list of equal ones (RFC 9110 section 8.6). */
  #readLengths(bytes: Uint8Array, start: number, lf: number): void {
    let i = start
    while (i < lf) {
      let next = i
      while (next < lf && bytes[next] !== COMMA) next++
      const first = skipSpace(bytes, i, next)
      if (first < next && bytes[first] === MINUS) this.isNegative = true
      this.#addLength(parseLength(bytes, first, trimEnd(bytes, first, next)))
      i = next + 1
    }
  }

  #addLength(length: number): void {
    if (length < 0) this.flags |= HeadFlag.lengthInvalid
    if (this.#lengths++ === 0) {
      this.contentLength = length
    } else if (length === this.contentLength) {
      this.flags |= HeadFlag.lengthRepeated
    } else {
      this.flags |= HeadFlag.lengthConflict
      // Which one the recipient takes is not known: the first is the commonest choice.
      if (this.contentLength < 0) this.contentLength = length
    }
  }
}

/** Only digits, and no more than a number holds exactly; -1 otherwise. */
function parseLength(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  while (i < end - 1 && bytes[i] === 0x30) i++
  if (i >= end || end - i > limits.contentLengthDigits) return -1
  let length = 0
  for (; i < end; i++) {
    if (!isDigit(bytes[i])) return -1
    length = length * 10 + bytes[i] - 0x30
  }
  return length
}

function hasColon(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (bytes[i] === COLON) return true
    if (isSpace(bytes[i]) && bytes[i] !== SP && bytes[i] !== TAB) return false
  }
  return false
}
