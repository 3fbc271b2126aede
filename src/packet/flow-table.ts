import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import type { FlowState } from '../model/records.ts'
import type { FlowPhase } from './flow-phase.ts'
import type { Packet } from './packet.ts'

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

export interface FlowSink {
  /**
   * The flow is over. All accessors still give its values; afterwards its index goes to another flow. For TCP call
   * `TcpReassembler.end(flow)` first: what is held still comes. Called from within `track`, `expire`, `end` and `endAll`;
   * must not call them.
   */
  ended(flow: number, reason: FlowEnd): void
}

/** What happens when `maxFlows` is reached: an old flow makes room by `FlowEnd.evicted`, or the new one is refused. */
export type FlowFullPolicy = 'evict' | 'refuse'

export interface FlowTableOptions {
  /** 64 random bits of this process as two 32-bit numbers: key of the hash, so that nobody can aim at one bucket. */
  seed: readonly [number, number]
  maxFlows?: number
  whenFull?: FlowFullPolicy
  /** Milliseconds by phase; what is missing comes from `limits.ts`. */
  timeoutsMs?: Partial<Record<keyof typeof FlowPhase, number>>
}

export interface FlowCounters {
  created: number
  /** By the reason's name. */
  ended: Record<keyof typeof FlowEnd, number>
  /** Flows that made room, by phase. */
  evicted: Record<keyof typeof FlowPhase, number>
  /** Packets that got no flow: the table was full, or the packet was not decoded. */
  refused: { full: number; undecoded: number }
}

/**
 * Flows of both address families by integer index. Nothing is allocated per packet or flow; memory grows by doubling
 * up to `maxFlows`. Indexes below `capacity` are stable for the life of a flow, so that others keep columns of their own.
 */
export declare class FlowTable {
  constructor(sink: FlowSink, options: FlowTableOptions)
  readonly counters: Readonly<FlowCounters>
  /** Direction of the packet last tracked, and whether it began a flow. */
  readonly direction: Direction
  readonly created: boolean
  /** Flows in the table. */
  readonly size: number
  /** Flow indexes are below this; it doubles as the table grows. */
  readonly capacity: number
  /** Which of the flow's two ends, in the table's own fixed order, sent the packet last tracked. `flip` does not change it. */
  readonly side: 0 | 1
  /** Finds or makes the packet's flow and counts the packet; -1 when it is refused. Expects `packet.status` `ok`. */
  track(packet: Packet): number
  /** Exchanges client and server of a flow: its protocol told better. */
  flip(flow: number): void
  /** Ends what is idle at `now`. `track` does so by packet time; this is for times without packets. */
  expire(now: Microseconds): void
  end(flow: number, reason: FlowEnd): void
  endAll(): void

  isLive(flow: number): boolean
  phase(flow: number): FlowPhase
  state(flow: number): FlowState
  start(flow: number): Microseconds
  /** Time of the last packet. */
  last(flow: number): Microseconds
  /** By direction, on the wire from the network header on. */
  bytes(flow: number, direction: Direction): number
  packets(flow: number, direction: Direction): number
  /** 4 or 6. */
  ipVersion(flow: number): number
  protocol(flow: number): number
  networkId(flow: number): number
  clientPort(flow: number): number
  serverPort(flow: number): number
  /** 4 or 16 network-order bytes, newly made. */
  clientAddress(flow: number): Uint8Array
  serverAddress(flow: number): Uint8Array
}
