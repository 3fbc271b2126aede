import { FieldSection } from '../http/field-section.ts'
import { CR, LF, SP, COLON, TOKEN } from '../http/octets.ts'
import { Anomaly } from './anomalies.ts'
import type { FieldTaker } from './hpack/field-block-decoder.ts'
import { limits } from './limits.ts'

/** Takes a head: in one piece, or where it is larger than `limits.headBytes` in several. */
export interface HeadTaker {
  /** Pseudo fields and the lines so far; more may follow. */
  headPart(head: Head): void
  /** A value that is longer than a piece. */
  longValue(bytes: Uint8Array, start: number, end: number): void
}

/** Pseudo fields (RFC 9113 sections 8.3.1 and 8.3.2, RFC 8441 section 4). */
const PSEUDO = [':method', ':scheme', ':authority', ':path', ':status', ':protocol'] as const
export type Pseudo = (typeof PSEUDO)[number]
const PSEUDO_NAMES = PSEUDO.map((name) => Buffer.from(name, 'latin1'))

/** What HTTP/2 has other means for (section 8.2.2); `te` may say `trailers`. */
const CONNECTION_FIELDS = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
].map((name) => Buffer.from(name, 'latin1'))
const TE = Buffer.from('te', 'latin1')
const TRAILERS = Buffer.from('trailers', 'latin1')
const COOKIE = Buffer.from('cookie', 'latin1')
const HOST = Buffer.from('host', 'latin1')

/** What a line has beside name and value, and the empty line at the end. */
const LINE_BYTES = 4
const END_BYTES = 2

interface Span {
  start: number
  end: number
}

/**
 * A head as HTTP/1 writes it, which is also how it reaches a server behind a gateway: lines of fields, `:authority` as Host, cookies
 * in one line (section 8.2.3). Line breaks that a value may not have are left in, for that gateway may leave them, too.
 */
export class Head implements FieldTaker {
  readonly lines = new Uint8Array(limits.headBytes)
  length = 0
  /** What the lines say that matters: over all of them. */
  readonly fields = new FieldSection()
  /** Where pseudo fields lie in `pseudoBytes`. */
  readonly pseudoBytes = new Uint8Array(limits.headBytes)
  /** What is off in it, each code once: told when the message that it belongs to has begun. */
  readonly problems = new Set<string>()
  /** It has been handed on in part. */
  isBegun = false
  readonly #spans: Record<Pseudo, Span>
  #pseudoLength = 0
  #hasRegular = false
  #count = 0
  /** Decoded bytes that it still takes. */
  #allowed = 0
  readonly #cookies = new Uint8Array(limits.headBytes)
  #cookiesLength = 0
  #taker: HeadTaker | undefined

  constructor() {
    this.#spans = {
      ':method': { start: -1, end: -1 },
      ':scheme': { start: -1, end: -1 },
      ':authority': { start: -1, end: -1 },
      ':path': { start: -1, end: -1 },
      ':status': { start: -1, end: -1 },
      ':protocol': { start: -1, end: -1 },
    }
  }

  /** To be given back by `close`. */
  static open(taker: HeadTaker): Head {
    const head = FREE.pop() ?? new Head()
    head.#begin(taker)
    return head
  }

  close(): void {
    this.#taker = undefined
    if (FREE.length < limits.pooledHeads) FREE.push(this)
  }

  #begin(taker: HeadTaker): void {
    this.length = this.#pseudoLength = this.#cookiesLength = this.#count = 0
    this.#allowed = limits.headListBytes
    this.isBegun = this.#hasRegular = false
    for (const name of PSEUDO) this.#spans[name].start = this.#spans[name].end = -1
    this.fields.begin()
    this.problems.clear()
    this.#taker = taker
  }

  get isFull(): boolean {
    return this.#allowed < 0
  }

  /** So many more decoded bytes may come. */
  allow(bytes: number): void {
    this.#allowed += bytes
  }

  has(name: Pseudo): boolean {
    return this.#spans[name].start >= 0
  }

  start(name: Pseudo): number {
    return this.#spans[name].start
  }

  end(name: Pseudo): number {
    return this.#spans[name].end
  }

  unknownField(): void {
    this.problems.add(Anomaly.fieldUnknown)
  }

  field(bytes: Uint8Array, nameEnd: number, end: number): void {
    if (++this.#count === limits.fields + 1) this.problems.add(Anomaly.tooManyFields)
    this.#allowed -= end
    if (this.isFull) return
    if (bytes[0] === COLON && nameEnd > 0 && this.#takePseudo(bytes, nameEnd, end)) return
    this.#hasRegular = true
    this.#check(bytes, nameEnd, end)
    if (isName(bytes, nameEnd, COOKIE)) this.#addCookie(bytes, nameEnd, end)
    else if (!isName(bytes, nameEnd, HOST) || !this.#isAuthority(bytes, nameEnd, end))
      this.#addLine(bytes, 0, nameEnd, end)
  }

  /** The block has ended: hands on what is left. */
  finish(): void {
    this.#endCookies()
    this.#handOn()
  }

  /** False for one that HTTP/2 does not have, that comes twice, or behind other fields: all of it malformed (section 8.3). */
  #takePseudo(bytes: Uint8Array, nameEnd: number, end: number): boolean {
    const which = PSEUDO_NAMES.findIndex((name) => isName(bytes, nameEnd, name))
    const name = PSEUDO[which]
    const isNew = name !== undefined && !this.has(name)
    if (!isNew || this.#hasRegular) this.problems.add(Anomaly.pseudoField)
    if (!isNew || this.#pseudoLength + end - nameEnd > this.pseudoBytes.length) return false
    if (hasLineBreak(bytes, nameEnd, end)) this.problems.add(Anomaly.fieldCharacter)
    const span = this.#spans[name]
    span.start = this.#pseudoLength
    span.end = this.#pseudoLength += end - nameEnd
    this.pseudoBytes.set(bytes.subarray(nameEnd, end), span.start)
    if (name === ':authority') this.#addHost(bytes, nameEnd, end)
    return true
  }

  #addHost(bytes: Uint8Array, valueStart: number, end: number): void {
    if (!this.#reserve(HOST.length + end - valueStart + LINE_BYTES)) return
    this.#write(HOST, 0, HOST.length)
    this.#endLine(bytes, valueStart, end)
  }

  /** What `host` repeats of `:authority` is not said twice; where it differs, who is meant depends on who reads it. */
  #isAuthority(bytes: Uint8Array, valueStart: number, end: number): boolean {
    if (!this.has(':authority')) return false
    const { start, end: authorityEnd } = this.#spans[':authority']
    const isSame =
      authorityEnd - start === end - valueStart &&
      this.pseudoBytes.subarray(start, authorityEnd).every((c, i) => c === bytes[valueStart + i])
    if (!isSame) this.problems.add(Anomaly.authorityConflict)
    return isSame
  }

  #check(bytes: Uint8Array, nameEnd: number, end: number): void {
    if (!isFieldName(bytes, nameEnd)) this.problems.add(Anomaly.fieldName)
    if (hasLineBreak(bytes, 0, end)) this.problems.add(Anomaly.fieldCharacter)
    if (isConnectionField(bytes, nameEnd, end)) this.problems.add(Anomaly.connectionField)
  }

  #addCookie(bytes: Uint8Array, nameEnd: number, end: number): void {
    const length = end - nameEnd + 2
    if (this.#cookiesLength + length > this.#cookies.length - COOKIE.length - LINE_BYTES - END_BYTES)
      this.#endCookies()
    if (length > this.#cookies.length - COOKIE.length - LINE_BYTES - END_BYTES) {
      this.#taker?.longValue(bytes, nameEnd, end)
      return
    }
    const cookies = this.#cookies
    if (this.#cookiesLength > 0) {
      cookies[this.#cookiesLength++] = SEMICOLON
      cookies[this.#cookiesLength++] = SP
    }
    cookies.set(bytes.subarray(nameEnd, end), this.#cookiesLength)
    this.#cookiesLength += end - nameEnd
  }

  #endCookies(): void {
    const length = this.#cookiesLength
    this.#cookiesLength = 0
    if (length === 0 || !this.#reserve(COOKIE.length + length + LINE_BYTES)) return
    this.#write(COOKIE, 0, COOKIE.length)
    this.#endLine(this.#cookies, 0, length)
  }

  #addLine(bytes: Uint8Array, start: number, nameEnd: number, end: number): void {
    if (!this.#reserve(end - start + LINE_BYTES)) {
      this.#taker?.longValue(bytes, start, end)
      return
    }
    this.#write(bytes, start, nameEnd)
    this.#endLine(bytes, nameEnd, end)
  }

  /** Makes room for a line and for the end behind it; false where there will never be enough. */
  #reserve(length: number): boolean {
    if (this.length + length + END_BYTES > this.lines.length) this.#handOn()
    return this.length + length + END_BYTES <= this.lines.length
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    if (end - start < SHORT) for (let i = start; i < end; i++) this.lines[this.length++] = bytes[i]
    else {
      this.lines.set(bytes.subarray(start, end), this.length)
      this.length += end - start
    }
  }

  #endLine(bytes: Uint8Array, start: number, end: number): void {
    this.lines[this.length++] = COLON
    this.lines[this.length++] = SP
    this.#write(bytes, start, end)
    this.#endOfLine()
  }

  #endOfLine(): void {
    this.lines[this.length++] = CR
    this.lines[this.length++] = LF
  }

  #handOn(): void {
    const { length } = this
    this.#endOfLine()
    this.fields.read(this.lines, 0, this.length)
    this.length = length
    this.#taker?.headPart(this)
    this.isBegun = true
    this.length = 0
    this.fields.forgetSpans()
  }
}

const FREE: Head[] = []
const SEMICOLON = 0x3b
/** Up to here a loop is faster than a view. */
const SHORT = 48

function isName(bytes: Uint8Array, nameEnd: number, name: Uint8Array): boolean {
  if (nameEnd !== name.length) return false
  for (let i = 0; i < nameEnd; i++) if (bytes[i] !== name[i]) return false
  return true
}

/** A token without capitals (section 8.2.1). */
function isFieldName(bytes: Uint8Array, nameEnd: number): boolean {
  for (let i = 0; i < nameEnd; i++) {
    const c = bytes[i]
    if (TOKEN[c] !== 1 || (c >= 0x41 && c <= 0x5a)) return false
  }
  return nameEnd > 0
}

/** A line feed, a carriage return or a NUL (section 8.2.1). */
function hasLineBreak(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i]
    if (c <= CR && (c === LF || c === CR || c === 0)) return true
  }
  return false
}

function isConnectionField(bytes: Uint8Array, nameEnd: number, end: number): boolean {
  if (isName(bytes, nameEnd, TE)) {
    if (end - nameEnd !== TRAILERS.length) return true
    return TRAILERS.some((c, i) => c !== bytes[nameEnd + i])
  }
  for (const name of CONNECTION_FIELDS) if (isName(bytes, nameEnd, name)) return true
  return false
}
