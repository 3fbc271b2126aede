import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ContentStream, ProtocolParser, ProtocolSink } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import type { FramePart, FrameTaker } from './frame-reader.ts'
import { FrameReader } from './frame-reader.ts'
import type { FrameHeader } from './frames.ts'
import { FrameFlag, FrameType } from './frames.ts'
import { HeadReader } from './head-reader.ts'
import { limits } from './limits.ts'
import { Messages } from './messages.ts'

/** One direction: its frames, and the heads in them. */
interface Side {
  frames: FrameReader
  heads: HeadReader
  /** What is in a frame that carries no message. */
  payload: ContentStream | undefined
}

/** One HTTP/2 connection, seen from the side. */
export class Http2Parser implements ProtocolParser, FrameTaker {
  readonly handover = false
  readonly encrypted = false
  readonly #messages: Messages
  readonly #sides: readonly [Side, Side]
  /** Bytes of the client so far, as long as it is not known which application it is. */
  #openingBytes = 0
  #isPickedUp = false

  constructor(sink: ProtocolSink) {
    this.#messages = new Messages(sink)
    this.#sides = [this.#side(Direction.toServer), this.#side(Direction.toClient)]
  }

  #side(direction: Direction): Side {
    return {
      frames: new FrameReader(direction, this),
      heads: new HeadReader(direction, this.#messages),
      payload: undefined,
    }
  }

  spoken(): string | undefined {
    return this.#messages.application
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number, _time: Microseconds): number {
    this.#sides[direction].frames.read(bytes, start, end)
    this.#messages.select(0)
    if (direction === Direction.toServer && this.#messages.application === undefined) {
      this.#openingBytes += end - start
      if (this.#openingBytes > limits.openingBytes) this.#messages.application = 'HTTP'
    }
    return end
  }

  gap(direction: Direction, length: number): boolean {
    const isKnown = this.#sides[direction].frames.gap(length)
    this.#messages.select(0)
    return isKnown
  }

  end(direction: Direction): void {
    const { heads } = this.#sides[direction]
    heads.abandon()
    this.#closePayload(direction, false)
    this.#messages.end(direction)
    this.#messages.select(0)
    this.#messages.application ??= 'HTTP'
  }

  holds(direction: Direction): boolean {
    return this.#sides[direction].heads.isWithin
  }

  isWithin(direction: Direction): boolean {
    return this.#sides[direction].heads.isWithin || this.#messages.isWithin(direction)
  }

  /** What a server may say is what it has begun to: its settings come first (RFC 9113 section 3.4). */
  awaitsAnswer(message: number): boolean {
    const { frames, heads } = this.#sides[Direction.toClient]
    return frames.isBetween && !heads.isWithin && this.#messages.awaitsAnswer(message)
  }

  describe(details: FlowDetails): void {
    this.#messages.details.describe(details)
  }

  anomaly(code: string): void {
    this.#messages.anomaly(code)
  }

  // Frames.

  pickedUp(direction: Direction): void {
    if (!this.#isPickedUp) this.anomaly(Anomaly.pickedUp)
    this.#isPickedUp = true
    this.#messages.isPartial = true
    this.#sides[direction].heads.lose()
  }

  frameBegins(direction: Direction, frame: FrameHeader): void {
    const { heads } = this.#sides[direction]
    if (direction === Direction.toServer) this.#tellFlood(frame)
    if (heads.isWithin) {
      if (frame.type === FrameType.continuation && frame.stream === heads.stream) return
      // Nothing may stand within a block (RFC 9113 section 6.10).
      this.anomaly(Anomaly.frameOrder)
      heads.abandon()
    }
    switch (frame.type) {
      case FrameType.headers:
        heads.begin(frame)
        break
      case FrameType.pushPromise:
        this.anomaly(Anomaly.push)
        heads.begin(frame)
        break
      case FrameType.continuation:
        this.anomaly(Anomaly.frameOrder)
        heads.begin(frame)
        heads.broken()
        break
      default:
    }
  }

  /** What a server has to work for, or to keep, and a client hardly to send. */
  #tellFlood(frame: FrameHeader): void {
    const { sink } = this.#messages
    if (frame.type === FrameType.continuation && !frame.has(FrameFlag.endHeaders))
      sink.event?.('http2-continuation')
    if (isControl(frame)) sink.event?.('http2-control')
  }

  framePart(direction: Direction, frame: FrameHeader, part: FramePart): void {
    switch (frame.type) {
      case FrameType.data:
        if (!this.#messages.data(direction, frame.stream, part)) this.#unasked(direction, part)
        if (part.isLast) this.#closePayload(direction, true)
        if (part.isLast && frame.has(FrameFlag.endStream)) this.#messages.endData(direction, frame.stream)
        break
      case FrameType.headers:
      case FrameType.pushPromise:
      case FrameType.continuation:
        this.#sides[direction].heads.part(part, frame)
        break
      case FrameType.resetStream:
        if (part.isLast) this.#messages.reset(frame.stream)
        break
      case FrameType.priority:
      case FrameType.settings:
      case FrameType.ping:
      case FrameType.windowUpdate:
        break
      default:
        this.#payloadPart(direction, frame, part)
    }
  }

  /** Data on a stream that is closed, or never was. */
  #unasked(direction: Direction, part: FramePart): void {
    if (this.#sides[direction].payload === undefined) this.anomaly(Anomaly.streamClosed)
    this.#passPayload(direction, part)
  }

  /** Debug data of GOAWAY, and frames of extensions: what stands there is looked at as text. */
  #payloadPart(direction: Direction, frame: FrameHeader, part: FramePart): void {
    if (part.start < part.end) this.#passPayload(direction, part)
    if (!part.isLast) return
    if (frame.type > FrameType.continuation) this.anomaly(Anomaly.frameUnknown)
    this.#closePayload(direction, true)
  }

  #passPayload(direction: Direction, { bytes, start, end }: FramePart): void {
    const side = this.#sides[direction]
    this.#messages.select(0)
    side.payload ??= this.#messages.sink.open(direction, 'payload', 'text')
    side.payload.write(bytes, start, end)
  }

  #closePayload(direction: Direction, isWhole: boolean): void {
    const side = this.#sides[direction]
    side.payload?.close(isWhole)
    side.payload = undefined
  }

  frameGap(direction: Direction, frame: FrameHeader, length: number): void {
    if (frame.type === FrameType.data) this.#messages.dataGap(direction, frame.stream, length)
    else this.#sides[direction].heads.broken()
  }
}

function isControl({ type, length, flags }: FrameHeader): boolean {
  switch (type) {
    case FrameType.ping:
    case FrameType.settings:
    case FrameType.priority:
      return true
    case FrameType.continuation:
      return length === 0
    case FrameType.data:
      return length === 0 && (flags & FrameFlag.endStream) === 0
    default:
      return false
  }
}
