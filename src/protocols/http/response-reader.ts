import { Anomaly, tellHeadFlags } from './anomalies.ts'
import { Exchange, UNPAIRED } from './exchanges.ts'
import type { FieldSection } from './field-section.ts'
import { Framing, checkLengths, responseFraming } from './framing.ts'
import { MessageReader } from './message-reader.ts'
import { StatusLine, Version } from './start-line.ts'
import type { Verdict } from './start-prefix.ts'
import { responseVerdict, strictResponseVerdict } from './start-verdict.ts'

/** For the line at hand: it is taken before anything else is read. */
const LINE = new StatusLine()

const SWITCHING_PROTOCOLS = 101
const UNAUTHORIZED = 401
const FORBIDDEN = 403
const NO_CONTENT = 204
const NOT_MODIFIED = 304
const REQUEST_TIMEOUT = 408

/** Responses, RFC 9112 section 4. */
export class ResponseReader extends MessageReader {
  #status = 0
  #version = 0
  /** The answer to a request that asked for another protocol, and did not get it. */
  #isAnswer = false

  protected get startVerdict(): Verdict {
    return responseVerdict
  }

  protected get strictVerdict(): Verdict {
    return strictResponseVerdict
  }

  protected readStartLine(bytes: Uint8Array, start: number, end: number): number {
    return LINE.read(bytes, start, end)
  }

  protected beginMessage(): boolean {
    if (this.isLast) this.connection.anomaly(Anomaly.dataAfterClose)
    this.isLast = false
    this.#status = LINE.status
    this.#version = LINE.version
    if (LINE.flags !== 0) tellHeadFlags(LINE.flags, this.connection)
    this.connection.details.response(LINE.version, LINE.status)
    return true
  }

  protected noteFields(bytes: Uint8Array, fields: FieldSection): void {
    const { server } = fields
    const { details } = this.connection
    if (server.start >= 0 && !details.hasServer) details.server(bytes, server.start, server.end)
  }

  protected endHead(fields: FieldSection): Framing {
    checkLengths(fields, this.#version)
    if (fields.flags !== 0) tellHeadFlags(fields.flags, this.connection)
    const { sink } = this.connection
    const status = this.#status
    if (fields.isNegative) sink.event?.('http-negative-length')
    if (status === UNAUTHORIZED || status === FORBIDDEN) sink.event?.('http-denied')
    // 1xx are announcements, the response itself follows (RFC 9110 section 15.2).
    if (status >= 100 && status < 200 && status !== SWITCHING_PROTOCOLS) return Framing.none
    this.isLast = fields.close || (this.#version < Version.http11 && !fields.keepAlive)
    const exchange = this.#pair()
    if (status === SWITCHING_PROTOCOLS) return this.#upgrade(exchange)
    if (exchange !== UNPAIRED && (exchange & Exchange.connect) !== 0 && status >= 200 && status < 300) {
      return Framing.switch
    }
    this.#isAnswer = exchange === UNPAIRED || (exchange & (Exchange.connect | Exchange.upgrade)) !== 0
    return this.#hasNoBody(exchange, fields) ? Framing.none : responseFraming(fields)
  }

  protected override headEnded(): void {
    if (!this.#isAnswer) return
    this.#isAnswer = false
    this.connection.answered()
  }

  /** The request that this is the answer to. A server may time a connection out without having been asked anything. */
  #pair(): number {
    const { exchanges, details, isInStep } = this.connection
    if (exchanges.count === 0 && isInStep && details.requests > 0 && this.#status !== REQUEST_TIMEOUT) {
      this.connection.anomaly(Anomaly.responseWithoutRequest)
    }
    return exchanges.pop()
  }

  #upgrade(exchange: number): Framing {
    if (exchange !== UNPAIRED && (exchange & Exchange.upgrade) === 0) {
      this.connection.anomaly(Anomaly.upgradeUnasked)
    }
    return Framing.switch
  }

  /** RFC 9112 section 6.3, items 1 and 2. */
  #hasNoBody(exchange: number, fields: FieldSection): boolean {
    if (exchange !== UNPAIRED && (exchange & Exchange.head) !== 0) return true
    if (this.#status === NOT_MODIFIED) return true
    if (this.#status !== NO_CONTENT) return false
    if (fields.hasTransferEncoding || fields.contentLength > 0)
      this.connection.anomaly(Anomaly.bodyNotAllowed)
    return true
  }

  protected takesSimpleBody(): boolean {
    const { exchanges } = this.connection
    if (exchanges.first === UNPAIRED || (exchanges.first & Exchange.simple) === 0) return false
    exchanges.pop()
    return true
  }
}
