import type { Packet } from './packet.ts'

/** Which bytes count when fragments overlap with differing content. `drop`: the whole datagram is discarded, as Linux does. */
export type OverlapPolicy = 'first' | 'last' | 'drop'

export interface DefragmentOptions {
  overlapPolicy?: OverlapPolicy
  /** Called with the fragment whose bytes differ from those that came before. */
  overlap?(fragment: Packet): void
}

export interface DefragmentCounters {
  fragments: number
  reassembled: number
  /** Fragments that repeated bytes, all of them equal. */
  duplicates: number
  /** Fragments that overlapped others with differing content: an attempt to be read differently. */
  overlaps: number
  /** Datagrams given up because their time was over, or another's fragments needed the memory. */
  timedOut: number
  evicted: number
  /** Datagrams given up: longer than 65,535 bytes (ping of death), ends that contradict each other. */
  oversize: number
  conflictingEnd: number
  /** Datagrams given up by the policy `drop`. */
  droppedOverlap: number
  /** Fragments given up: length no multiple of 8 though more follow, empty, or cut by the capture. */
  malformed: number
  truncated: number
  /** Reassembled datagrams that were fragments themselves, more often than `limits.reassemblyDepth`. */
  nested: number
}

/** Puts fragments of IPv4 and IPv6 datagrams together, by packet time and within a fixed memory. */
export declare class Defragmenter {
  constructor(options?: DefragmentOptions)
  readonly counters: Readonly<DefragmentCounters>
  /** Datagrams under way, and the bytes they hold. */
  readonly datagrams: number
  readonly heldBytes: number
  /**
   * Takes a packet whose status is `fragment`. Returns the whole datagram, decoded, when this was its last missing
   * part (its status may be anything but `fragment`; valid until the next call), else undefined.
   */
  add(fragment: Packet): Packet | undefined
}
