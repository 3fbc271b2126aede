import { Anomaly, HeadFlag, tellHeadFlags } from './anomalies.ts'
import { Exchange } from './exchanges.ts'
import type { FieldSection, ValueSpan } from './field-section.ts'
import { Framing, checkLengths, requestFraming } from './framing.ts'
import { MessageReader } from './message-reader.ts'
import { METHOD_CONNECT, METHOD_HEAD, methodName, UNKNOWN_METHOD } from './methods.ts'
import { RequestLine, Version } from './start-line.ts'
import type { Verdict } from './start-prefix.ts'
import { requestVerdict, strictRequestVerdict } from './start-verdict.ts'
import { findAuthority } from './target.ts'

/** For the line at hand: it is taken before anything else is read. */
const LINE = new RequestLine()
const ASTERISK = 0x2a
/** What lets two recipients see the end of a request in two places (RFC 9112 section 11.2). */
const AMBIGUOUS =
  HeadFlag.lengthConflict |
  HeadFlag.lengthAndTransferEncoding |
  HeadFlag.transferEncoding |
  HeadFlag.transferEncodingOldVersion
const AUTHORITY: ValueSpan = { start: -1, end: -1 }

/** Requests, RFC 9112 section 3. */
export class RequestReader extends MessageReader {
  #method = 0
  #version = 0
  #hasHost = false

  protected get startVerdict(): Verdict {
    return requestVerdict
  }

  protected get strictVerdict(): Verdict {
    return strictRequestVerdict
  }

  protected readStartLine(bytes: Uint8Array, start: number, end: number): number {
    return LINE.read(bytes, start, end)
  }

  protected beginMessage(bytes: Uint8Array): boolean {
    const { details } = this.connection
    if (this.isLast) this.connection.anomaly(Anomaly.dataAfterClose)
    this.isLast = false
    this.#method = LINE.method
    this.#version = LINE.version
    this.#hasHost = false
    if (LINE.flags !== 0) tellHeadFlags(LINE.flags, this.connection)
    if (LINE.version === Version.simple) this.connection.anomaly(Anomaly.simpleRequest)
    details.request(LINE.version, LINE.method, bytes, LINE.methodStart, LINE.methodEnd)
    this.connection.sink.method?.(LINE.method === UNKNOWN_METHOD ? 'other' : methodName(LINE.method))
    this.#passTarget(bytes)
    return LINE.version !== Version.simple
  }

  #passTarget(bytes: Uint8Array): void {
    const { sink, details } = this.connection
    const { direction } = this
    const { targetStart, targetEnd, queryStart } = LINE
    if (!details.hasHost) this.#noteAuthority(bytes, targetStart, targetEnd)
    const pathEnd = queryStart < 0 ? targetEnd : queryStart - 1
    const isAsterisk = pathEnd === targetStart + 1 && bytes[targetStart] === ASTERISK
    if (targetStart < pathEnd && !isAsterisk) {
      sink.content(direction, 'http.target', 'path', bytes, targetStart, pathEnd)
    }
    if (queryStart >= 0 && queryStart < targetEnd) {
      sink.content(direction, 'http.query', 'form', bytes, queryStart, targetEnd)
    }
  }

  protected noteFields(bytes: Uint8Array, fields: FieldSection): void {
    const { host, userAgent } = fields
    const { details } = this.connection
    if (host.start >= 0) this.#hasHost = true
    if (host.start >= 0 && !details.hasHost) details.host(bytes, host.start, host.end)
    if (userAgent.start >= 0 && !details.hasUserAgent)
      details.userAgent(bytes, userAgent.start, userAgent.end)
  }

  protected endHead(fields: FieldSection): Framing {
    checkLengths(fields, this.#version)
    if (!this.#hasHost && this.#version === Version.http11) fields.flags |= HeadFlag.missingHost
    if (fields.flags !== 0) this.#tellFlags(fields)
    this.isLast = fields.close || (this.#version < Version.http11 && !fields.keepAlive)
    const isConnect = this.#method === METHOD_CONNECT
    if (isConnect) this.awaits = 'tunnel'
    else if (fields.upgrade) this.awaits = 'upgrade'
    this.#pushExchange(isConnect, fields.upgrade)
    // What follows CONNECT is the tunnel's, whatever the fields say (RFC 9110 section 9.3.6).
    return isConnect ? Framing.none : requestFraming(fields)
  }

  #tellFlags(fields: FieldSection): void {
    tellHeadFlags(fields.flags, this.connection)
    const { sink } = this.connection
    if (fields.isNegative) sink.event?.('http-negative-length')
    const isEncodingHidden = fields.hasTransferEncoding && (fields.flags & HeadFlag.spaceBeforeColon) !== 0
    if ((fields.flags & AMBIGUOUS) !== 0 || isEncodingHidden) sink.event?.('http-ambiguous-request')
  }

  #pushExchange(isConnect: boolean, isUpgrade: boolean): void {
    let exchange: number = Exchange.plain
    if (this.#method === METHOD_HEAD) exchange |= Exchange.head
    if (isConnect) exchange |= Exchange.connect
    if (isUpgrade) exchange |= Exchange.upgrade
    if (this.#version === Version.simple) exchange |= Exchange.simple
    if (!this.connection.exchanges.push(exchange)) this.connection.anomaly(Anomaly.pipelineDepth)
  }

  /** The host of a target in absolute or authority form counts before the field's (RFC 9112 section 3.2.2). */
  #noteAuthority(bytes: Uint8Array, start: number, end: number): void {
    AUTHORITY.start = start
    AUTHORITY.end = end
    if (this.#method !== METHOD_CONNECT) findAuthority(bytes, start, end, AUTHORITY)
    if (AUTHORITY.start < AUTHORITY.end) this.connection.details.host(bytes, AUTHORITY.start, AUTHORITY.end)
  }

  protected takesSimpleBody(): boolean {
    return false
  }
}
