import type { Direction } from '../../model/direction.ts'
import { Anomaly } from './anomalies.ts'
import { FRAME_HEADER_BYTES, FrameFlag, FrameHeader, FrameType, PREFACE } from './frames.ts'

/** What is done with the frames of a direction. */
export interface FrameTaker {
  /** The direction begins otherwise than a connection does. */
  pickedUp(direction: Direction): void
  frameBegins(direction: Direction, frame: FrameHeader): void
  /** A part of what a frame carries, without padding and priority; `isLast` for the last, which may be empty. */
  framePart(direction: Direction, frame: FrameHeader, part: FramePart): void
  /** Octets of what a frame carries were lost. */
  frameGap(direction: Direction, frame: FrameHeader, length: number): void
  anomaly(code: string): void
}

export interface FramePart {
  bytes: Uint8Array
  start: number
  end: number
  isLast: boolean
}

const Phase = { preface: 0, header: 1, prefix: 2, content: 3, padding: 4 } as const

const PRIORITY_BYTES = 5
const PROMISED_BYTES = 4
/** Last stream and error of GOAWAY, before what it says in words (section 6.8). */
const GOAWAY_BYTES = 8

/** Cuts what one direction sends into frames (RFC 9113 section 4), whatever pieces it comes in. */
export class FrameReader {
  readonly frame = new FrameHeader()
  readonly #direction: Direction
  readonly #taker: FrameTaker
  readonly #header = new Uint8Array(FRAME_HEADER_BYTES)
  readonly #part: FramePart = { bytes: this.#header, start: 0, end: 0, isLast: false }
  #phase: number = Phase.preface
  /** Bytes of the preface, of a header or of a prefix that have come. */
  #taken = 0
  /** Bytes of content, and of padding, that are still to come of the frame at hand. */
  #content = 0
  #padding = 0
  #prefix = 0
  #isFirst = true
  #isPaddingOdd = false

  constructor(direction: Direction, taker: FrameTaker) {
    this.#direction = direction
    this.#taker = taker
  }

  /** A frame has been read to its end, and nothing of the next. */
  get isBetween(): boolean {
    return this.#phase === Phase.header && this.#taken === 0 && !this.#isFirst
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) i = this.#step(bytes, i, end)
  }

  /** `length` bytes were lost; false when it is not known any more where a frame begins. */
  gap(length: number): boolean {
    if (this.#phase !== Phase.content && this.#phase !== Phase.padding) return false
    if (length <= 0 || length > this.#content + this.#padding) return false
    const content = Math.min(length, this.#content)
    this.#content -= content
    this.#padding -= length - content
    if (content > 0) this.#taker.frameGap(this.#direction, this.frame, content)
    if (content > 0 && this.#content === 0) this.#hand(this.#header, 0, 0)
    if (this.#content === 0) this.#phase = this.#padding > 0 ? Phase.padding : Phase.header
    return true
  }

  #step(bytes: Uint8Array, start: number, end: number): number {
    switch (this.#phase) {
      case Phase.preface:
        return this.#readPreface(bytes, start, end)
      case Phase.header:
        return this.#readHeader(bytes, start, end)
      case Phase.prefix:
        return this.#readPrefix(bytes, start, end)
      case Phase.content:
        return this.#readContent(bytes, start, end)
      default:
        return this.#readPadding(bytes, start, end)
    }
  }

  /** Of a client; a server has none, and one that was picked up neither. */
  #readPreface(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && this.#taken < PREFACE.length && bytes[i] === PREFACE[this.#taken]) {
      this.#taken++
      i++
    }
    if (this.#taken < PREFACE.length && (i === end || this.#taken > 0)) {
      // No frame begins with a part of it: its first octet would be a length of 5 MiB.
      if (i === end) return end
      this.#taker.anomaly(Anomaly.frameOrder)
    }
    this.#phase = Phase.header
    this.#taken = 0
    return i
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): number {
    if (this.#taken === 0 && end - start >= FRAME_HEADER_BYTES) {
      this.frame.read(bytes, start)
      this.#begin()
      return start + FRAME_HEADER_BYTES
    }
    let i = start
    while (i < end && this.#taken < FRAME_HEADER_BYTES) this.#header[this.#taken++] = bytes[i++]
    if (this.#taken < FRAME_HEADER_BYTES) return i
    this.#taken = 0
    this.frame.read(this.#header, 0)
    this.#begin()
    return i
  }

  #begin(): void {
    const { frame } = this
    if (this.#isFirst) this.#beginDirection()
    if (!frame.isSized) this.#taker.anomaly(Anomaly.frameSize)
    if (!frame.isPlaced) this.#taker.anomaly(Anomaly.streamId)
    this.#taker.frameBegins(this.#direction, frame)
    this.#prefix = prefixBytes(frame)
    this.#content = frame.length
    this.#padding = 0
    this.#phase = this.#prefix > 0 ? Phase.prefix : Phase.content
    if (frame.length < this.#prefix) {
      this.#taker.anomaly(Anomaly.frameSize)
      this.#phase = Phase.content
    }
    if (this.#phase === Phase.content && this.#content === 0) this.#endContent()
  }

  /** Both sides begin with SETTINGS that are no acknowledgement (section 3.4). */
  #beginDirection(): void {
    this.#isFirst = false
    const { frame } = this
    if (frame.type !== FrameType.settings || frame.has(FrameFlag.ack)) this.#taker.pickedUp(this.#direction)
  }

  /** Length of the padding, priority, stream that is promised, numbers of GOAWAY: only the first is looked at. */
  #readPrefix(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && this.#taken < this.#prefix) {
      if (this.#taken++ === 0 && hasPadding(this.frame)) this.#padding = bytes[i]
      i++
    }
    if (this.#taken < this.#prefix) return i
    this.#taken = 0
    this.#content -= this.#prefix
    if (this.#padding > this.#content) {
      this.#taker.anomaly(Anomaly.padding)
      this.#padding = this.#content
    }
    this.#content -= this.#padding
    this.#phase = Phase.content
    if (this.#content === 0) this.#endContent()
    return i
  }

  #readContent(bytes: Uint8Array, start: number, end: number): number {
    const i = Math.min(end, start + this.#content)
    this.#content -= i - start
    this.#hand(bytes, start, i)
    if (this.#content === 0) this.#phase = this.#padding > 0 ? Phase.padding : Phase.header
    return i
  }

  /** Of a frame that carries nothing. */
  #endContent(): void {
    this.#hand(this.#header, 0, 0)
    this.#phase = this.#padding > 0 ? Phase.padding : Phase.header
  }

  #hand(bytes: Uint8Array, start: number, end: number): void {
    const part = this.#part
    part.bytes = bytes
    part.start = start
    part.end = end
    part.isLast = this.#content === 0
    this.#taker.framePart(this.#direction, this.frame, part)
  }

  /** Zeros, or else something is said where nobody looks (section 6.1). */
  #readPadding(bytes: Uint8Array, start: number, end: number): number {
    const i = Math.min(end, start + this.#padding)
    for (let at = start; at < i && !this.#isPaddingOdd; at++) this.#isPaddingOdd = bytes[at] !== 0
    this.#padding -= i - start
    if (this.#padding > 0) return i
    this.#phase = Phase.header
    if (this.#isPaddingOdd) this.#taker.anomaly(Anomaly.padding)
    this.#isPaddingOdd = false
    return i
  }
}

function hasPadding(frame: FrameHeader): boolean {
  const { type } = frame
  const isPaddable = type === FrameType.data || type === FrameType.headers || type === FrameType.pushPromise
  return isPaddable && frame.has(FrameFlag.padded)
}

function prefixBytes(frame: FrameHeader): number {
  const padding = hasPadding(frame) ? 1 : 0
  if (frame.type === FrameType.pushPromise) return padding + PROMISED_BYTES
  if (frame.type === FrameType.goAway) return GOAWAY_BYTES
  const hasPriority = frame.type === FrameType.headers && frame.has(FrameFlag.priority)
  return hasPriority ? padding + PRIORITY_BYTES : padding
}
