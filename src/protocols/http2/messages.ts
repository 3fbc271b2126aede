import { Direction } from '../../model/direction.ts'
import { Anomaly as HttpAnomaly, tellHeadFlags } from '../http/anomalies.ts'
import { Body } from '../http/body.ts'
import type { BodyOwner } from '../http/body.ts'
import { ConnectionDetails } from '../http/connection-details.ts'
import type { FieldSection } from '../http/field-section.ts'
import { bodyCodings } from '../http/framing.ts'
import type { MediaType } from '../http/media-type.ts'
import { UNDECLARED, mediaTypes } from '../http/media-type.ts'
import { METHOD_CONNECT, METHOD_HEAD, UNKNOWN_METHOD, findMethod, methodName } from '../http/methods.ts'
import type { ProtocolSink } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import type { FramePart } from './frame-reader.ts'
import type { Head } from './head.ts'
import type { HeadOf, HeadOwner } from './head-reader.ts'
import type { Stream, StreamSide } from './stream.ts'
import { StreamTable } from './stream.ts'

/** Major × 10 + minor, as HTTP/1 counts its versions. */
const HTTP_2 = 20
const UNAUTHORIZED = 401
const FORBIDDEN = 403
const NOT_MODIFIED = 304
const QUESTION_MARK = 0x3f
/** The stream of a request that came by HTTP/1 and asked for HTTP/2 (RFC 7540 section 3.2). */
const UPGRADED_STREAM = 1

/** The requests and responses of a connection, which interleave: hands on what is in them. */
export class Messages implements BodyOwner, HeadOwner {
  readonly sink: ProtocolSink
  readonly details = new ConnectionDetails()
  /** Told by the first head: gRPC is spoken on connections of its own. */
  application: 'HTTP' | 'GRPC' | undefined
  /** Something before was not seen. */
  isPartial = false
  readonly #streams = new StreamTable()
  /** Bodies under way the length of which was told, by direction. */
  readonly #awaited: [number, number] = [0, 0]
  /** The latest stream of a client. */
  #highest = 0
  /** Message that the sink was told of last. */
  #selected = 0
  /** Media type of the head at hand. */
  #declared: MediaType = UNDECLARED

  constructor(sink: ProtocolSink) {
    this.sink = sink
  }

  anomaly(code: string): void {
    this.details.anomaly(code)
    this.sink.anomaly(code)
  }

  /** What is handed on then belongs to the message of a stream; to none with 0. */
  select(id: number): void {
    if (this.#selected === id) return
    this.#selected = id
    this.sink.message?.(id)
  }

  /** Whether a body of a direction, the length of which was told, is not whole: streams without one may last as long as they like. */
  isWithin(direction: Direction): boolean {
    return this.#awaited[direction] > 0
  }

  /** Whether a stream of the client has no head of a response. */
  awaitsAnswer(id: number): boolean {
    const stream = (id & 1) === 1 ? this.#streams.get(id) : undefined
    return stream?.sides[Direction.toServer].hasHead === true && !stream.sides[Direction.toClient].hasHead
  }

  // Heads.

  headPart(of: HeadOf, head: Head): void {
    const { direction } = of
    if (head.isBegun || of.isPromise) this.select(of.stream)
    else this.#begin(of, head)
    if (!head.isBegun && of.isPromise) this.#passTarget(direction, head)
    if (head.length > 0) this.sink.content(direction, 'http.header', 'headers', head.lines, 0, head.length)
    this.#note(head)
  }

  /** The start of a head: a request's, a response's, or trailers, which have no pseudo fields (RFC 9113 section 8.1). */
  #begin(of: HeadOf, head: Head): void {
    this.#declared = UNDECLARED
    const stream = this.#streams.get(of.stream) ?? this.#open(of)
    const side = stream.sides[of.direction]
    this.select(of.stream)
    if (side.hasEnded) this.anomaly(Anomaly.streamClosed)
    if (side.hasHead) return
    side.hasHead = true
    this.sink.beginMessage?.(of.direction)
    if (head.has(':status')) this.#beginResponse(head)
    else this.#beginRequest(of.direction, head, stream)
  }

  #open({ direction, stream: id }: HeadOf): Stream {
    if (this.#streams.isFull) this.#dropOldest()
    const stream = this.#streams.open(id)
    const isClients = (id & 1) === 1
    if (direction === Direction.toServer) {
      if (!this.isPartial && (!isClients || id <= this.#highest))
        this.anomaly(isClients ? Anomaly.streamClosed : Anomaly.streamId)
    } else {
      // Its request was not seen, or is over.
      stream.sides[Direction.toServer].hasEnded = true
      if (!this.isPartial && isClients && id > this.#highest && id !== UPGRADED_STREAM)
        this.anomaly(Anomaly.streamUnasked)
    }
    if (isClients && id > this.#highest && direction === Direction.toServer) this.#highest = id
    return stream
  }

  #dropOldest(): void {
    this.anomaly(Anomaly.tooManyStreams)
    const oldest = this.#streams.oldest()
    if (oldest !== undefined) this.#abort(oldest)
  }

  #beginRequest(direction: Direction, head: Head, stream: Stream): void {
    const { details, sink } = this
    const start = head.start(':method')
    const end = head.end(':method')
    const method = start < 0 ? UNKNOWN_METHOD : findMethod(head.pseudoBytes, start, end)
    stream.isHead = method === METHOD_HEAD
    stream.isConnect = method === METHOD_CONNECT && !head.has(':protocol')
    if (start >= 0) details.request(HTTP_2, method, head.pseudoBytes, start, end)
    sink.method?.(method === UNKNOWN_METHOD ? 'other' : methodName(method))
    this.#passTarget(direction, head)
  }

  #passTarget(direction: Direction, head: Head): void {
    const { sink } = this
    const bytes = head.pseudoBytes
    const start = head.start(':path')
    if (start < 0) return
    const end = head.end(':path')
    let pathEnd = start
    while (pathEnd < end && bytes[pathEnd] !== QUESTION_MARK) pathEnd++
    if (start < pathEnd) sink.content(direction, 'http.target', 'path', bytes, start, pathEnd)
    if (pathEnd + 1 < end) sink.content(direction, 'http.query', 'form', bytes, pathEnd + 1, end)
  }

  #beginResponse(head: Head): void {
    const status = statusOf(head)
    this.details.response(HTTP_2, status)
    if (status === UNAUTHORIZED || status === FORBIDDEN) this.sink.event?.('http-denied')
  }

  #note({ fields, lines }: Head): void {
    const { details } = this
    const { host, userAgent, server, contentType } = fields
    if (contentType.start >= 0) this.#declared = mediaTypes.get(lines, contentType.start, contentType.end)
    if (host.start >= 0 && !details.hasHost) details.host(lines, host.start, host.end)
    if (userAgent.start >= 0 && !details.hasUserAgent)
      details.userAgent(lines, userAgent.start, userAgent.end)
    if (server.start >= 0 && !details.hasServer) details.server(lines, server.start, server.end)
  }

  longValue({ direction, stream }: HeadOf, bytes: Uint8Array, start: number, end: number): void {
    this.select(stream)
    this.sink.content(direction, 'http.header', 'text', bytes, start, end)
  }

  headEnded(of: HeadOf, head: Head): void {
    const { fields } = head
    this.select(of.stream)
    for (const code of head.problems) this.anomaly(code)
    tellHeadFlags(fields.flags, this)
    const stream = this.#streams.get(of.stream)
    if (of.isPromise || stream === undefined) return
    if (head.has(':status') || head.has(':method')) {
      this.#tellApplication()
      this.#enterBody(of, head, stream)
    } else if (fields.hasFraming) {
      this.anomaly(HttpAnomaly.forbiddenTrailer)
    }
    if (of.endsStream) this.#endSide(of.direction, stream)
  }

  #tellApplication(): void {
    const isGrpc = this.#declared.options.mediaType?.startsWith('application/grpc') === true
    this.application ??= isGrpc ? 'GRPC' : 'HTTP'
  }

  #enterBody({ direction, endsStream }: HeadOf, head: Head, stream: Stream): void {
    const { fields } = head
    const side = stream.sides[direction]
    if (fields.isNegative) this.sink.event?.('http-negative-length')
    if (fields.hasTransferEncoding) this.#tellTransferEncoding(direction)
    const status = head.has(':status') ? statusOf(head) : 0
    // Announcements: the response itself follows (RFC 9110 section 15.2).
    if (status >= 100 && status < 200) {
      side.hasHead = false
      this.sink.endMessage?.(direction)
      return
    }
    const hasNoBody = direction === Direction.toClient && (stream.isHead || status === NOT_MODIFIED)
    side.declaredBytes = hasNoBody ? -1 : fields.contentLength
    if (endsStream) return
    if (side.declaredBytes >= 0) this.#awaited[direction]++
    if (stream.isConnect) side.tunnel = this.sink.open(direction, 'payload', 'text')
    else side.body = this.#openBody(direction, fields)
  }

  /** A gateway that hands it on sends another request than was asked for (RFC 9113 section 8.2.2). */
  #tellTransferEncoding(direction: Direction): void {
    this.anomaly(Anomaly.transferEncoding)
    if (direction === Direction.toServer) this.sink.event?.('http-ambiguous-request')
  }

  #openBody(direction: Direction, fields: FieldSection): Body {
    const declared = this.#declared
    if (declared.anomaly !== undefined) this.anomaly(declared.anomaly)
    const codings = bodyCodings(fields)
    if (typeof codings !== 'string') return Body.open(this, direction, declared, codings)
    this.anomaly(codings === 'layers' ? HttpAnomaly.encodingLayers : HttpAnomaly.encodingUnsupported)
    return Body.open(this, direction, declared, [])
  }

  // Bodies.

  /** False for what comes on a stream that is closed: nobody waits for it. */
  data(direction: Direction, id: number, { bytes, start, end }: FramePart): boolean {
    if (start === end) return true
    const side = this.#sideOfData(direction, id)
    if (side === undefined) return false
    this.select(id)
    side.write(bytes, start, end)
    return true
  }

  #sideOfData(direction: Direction, id: number): StreamSide | undefined {
    const stream = this.#streams.get(id)
    const side = stream?.sides[direction]
    if (side?.isOpen === true) return side
    if (!this.isPartial) return undefined
    return this.#joinBody(
      direction,
      stream ?? this.#open({ direction, stream: id, isPromise: false, endsStream: false }),
    )
  }

  /** Its head was not seen: what it is, its first bytes tell. */
  #joinBody(direction: Direction, stream: Stream): StreamSide {
    const side = stream.sides[direction]
    this.select(stream.id)
    this.sink.beginMessage?.(direction)
    side.hasHead = true
    side.hasEnded = false
    side.body = Body.open(this, direction, UNDECLARED, [])
    return side
  }

  endData(direction: Direction, id: number): void {
    const stream = this.#streams.get(id)
    if (stream !== undefined) this.#endSide(direction, stream)
  }

  dataGap(direction: Direction, id: number, length: number): void {
    this.anomaly(HttpAnomaly.bodyGap)
    this.select(id)
    this.#streams.get(id)?.sides[direction].gap(length)
  }

  #endSide(direction: Direction, stream: Stream): void {
    const side = stream.sides[direction]
    this.select(stream.id)
    if (side.hasHead && !side.hasEnded) {
      const { declaredBytes, receivedBytes } = side
      this.#closeSide(direction, side, true)
      if (declaredBytes >= 0 && declaredBytes !== receivedBytes) this.#tellMismatch(direction)
      this.sink.endMessage?.(direction)
    }
    side.hasEnded = true
    if (stream.sides[0].hasEnded && stream.sides[1].hasEnded) this.#streams.close(stream)
  }

  #closeSide(direction: Direction, side: StreamSide, isWhole: boolean): void {
    if (side.isOpen && side.declaredBytes >= 0) this.#awaited[direction]--
    side.close(isWhole)
  }

  /** A gateway that goes by the length hands on another request than was sent (RFC 9113 section 8.1.1). */
  #tellMismatch(direction: Direction): void {
    this.anomaly(Anomaly.lengthMismatch)
    if (direction === Direction.toServer) this.sink.event?.('http-ambiguous-request')
  }

  // Ends.

  /** Either side has given a stream up. */
  reset(id: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    if (!stream.sides[Direction.toClient].hasEnded) this.sink.event?.('http2-stream-given-up')
    this.#abort(stream)
  }

  #abort(stream: Stream): void {
    this.select(stream.id)
    for (const direction of DIRECTIONS) this.#abortSide(direction, stream)
    this.#streams.close(stream)
  }

  #abortSide(direction: Direction, stream: Stream): void {
    const side = stream.sides[direction]
    if (!side.hasHead || side.hasEnded) return
    this.#closeSide(direction, side, false)
    this.sink.endMessage?.(direction)
  }

  /** A direction has ended. */
  end(direction: Direction): void {
    for (const stream of this.#streams.values()) {
      this.select(stream.id)
      this.#abortSide(direction, stream)
      stream.sides[direction].hasEnded = true
      if (stream.sides[0].hasEnded && stream.sides[1].hasEnded) this.#streams.close(stream)
    }
  }
}

const DIRECTIONS: readonly Direction[] = [Direction.toServer, Direction.toClient]

/** Three digits, or 0. */
function statusOf(head: Head): number {
  const start = head.start(':status')
  if (head.end(':status') - start !== 3) return 0
  let status = 0
  for (let i = start; i < start + 3; i++) {
    const digit = head.pseudoBytes[i] - 0x30
    if (digit < 0 || digit > 9) return 0
    status = status * 10 + digit
  }
  return status >= 100 && status <= 599 ? status : 0
}
