import type { Direction } from '../model/direction.ts'
import type { Packet } from '../packet/packet.ts'
import type { Seen } from '../threats/seen.ts'
import type { ThreatDefinition } from '../threats/threat.ts'
import type { RequestHandling } from './inline/request-handling.ts'

/** Told at once of what happens on a flow, while its packet is at hand: for whoever decides about that packet. */
export interface FlowObserver {
  /** The flow of the packet at hand is known, and nothing was read of it. False: nothing is to be. */
  admits(flow: number, packet: Packet): boolean
  /** Nobody looks at the flow of the packet at hand any more, unless it is to be taken for one that begins in its midst. */
  resumes?(flow: number): boolean
  /** Something off in the stream, the protocol or a content, by its stable code. */
  anomaly(flow: number, code: string): void
  /** `length` bytes of a direction are passed over. */
  gap(flow: number, direction: Direction, length: number): void
  /** A DNS answer gave an address a name: 4 or 16 network-order bytes, seconds to live. */
  resolved(flow: number, name: string, address: Uint8Array, ttlSeconds: number): void
  /** What is done with attacks; where nobody says they are reported, at strictness 1. */
  readonly requests?: RequestHandling
  /** The packet at hand, or the end of a flow, shows a threat. @returns whether it is blocked */
  threat?(threat: ThreatDefinition, seen: Seen): boolean
  /** What the group of whoever is watched in a namespace says of thresholds of threats. */
  thresholds?(origin: number): readonly string[] | undefined
  /** The flow is over, and all that its last bytes told is known; it is told of next. */
  ending(flow: number): void
}
