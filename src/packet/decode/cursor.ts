import { DecodeStatus, type Packet } from '../packet.ts'
import { decodeLimits } from '../limits.ts'

/**
 * What comes next in a packet: a header's kind, or one of `DecodeStatus` when decoding has ended. Each decoder reads
 * one header at the cursor, moves the cursor behind it, and returns what follows.
 */
export const Layer = {
  ethernet: 16,
  vlan: 17,
  linuxSll: 18,
  linuxSll2: 19,
  loopback: 20,
  ppp: 21,
  pppEthernet: 22,
  ciscoHdlc: 23,
  radiotap: 24,
  wifi: 25,
  logicalLink: 26,
  mpls: 27,
  rawIp: 28,
  ipv4: 29,
  ipv6: 30,
  tcp: 32,
  udp: 33,
  icmp: 34,
  icmp6: 35,
  sctp: 36,
  gre: 37,
  vxlan: 38,
  vxlanGpe: 39,
  geneve: 40,
  gtp: 41,
  teredo: 42,
  etherIp: 43,
  wccp: 44,
  fabricPath: 45,
} as const
export type Layer = (typeof Layer)[keyof typeof Layer]
export type Next = Layer | DecodeStatus

/** Where decoding stands. One object, reused from packet to packet. */
export class Cursor {
  /** Beginning of the next header. */
  at = 0
  /** End of the captured bytes that belong to it. */
  end = 0
  /** Where it would end had everything been captured. */
  wireEnd = 0
  /** IPv6 extension headers so far. */
  extensions = 0
  readonly outer = new Outer()

  begin(packet: Packet): void {
    this.at = packet.start
    this.end = packet.end
    this.wireEnd = Math.max(packet.end, packet.start + packet.originalLength)
    this.extensions = 0
    this.outer.kept = false
  }

  /** The bytes that follow end at `wireEnd`: padding after it is left out. False when the packet is shorter than that. */
  endAt(wireEnd: number): boolean {
    if (wireEnd > this.wireEnd) return false
    this.wireEnd = wireEnd
    if (wireEnd < this.end) this.end = wireEnd
    return true
  }

  /** Why the `bytes` of a header are not all there. */
  lacking(bytes: number): DecodeStatus {
    return this.wireEnd - this.at < bytes ? DecodeStatus.malformed : DecodeStatus.truncated
  }

  /**
   * Steps into a tunnel whose packets are those of another network; `layer` is what follows, `network` its number or
   * 0 where the tunnel has none. What was decoded so far is kept as the packet to fall back to.
   */
  enterTunnel(packet: Packet, layer: Next): Next {
    if (packet.isOuterOnly) return DecodeStatus.ok
    this.outer.keep(packet)
    if (packet.tunnelDepth >= decodeLimits.tunnelDepth) return DecodeStatus.tooDeep
    packet.tunnelDepth++
    this.extensions = 0
    return layer
  }
}

/** The decoded fields of the packet around a tunnel, so that it can be shown when the inside cannot be decoded. */
class Outer {
  kept = false
  #ipVersion = 0
  #networkAt = 0
  #sourceAt = 0
  #destinationAt = 0
  #protocol = 0
  #sourcePort = 0
  #destinationPort = 0
  #transportAt = 0
  #payloadStart = 0
  #payloadEnd = 0
  #payloadLength = 0
  #networkId = 0
  #networkLength = 0
  #tunnelDepth = 0

  keep(packet: Packet): void {
    this.kept = true
    this.#ipVersion = packet.ipVersion
    this.#networkAt = packet.networkAt
    this.#sourceAt = packet.sourceAt
    this.#destinationAt = packet.destinationAt
    this.#protocol = packet.protocol
    this.#sourcePort = packet.sourcePort
    this.#destinationPort = packet.destinationPort
    this.#transportAt = packet.transportAt
    this.#payloadStart = packet.payloadStart
    this.#payloadEnd = packet.payloadEnd
    this.#payloadLength = packet.payloadLength
    this.#networkId = packet.networkId
    this.#networkLength = packet.networkLength
    this.#tunnelDepth = packet.tunnelDepth
  }

  restore(packet: Packet): void {
    packet.ipVersion = this.#ipVersion
    packet.networkAt = this.#networkAt
    packet.sourceAt = this.#sourceAt
    packet.destinationAt = this.#destinationAt
    packet.protocol = this.#protocol
    packet.sourcePort = this.#sourcePort
    packet.destinationPort = this.#destinationPort
    packet.transportAt = this.#transportAt
    packet.payloadStart = this.#payloadStart
    packet.payloadEnd = this.#payloadEnd
    packet.payloadLength = this.#payloadLength
    packet.networkId = this.#networkId
    packet.networkLength = this.#networkLength
    packet.tunnelDepth = this.#tunnelDepth
  }
}

/** Tells the numbers of different kinds of networks apart; 802.1Q tags have none, so that they stand for themselves. */
export const NetworkKind = { vxlan: 1 << 24, geneve: 2 << 24, gre: 3 << 24, pppoe: 4 << 24 } as const

/**
 * Adds a VLAN id, VNI or tunnel key to the number that keeps networks apart: alone it stands for itself, several
 * inside each other are mixed. The same on both directions of a connection, so keys that differ by direction (GTP
 * tunnel ids, MPLS labels) must not be put in.
 */
export function insideNetwork(networkId: number, id: number): number {
  return (Math.imul(networkId, 0x9e3779b1) + id) | 0
}
