import { FlowPhase } from './flow-phase.ts'
import type { FlowTable } from './flow-table.ts'
import { tcpLimits } from './limits.ts'
import { type Packet, TcpFlag } from './packet.ts'
import type { TcpDelivery } from './tcp-delivery.ts'
import type { TcpOutput } from './tcp-output.ts'
import { StreamFlag, type TcpStreams } from './tcp-streams.ts'

/** Segments with SYN or RST: where streams begin, and what claims to break them off. */
export class TcpHandshake {
  readonly #flows: FlowTable
  readonly #streams: TcpStreams
  readonly #output: TcpOutput
  readonly #delivery: TcpDelivery

  constructor(flows: FlowTable, streams: TcpStreams, output: TcpOutput, delivery: TcpDelivery) {
    this.#flows = flows
    this.#streams = streams
    this.#output = output
    this.#delivery = delivery
  }

  take(stream: number, packet: Packet): void {
    const { syn, ack, rst } = TcpFlag
    const flags = packet.tcpFlags & (syn | ack | rst)
    if ((flags & rst) !== 0) this.#reset(stream, packet)
    else if (flags === syn) this.#synchronise(stream, packet)
    else this.#answer(stream, packet)
  }

  /** Where a stream begins, of which nothing was given on yet. */
  anchor(stream: number, sequence: number): void {
    if (this.#streams.ahead(stream, sequence) !== 0) this.#delivery.forget(stream)
    this.#streams.setNext(stream, sequence)
    this.#streams.set(stream, StreamFlag.started | StreamFlag.anchored)
  }

  #synchronise(stream: number, packet: Packet): void {
    if (!this.#begin(stream, packet) || packet.payloadLength === 0) return
    this.#delivery.holdSynData(stream, packet.sequence + 1, packet)
  }

  /** SYN+ACK: its sender's stream begins, and the receiver's is where it says. */
  #answer(stream: number, packet: Packet): void {
    if (!this.#begin(stream, packet)) return
    const asker = stream ^ 1
    const streams = this.#streams
    const taken = streams.ahead(asker, packet.acknowledgment)
    if (streams.has(asker, StreamFlag.synData)) this.#delivery.answerSynData(asker, taken > 0)
    // Of several initial numbers the one that was answered counts.
    else if (!streams.has(asker, StreamFlag.delivered)) this.anchor(asker, packet.acknowledgment)
    streams.setAcknowledged(asker, packet.acknowledgment)
    streams.set(asker, StreamFlag.acknowledged)
    if (packet.payloadLength > 0) this.#delivery.take(stream, packet.sequence + 1, packet)
  }

  /** Sets where the stream begins; false when the SYN is not of this connection, or of its past. */
  #begin(stream: number, packet: Packet): boolean {
    const streams = this.#streams
    const ahead = streams.ahead(stream, packet.sequence + 1)
    if (streams.has(stream, StreamFlag.delivered | StreamFlag.ended)) {
      const isRepeated = ahead <= 0 && ahead > -tcpLimits.windowBytes
      if (!isRepeated) this.#output.anomaly(stream, 'tcp-syn-in-stream')
      return false
    }
    if (streams.has(stream, StreamFlag.syn) && ahead !== 0) {
      this.#output.anomaly(stream, 'tcp-syn-differs')
      // A client takes the first answer, and of several SYNs that counts which is answered.
      if (this.#delivery.isInline && (packet.tcpFlags & TcpFlag.ack) !== 0) return false
    }
    this.anchor(stream, packet.sequence + 1)
    streams.set(stream, StreamFlag.syn)
    return true
  }

  /**
   * A RST near what its receiver expects. Whether the receiver took it cannot be seen: it may be forged, or not reach
   * it. So nothing is dropped: the flow is only given up sooner, unless its sender goes on.
   */
  #reset(stream: number, packet: Packet): void {
    if (!this.#isPlausibleReset(stream, packet)) {
      this.#output.anomaly(stream, 'tcp-reset-out-of-window')
      return
    }
    this.#streams.set(stream, StreamFlag.reset)
    if (this.#streams.ahead(stream, packet.sequence) <= 0) this.#streams.set(stream, StreamFlag.resetReached)
    const flow = stream >> 1
    if (this.#flows.phase(flow) !== FlowPhase.tcpClosed) this.#flows.moveTo(flow, FlowPhase.tcpReset)
  }

  #isPlausibleReset(stream: number, packet: Packet): boolean {
    const streams = this.#streams
    if (!streams.has(stream, StreamFlag.started)) return this.#refuses(stream ^ 1, packet)
    const isOld =
      streams.has(stream, StreamFlag.acknowledged) &&
      ((packet.sequence - streams.acknowledged(stream)) | 0) < 0
    return !isOld && streams.ahead(stream, packet.sequence) <= tcpLimits.resetWindowBytes
  }

  /** An answer to a SYN must acknowledge it (RFC 9293 section 3.10.7.3). */
  #refuses(asker: number, packet: Packet): boolean {
    if ((packet.tcpFlags & TcpFlag.ack) === 0 || !this.#streams.has(asker, StreamFlag.anchored)) return true
    const taken = this.#streams.ahead(asker, packet.acknowledgment)
    return taken >= 0 && taken <= tcpLimits.resetWindowBytes
  }
}
