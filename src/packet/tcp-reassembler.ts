import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import { FlowPhase } from './flow-phase.ts'
import type { FlowTable } from './flow-table.ts'
import { tcpLimits } from './limits.ts'
import { type Packet, TcpFlag } from './packet.ts'
import { CHUNK_BYTES } from './segment-chunks.ts'
import { SentBytes } from './sent-bytes.ts'
import type { SegmentOverlapPolicy } from './segment-queues.ts'
import { TcpDelivery } from './tcp-delivery.ts'
import { TcpHandshake } from './tcp-handshake.ts'
import { TcpOutput } from './tcp-output.ts'
import { StreamEnd, type StreamSink, type TcpCounters } from './tcp-sink.ts'
import { StreamFlag, TcpStreams } from './tcp-streams.ts'

export * from './tcp-sink.ts'

const { ack: ACK, fin: FIN, rst: RST, syn: SYN } = TcpFlag

export interface TcpReassemblerOptions {
  overlapPolicy?: SegmentOverlapPolicy
  /** Most memory for segments that wait, in all and for one direction of a flow. */
  heldBytes?: number
  heldBytesPerStream?: number
  /**
   * Packets wait for what comes of them: what is said again is compared byte for byte, holes are never given up for lack of room, and
   * of several answers to a SYN the first counts.
   */
  isInline?: boolean
}

/** Puts the two byte streams of TCP flows in order. In-order payload is given on in place, without a copy. */
export class TcpReassembler {
  /** What came next in the stream of the segment last taken, before it; a signed word. */
  expected = 0
  readonly #flows: FlowTable
  readonly #streams: TcpStreams
  readonly #output: TcpOutput
  readonly #delivery: TcpDelivery
  readonly #handshake: TcpHandshake

  constructor(flows: FlowTable, sink: StreamSink, options: TcpReassemblerOptions = {}) {
    this.#flows = flows
    this.#streams = new TcpStreams(flows.records)
    const { isInline = false } = options
    this.#output = new TcpOutput(flows, this.#streams, sink, isInline ? this.#sentBytes() : undefined)
    this.#delivery = new TcpDelivery(flows, this.#streams, this.#output, {
      chunks: Math.trunc((options.heldBytes ?? tcpLimits.heldBytes) / CHUNK_BYTES),
      chunksPerQueue: Math.trunc((options.heldBytesPerStream ?? tcpLimits.heldBytesPerStream) / CHUNK_BYTES),
      overlapPolicy: options.overlapPolicy ?? 'first',
      isInline,
    })
    this.#handshake = new TcpHandshake(flows, this.#streams, this.#output, this.#delivery)
  }

  #sentBytes(): SentBytes {
    const { sentBytes: bytes, sentBytesPerStream: bytesPerStream } = tcpLimits
    return new SentBytes(this.#streams, { bytes, bytesPerStream })
  }

  get counters(): Readonly<TcpCounters> {
    return this.#output.counters
  }

  /** During `StreamSink.data`: when the packet that brought these bytes came. */
  get time(): Microseconds {
    return this.#output.time
  }

  /**
   * Inline: whether the bytes of the segments that come are kept until they are acknowledged. Without, as in a capture, some of what is
   * said again with another content is missed.
   */
  set keepsBytes(keeps: boolean) {
    this.#output.keepsBytes = keeps
  }

  /** Memory in use for segments that wait. */
  get heldBytes(): number {
    return this.#delivery.queues.chunks.count * CHUNK_BYTES
  }

  /** Inline: memory in use for what was not acknowledged yet. */
  get sentBytes(): number {
    return this.#output.sentBytes
  }

  /** Takes the packet that `flows.track` has just given `flow` for; only TCP. */
  // Sequence numbers go on as signed words: beyond 2^31 a number would be an allocation as an argument.
  segment(flow: number, packet: Packet): void {
    const stream = flow * 2 + this.#flows.side
    this.#output.time = packet.time
    this.expected = this.#streams.has(stream, StreamFlag.started)
      ? this.#streams.next(stream)
      : packet.sequence | 0
    const flags = packet.tcpFlags
    if ((flags & (SYN | RST)) !== 0) {
      this.#handshake.take(stream, packet)
      return
    }
    if ((flags & ACK) !== 0) this.#acknowledge(stream, packet.acknowledgment | 0)
    if (packet.payloadLength > 0 || (flags & FIN) !== 0) {
      if (this.#isNear(stream, packet)) this.#take(stream, packet)
    } else if (!this.#streams.has(stream, StreamFlag.started)) {
      this.#comeIn(stream, packet.sequence | 0)
    }
  }

  /** Whether the sender of the packet at hand, of `flow`, has all that the other side has sent: an answer would come next there. */
  hasAll(flow: number, packet: Packet): boolean {
    const other = (flow * 2 + this.#flows.side) ^ 1
    return (
      this.#streams.has(other, StreamFlag.started) &&
      this.#streams.next(other) === (packet.acknowledgment | 0)
    )
  }

  /** No more `data` or `gap` for this direction: frees what waits. Sequence, FIN and RST are still followed. */
  ignore(flow: number, direction: Direction): void {
    const side = this.#flows.directionOf(flow, 0) === direction ? 0 : 1
    this.#streams.set(flow * 2 + side, StreamFlag.ignored)
  }

  /** The flow is over: gives on what waits, gaps included, and ends both directions. Call it from `FlowSink.ended`. */
  end(flow: number): void {
    const first = flow * 2 + this.#flows.directionOf(flow, 0)
    this.#delivery.flush(first)
    this.#delivery.flush(first ^ 1)
    this.#finish(first)
    this.#finish(first ^ 1)
    this.#output.forget(first)
    this.#output.forget(first ^ 1)
  }

  #finish(stream: number): void {
    if (this.#streams.has(stream, StreamFlag.finReached)) this.#delivery.finish(stream, StreamEnd.fin)
    else this.#delivery.finish(stream, this.#wasReset(stream >> 1) ? StreamEnd.reset : StreamEnd.abandoned)
  }

  #wasReset(flow: number): boolean {
    return this.#streams.has(flow * 2, StreamFlag.reset) || this.#streams.has(flow * 2 + 1, StreamFlag.reset)
  }

  #take(stream: number, packet: Packet): void {
    this.#delivery.take(stream, packet.sequence | 0, packet)
    if ((packet.tcpFlags & FIN) === 0) return
    this.#delivery.takeFin(stream, packet.sequence + packet.payloadLength)
    const flow = stream >> 1
    if (this.#flows.phase(flow) === FlowPhase.tcpReset) return
    const isBoth = this.#streams.has(stream ^ 1, StreamFlag.finSeen)
    this.#flows.moveTo(flow, isBoth ? FlowPhase.tcpClosed : FlowPhase.tcpHalfClosed)
  }

  /** What the sender of `stream` says of the stream that it receives. */
  #acknowledge(stream: number, acknowledgment: number): void {
    const streams = this.#streams
    const other = stream ^ 1
    const state = streams.state(other)
    if ((state & StreamFlag.acknowledged) === 0) {
      this.#acknowledgeFirst(stream, acknowledgment)
    } else {
      const moved = (acknowledgment - streams.acknowledged(other)) | 0
      // Far back: the stream has moved on by more than half of the sequence space, unseen.
      if (moved < 0 && moved > -tcpLimits.windowBytes) return
      streams.setAcknowledged(other, acknowledgment)
    }
    this.#output.acknowledged(other)
    const isAwaited = streams.queue(other) !== 0 || (state & StreamFlag.finReached) !== 0
    if (isAwaited) this.#delivery.acknowledged(other)
  }

  #acknowledgeFirst(stream: number, acknowledgment: number): void {
    const streams = this.#streams
    const other = stream ^ 1
    streams.setAcknowledged(other, acknowledgment)
    streams.set(other, StreamFlag.acknowledged)
    // The SYN+ACK was not seen: its sender's stream begins where the first answer says.
    const isOpening = streams.has(stream, StreamFlag.syn) && !streams.has(stream, StreamFlag.delivered)
    if (isOpening && !streams.has(other, StreamFlag.started)) this.#handshake.anchor(other, acknowledgment)
  }

  /** Whether the segment lies where it can belong to the stream, or the stream can be found again there. */
  #isNear(stream: number, packet: Packet): boolean {
    const streams = this.#streams
    const sequence = packet.sequence | 0
    if (!streams.has(stream, StreamFlag.anchored | StreamFlag.delivered)) this.#comeIn(stream, sequence)
    const ahead = streams.ahead(stream, sequence)
    if (ahead >= -tcpLimits.windowBytes && ahead <= tcpLimits.windowBytes) {
      streams.clearStrays(stream)
      return true
    }
    this.#output.anomaly(stream, 'tcp-data-out-of-window')
    if (streams.has(stream, StreamFlag.ended) || !this.#isFoundAgain(stream, sequence)) return false
    streams.clearStrays(stream)
    this.#delivery.resynchronise(stream, sequence)
    return true
  }

  /** A capture may miss any amount. The receiver's word tells, or where it is not seen, the sender's going on. */
  #isFoundAgain(stream: number, sequence: number): boolean {
    const streams = this.#streams
    if (!this.#flows.hasSpoken(stream >> 1, (stream & 1) ^ 1)) {
      return streams.countStray(stream) >= tcpLimits.oneSidedStrays
    }
    const behind = (sequence - streams.acknowledged(stream)) | 0
    return Math.abs(behind) <= tcpLimits.windowBytes && streams.has(stream, StreamFlag.acknowledged)
  }

  /** Midstream: the first segment seen is where the stream begins for us. */
  #comeIn(stream: number, sequence: number): void {
    this.#streams.setNext(stream, sequence)
    this.#streams.set(stream, StreamFlag.started)
  }
}
