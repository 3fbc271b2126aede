import { FlowPhase } from '../../packet/flow-phase.ts'
import { Direction } from '../../model/direction.ts'
import { type Packet, TcpFlag } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'

const { syn: SYN, ack: ACK, rst: RST } = TcpFlag

/**
 * Floods, by what is asked of a target and leads to nothing. A burst of connections that are completed is none, nor are the
 * connections that were under way when the watching began: those go on to be answered.
 */
export class Floods {
  readonly #context: DetectorContext
  readonly #syn: RateMeter
  readonly #ack: RateMeter
  readonly #reset: RateMeter
  readonly #udp: RateMeter
  readonly #icmp: RateMeter

  constructor(context: DetectorContext) {
    const { synFlood, ackFlood, resetFlood, udpFlood, icmpFlood } = context.threats
    this.#context = context
    this.#syn = new RateMeter(synFlood.measure)
    this.#ack = new RateMeter(ackFlood.measure)
    this.#reset = new RateMeter(resetFlood.measure)
    this.#udp = new RateMeter(udpFlood.measure)
    this.#icmp = new RateMeter(icmpFlood.measure)
  }

  /** A TCP segment of a flow; `flow` is -1 where the table is full, which is what a flood comes to. */
  tcp(packet: Packet, flow: number): void {
    const kind = packet.tcpFlags & (SYN | ACK | RST)
    const isFirst = flow < 0 || this.#context.flows.created
    if (kind === SYN) this.#open(packet, flow, isFirst)
    else if (isFirst && kind === ACK && packet.payloadLength === 0) this.#stray(packet, flow)
    else if (isFirst && (kind & RST) !== 0) this.#strayReset(packet, flow)
    else if (flow >= 0 && !isFirst) this.#goOn(packet, flow, kind)
  }

  #open(packet: Packet, flow: number, isFirst: boolean): void {
    const { marks, seen, threats } = this.#context
    // The same SYN again is a client that was not answered, not another connection.
    if (!threats.synFlood.on || !isFirst) return
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.synFlood, this.#syn)
    if (flow >= 0) marks.set(flow, Mark.halfOpen)
  }

  #stray(packet: Packet, flow: number): void {
    const { marks, seen, threats } = this.#context
    if (!threats.ackFlood.on) return
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.ackFlood, this.#ack)
    if (flow >= 0)
      marks.set(flow, this.#context.flows.side === 1 ? Mark.stray | Mark.strayIsHigh : Mark.stray)
  }

  #strayReset(packet: Packet, flow: number): void {
    const { seen, threats } = this.#context
    if (!threats.resetFlood.on) return
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.resetFlood, this.#reset)
  }

  /** Takes back what turned out to be a connection. */
  #goOn(packet: Packet, flow: number, kind: number): void {
    const { marks, flows, seen, threats } = this.#context
    if (!marks.has(flow, Mark.halfOpen | Mark.stray) || (kind & RST) !== 0) return
    const isFromClient = flows.direction === Direction.toServer
    if (marks.has(flow, Mark.halfOpen)) {
      if (kind !== ACK || !isFromClient) return
      marks.clear(flow, Mark.halfOpen)
      seen.ofPacket(packet, flow)
      this.#context.meter(threats.synFlood, this.#syn, -1)
    } else if (flows.phase(flow) === FlowPhase.tcpMidstreamTwoWay || packet.payloadLength > 0) {
      marks.clear(flow, Mark.stray)
      seen.ofPacket(packet, flow)
      if (flows.side !== (marks.has(flow, Mark.strayIsHigh) ? 1 : 0)) seen.turn()
      this.#context.meter(threats.ackFlood, this.#ack, -1)
    }
  }

  /** A datagram of a flow that nobody has answered. */
  udp(packet: Packet, flow: number): void {
    const { flows, seen, threats } = this.#context
    if (!threats.udpFlood.on) return
    if (flow >= 0 && flows.phase(flow) !== FlowPhase.udpOneWay) return
    if (isToMany(packet)) return
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.udpFlood, this.#udp)
  }

  /** An ICMP message that asks for an answer. */
  icmp(packet: Packet, flow: number): void {
    const { seen, threats } = this.#context
    if (!threats.icmpFlood.on) return
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.icmpFlood, this.#icmp)
  }
}

/** Multicast and broadcast, which nobody answers: 224.0.0.0/4 and above, ff00::/8, and what ends in .255. */
function isToMany({ bytes, destinationAt, ipVersion }: Packet): boolean {
  if (ipVersion === 6) return bytes[destinationAt] === 0xff
  return bytes[destinationAt] >= 224 || bytes[destinationAt + 3] === 255
}
