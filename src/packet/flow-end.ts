import type { FlowPhaseName } from './flow-phase.ts'

/** Why a flow left the table. */
export const FlowEnd = {
  /** Nothing was seen of it for the time-out of its phase. */
  idle: 0,
  /** Both FINs were seen, and the time for stragglers is over. */
  closed: 1,
  reset: 2,
  /** A new connection between the same ports took its place. */
  reused: 3,
  /** The table was full, and this was the least recently seen flow of the most expendable phase. */
  evicted: 4,
  /** `endAll`: the capture or the agent ended. */
  finished: 5,
} as const
export type FlowEnd = (typeof FlowEnd)[keyof typeof FlowEnd]
export type FlowEndName = keyof typeof FlowEnd

export const flowEndNames = Object.keys(FlowEnd) as FlowEndName[]

export interface FlowSink {
  /**
   * The flow is over. All accessors still give its values; afterwards its index goes to another flow. For TCP call
   * `TcpReassembler.end(flow)` first: what is held still comes. Called from within `track`, `expire`, `end` and `endAll`;
   * must not call them.
   */
  ended(flow: number, reason: FlowEnd): void
}

export interface FlowCounters {
  created: number
  ended: Record<FlowEndName, number>
  /** Flows that made room, by phase. */
  evicted: Record<FlowPhaseName, number>
  /** Packets that got no flow: the table was full, or the packet was not decoded. */
  refused: { full: number; undecoded: number }
}
