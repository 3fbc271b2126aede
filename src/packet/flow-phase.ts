import type { FlowState } from '../model/records.ts'

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
} as const
export type FlowPhase = (typeof FlowPhase)[keyof typeof FlowPhase]

/** The state that a flow's record tells. */
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
]
