import type { Direction } from '../model/direction.ts'

/** How a direction of a stream ended. */
export const StreamEnd = {
  /** At its FIN; all that came before was given on. */
  fin: 0,
  reset: 1,
  /** The flow was given up before: idle, evicted, reused, end of capture. */
  abandoned: 2,
} as const
export type StreamEnd = (typeof StreamEnd)[keyof typeof StreamEnd]

/** What only an evasion or a broken stack does; stable codes. */
export const tcpAnomalies = [
  /** The same sequence numbers came with differing bytes. */
  'tcp-overlap-differs',
  /** A second SYN with another initial sequence number before the first was answered. */
  'tcp-syn-differs',
  /** A SYN within an established connection. */
  'tcp-syn-in-stream',
  'tcp-data-after-fin',
  /** Data from the side that had sent a RST. */
  'tcp-data-after-reset',
  /** A RST or data outside of any window that the receiver may have. */
  'tcp-reset-out-of-window',
  'tcp-data-out-of-window',
  /** Inline only. Bytes that were said before, and of which it is not known any more what they were. */
  'tcp-unverified',
  /** Inline only. A segment that came too early, for which there was no room: it was not taken. */
  'tcp-no-room',
] as const
export type TcpAnomaly = (typeof tcpAnomalies)[number]

export interface StreamSink {
  /** Bytes are only valid during the call. When the packet that brought them came, `TcpReassembler.time` tells. */
  data(flow: number, direction: Direction, bytes: Uint8Array, start: number, end: number): void
  /** `length` bytes are missing here; 0 when it cannot be told how many. */
  gap(flow: number, direction: Direction, length: number): void
  /** Exactly once for each direction, the last that is heard of it. */
  ended(flow: number, direction: Direction, how: StreamEnd): void
  anomaly(flow: number, code: TcpAnomaly): void
}

export interface TcpCounters {
  /** Segments without a byte that had not come before; of these and of partly old ones, how many could not be compared. */
  retransmissions: number
  unverified: number
  /** Segments that had to wait for earlier ones. */
  outOfOrder: number
  gaps: number
  gapBytes: number
  /** Of the bytes in gaps, those that the capture cut off. */
  cutBytes: number
  /** Holes given up because their stream, or all together, held as much as they may. */
  streamFull: number
  storeFull: number
  /** Data of a SYN that the receiver did not take. */
  synDataRefused: number
  /** Streams that were found again far from where they were lost. */
  resynchronised: number
  anomalies: Record<TcpAnomaly, number>
}

export function newTcpCounters(): TcpCounters {
  return {
    retransmissions: 0,
    unverified: 0,
    outOfOrder: 0,
    gaps: 0,
    gapBytes: 0,
    cutBytes: 0,
    streamFull: 0,
    storeFull: 0,
    synDataRefused: 0,
    resynchronised: 0,
    anomalies: Object.fromEntries(tcpAnomalies.map((code) => [code, 0])) as Record<TcpAnomaly, number>,
  }
}
