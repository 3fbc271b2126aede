import type { Microseconds } from '../lib/time.ts'
import type { FlowTable } from './flow-table.ts'
import type { Packet } from './packet.ts'
import { Comparison, SegmentDigests } from './segment-digests.ts'
import type { SentBytes } from './sent-bytes.ts'
import { newTcpCounters, type StreamEnd, type StreamSink, type TcpAnomaly } from './tcp-sink.ts'
import { StreamFlag, type TcpStreams } from './tcp-streams.ts'

/** The end of the way of a stream's bytes: moves the stream forward, remembers what went by, and tells the sink. */
export class TcpOutput {
  readonly counters = newTcpCounters()
  /** Of the packet whose bytes are given on. A field, as a number with a fraction costs an allocation as an argument. */
  time: Microseconds = 0.5
  /** Inline: whether what is given on is kept to be compared, byte for byte; what is not is remembered by digests. */
  keepsBytes = true
  readonly #flows: FlowTable
  readonly #streams: TcpStreams
  readonly #sink: StreamSink
  readonly #digests: SegmentDigests
  /** Inline: what is compared in place of digests, where `keepsBytes`. */
  readonly #sent: SentBytes | undefined

  constructor(flows: FlowTable, streams: TcpStreams, sink: StreamSink, sent?: SentBytes) {
    this.#flows = flows
    this.#streams = streams
    this.#sink = sink
    this.#digests = new SegmentDigests(flows.seed)
    this.#sent = sent
  }

  /** Inline: memory in use for what is kept. */
  get sentBytes(): number {
    return this.#sent?.bytes ?? 0
  }

  /** Gives on what comes next. */
  give(stream: number, bytes: Uint8Array, start: number, end: number): void {
    if (start >= end) return
    if (this.keepsBytes) this.#sent?.append(stream, bytes, start, end)
    else this.#sent?.forget(stream)
    this.#streams.setNext(stream, this.#streams.next(stream) + end - start)
    if (!this.#mayGive(stream)) return
    const flow = stream >> 1
    this.#sink.data(flow, this.#flows.directionOf(flow, stream & 1), bytes, start, end)
  }

  /** Passes over `length` bytes; 0 when it cannot be told how many. */
  gap(stream: number, length: number): void {
    this.counters.gaps++
    this.counters.gapBytes += length
    this.#sent?.forget(stream)
    this.#streams.setNext(stream, this.#streams.next(stream) + length)
    if (!this.#mayGive(stream)) return
    const flow = stream >> 1
    this.#sink.gap(flow, this.#flows.directionOf(flow, stream & 1), length)
  }

  ended(stream: number, how: StreamEnd): void {
    this.#streams.set(stream, StreamFlag.ended)
    this.#sink.ended(stream >> 1, this.#flows.directionOf(stream >> 1, stream & 1), how)
  }

  anomaly(stream: number, code: TcpAnomaly): void {
    this.counters.anomalies[code]++
    this.#sink.anomaly(stream >> 1, code)
  }

  /** Remembers a segment that is given on, for `compareOld`. */
  remember(stream: number, sequence: number, bytes: Uint8Array, start: number, end: number): void {
    const isKept = this.keepsBytes && this.#sent !== undefined
    if (!isKept && !this.#streams.has(stream, StreamFlag.ignored)) {
      this.#digests.remember(stream, sequence, bytes, start, end)
    }
  }

  /** The receiver of a stream has acknowledged more of it. */
  acknowledged(stream: number): void {
    this.#sent?.release(stream)
  }

  /** The stream's number is free for another. */
  forget(stream: number): void {
    this.#digests.forget(stream)
    this.#sent?.forget(stream)
  }

  /** Compares a segment, the first `old` bytes of which came before, with what is remembered of it. */
  compareOld(stream: number, sequence: number, packet: Packet, old: number): void {
    if (old >= packet.payloadLength) this.counters.retransmissions++
    const { bytes, payloadStart, payloadEnd } = packet
    if (this.keepsBytes && this.#sent !== undefined) {
      const known = Math.min(payloadEnd, payloadStart + old)
      this.#tell(stream, this.#sent.compare(stream, sequence, bytes, payloadStart, known))
      return
    }
    // A keep-alive may carry one byte of anything before what comes next (RFC 9293 section 3.8.4).
    if (old === 1 && packet.payloadLength === 1) return
    this.#tell(stream, this.#digests.compare(stream, sequence, bytes, payloadStart, payloadEnd))
  }

  #tell(stream: number, comparison: Comparison): void {
    if (comparison === Comparison.differs) this.anomaly(stream, 'tcp-overlap-differs')
    if (comparison !== Comparison.unknown) return
    this.counters.unverified++
    if (this.keepsBytes && this.#sent !== undefined) this.anomaly(stream, 'tcp-unverified')
  }

  /** Whether the sink wants more of the stream. Most packets find only `delivered` set. */
  #mayGive(stream: number): boolean {
    const state = this.#streams.state(stream)
    const { delivered, finReached, ignored } = StreamFlag
    return (state & (delivered | finReached | ignored)) === delivered || this.#begin(stream)
  }

  /** The stream begins, or goes on although its FIN was seen. */
  #begin(stream: number): boolean {
    const streams = this.#streams
    if (streams.has(stream, StreamFlag.finReached)) this.anomaly(stream, 'tcp-data-after-fin')
    streams.unset(stream, StreamFlag.finReached)
    streams.set(stream, StreamFlag.delivered)
    return !streams.has(stream, StreamFlag.ignored)
  }
}
