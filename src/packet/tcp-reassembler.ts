import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import type { FlowTable } from './flow-table.ts'
import type { Packet } from './packet.ts'

/** How a direction of a stream ended. */
export const StreamEnd = {
  /** All bytes up to its FIN were given on. */
  fin: 0,
  reset: 1,
  /** The flow was given up before: idle, evicted, reused, end of capture. */
  abandoned: 2,
} as const
export type StreamEnd = (typeof StreamEnd)[keyof typeof StreamEnd]

/** What only an evasion or a broken stack does; stable codes. */
export type TcpAnomaly =
  /** The same sequence numbers came with differing bytes. */
  | 'tcp-overlap-differs'
  /** A second SYN with another initial sequence number before the first was answered. */
  | 'tcp-syn-differs'
  /** A SYN within an established connection. */
  | 'tcp-syn-in-stream'
  | 'tcp-data-after-fin'
  /** Data from the side that had sent a RST. */
  | 'tcp-data-after-reset'
  /** A RST or data outside of any window the receiver may have. */
  | 'tcp-reset-out-of-window'
  | 'tcp-data-out-of-window'

/** Bytes are only valid during the call. `time` is that of the packet that brought them. */
export interface StreamSink {
  data(
    flow: number,
    direction: Direction,
    bytes: Uint8Array,
    start: number,
    end: number,
    time: Microseconds,
  ): void
  /** `length` bytes are missing here; 0 when it cannot be told how many. */
  gap(flow: number, direction: Direction, length: number): void
  /** Exactly once for each direction, the last that is heard of it. */
  ended(flow: number, direction: Direction, how: StreamEnd): void
  anomaly(flow: number, code: TcpAnomaly): void
}

/** Which bytes count when segments overlap with differing content that was not given on yet. */
export type SegmentOverlapPolicy = 'first' | 'last'

export interface TcpReassemblerOptions {
  overlapPolicy?: SegmentOverlapPolicy
  /** Most memory for segments that wait, in all and for one direction of a flow. */
  heldBytes?: number
  heldBytesPerStream?: number
}

/** Puts the two byte streams of TCP flows in order. In-order payload is given on in place, without a copy. */
export declare class TcpReassembler {
  constructor(flows: FlowTable, sink: StreamSink, options?: TcpReassemblerOptions)
  /** Memory in use for segments that wait. */
  readonly heldBytes: number
  /** Takes the packet that `flows.track` has just given `flow` for; only TCP. */
  segment(flow: number, packet: Packet): void
  /** No more `data` or `gap` for this direction: frees what waits. Sequence, FIN and RST are still followed. */
  ignore(flow: number, direction: Direction): void
  /** The flow is over: gives on what waits, gaps included, and ends both directions. Call it from `FlowSink.ended`. */
  end(flow: number): void
}
