import type { FlowState } from '../model/records.ts'
import { IpProtocol, type Packet, TcpFlag } from './packet.ts'

/**
 * Where a flow stands, by transport. Each phase has its own time-out and its own list, least recently seen first; the
 * record's `FlowState` follows from it.
 */
export const FlowPhase = {
  /** SYN or SYN+ACK seen, no more. */
  tcpOpening: 0,
  tcpEstablished: 1,
  /** One FIN seen. */
  tcpHalfClosed: 2,
  /** Both FINs seen: stays for what is still under way. */
  tcpClosed: 3,
  tcpReset: 4,
  /** Picked up in the middle, one side seen so far. */
  tcpMidstream: 5,
  /** Picked up in the middle, both sides seen. */
  tcpMidstreamTwoWay: 6,
  udpOneWay: 7,
  udpTwoWay: 8,
  icmpOneWay: 9,
  icmpTwoWay: 10,
  otherOneWay: 11,
  otherTwoWay: 12,
  /** Inline: nobody looks at it any more, the kernel forwards it. Stays for what was under way. */
  released: 13,
  /** Inline: it was cut. Stays so that what is sent again is not taken for a connection that goes on. */
  cut: 14,
} as const
export type FlowPhase = (typeof FlowPhase)[keyof typeof FlowPhase]
export type FlowPhaseName = keyof typeof FlowPhase

export const flowPhaseNames = Object.keys(FlowPhase) as FlowPhaseName[]

/** The state that a flow's record tells, by phase. */
export const flowStates: readonly FlowState[] = [
  'attempted',
  'established',
  'established',
  'closed',
  'reset',
  'midstream',
  'midstream',
  'one-way',
  'two-way',
  'one-way',
  'two-way',
  'one-way',
  'two-way',
  'established',
  'reset',
]

/**
 * Who makes room first in a full table. A flood leaves flows that nobody answered, so that it displaces its own kind
 * before any connection that works.
 */
export const expendability: readonly FlowPhase[] = [
  FlowPhase.released,
  FlowPhase.tcpReset,
  FlowPhase.tcpClosed,
  FlowPhase.cut,
  FlowPhase.tcpOpening,
  FlowPhase.icmpOneWay,
  FlowPhase.otherOneWay,
  FlowPhase.udpOneWay,
  FlowPhase.tcpMidstream,
  FlowPhase.icmpTwoWay,
  FlowPhase.udpTwoWay,
  FlowPhase.otherTwoWay,
  FlowPhase.tcpHalfClosed,
  FlowPhase.tcpMidstreamTwoWay,
  FlowPhase.tcpEstablished,
]

/** The phase of a flow that begins with this packet. */
export function firstPhase(packet: Packet): FlowPhase {
  switch (packet.protocol) {
    case IpProtocol.tcp:
      if ((packet.tcpFlags & TcpFlag.rst) !== 0) return FlowPhase.tcpReset
      return (packet.tcpFlags & TcpFlag.syn) === 0 ? FlowPhase.tcpMidstream : FlowPhase.tcpOpening
    case IpProtocol.udp:
      return FlowPhase.udpOneWay
    case IpProtocol.icmp:
    case IpProtocol.icmp6:
      return FlowPhase.icmpOneWay
    default:
      return FlowPhase.otherOneWay
  }
}

/**
 * The phase after one more packet. FIN and RST count only once their sequence number is found plausible, which is up to
 * the reassembler.
 */
export function nextPhase(phase: FlowPhase, packet: Packet, isTwoWay: boolean): FlowPhase {
  switch (phase) {
    case FlowPhase.tcpOpening:
      return (packet.tcpFlags & (TcpFlag.syn | TcpFlag.rst | TcpFlag.ack)) === TcpFlag.ack
        ? FlowPhase.tcpEstablished
        : phase
    case FlowPhase.tcpMidstream:
    case FlowPhase.udpOneWay:
    case FlowPhase.icmpOneWay:
    case FlowPhase.otherOneWay:
      return isTwoWay ? ((phase + 1) as FlowPhase) : phase
    default:
      return phase
  }
}
