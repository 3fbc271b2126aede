import type { Microseconds } from '../lib/time.ts'

/** Link types by their number in the tcpdump.org registry (`LINKTYPE_…`); only these are decoded. */
export const LinkType = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawBsd: 12,
  rawOpenBsd: 14,
  pppHdlc: 50,
  pppEthernet: 51,
  raw: 101,
  ciscoHdlc: 104,
  wifi: 105,
  loop: 108,
  linuxSll: 113,
  radiotap: 127,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const

/** IP protocol numbers that have a decoder. */
export const IpProtocol = {
  icmp: 1,
  ipInIp: 4,
  tcp: 6,
  udp: 17,
  ipv6InIp: 41,
  gre: 47,
  /** Authentication header, RFC 4302: what it protects is readable. */
  authentication: 51,
  icmp6: 58,
  /** IPv6: nothing follows. */
  none: 59,
  /** Ethernet in IP, RFC 3378. */
  etherIp: 97,
  sctp: 132,
  /** RFC 4023. */
  mpls: 137,
  /** Ethernet after a segment routing header, RFC 8986 section 4.9. */
  ethernet: 143,
} as const

export const TcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 } as const

/** What decoding came to. Anything but `ok` is counted by its name and never thrown. */
export const DecodeStatus = {
  ok: 0,
  /** The capture holds less than the headers need. */
  truncated: 1,
  /** A header contradicts itself or the length of the packet. */
  malformed: 2,
  /** Link, network or tunnel type without a decoder (ARP, LLDP, IPX, …). */
  unsupported: 3,
  /** A fragment that waits for its datagram; nothing above IP to see yet. */
  fragment: 4,
  /** More tunnels inside each other, headers, or extension headers than `decodeLimits` allow. */
  tooDeep: 5,
} as const
export type DecodeStatus = (typeof DecodeStatus)[keyof typeof DecodeStatus]

/**
 * One packet, as captured and as decoded. The object is reused from packet to packet and its bytes are only valid
 * until the next one: whoever wants to keep something copies it. All offsets count from the start of `bytes`.
 */
export class Packet {
  // As captured, set by the source.
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** Length on the wire without frame check sequence; more than `end - start` when the capture cut it (snap length). */
  originalLength = 0
  time: Microseconds = 0
  /** 0 to 999: what a capture with finer clock adds to `time`. */
  nanoseconds = 0
  linkType: number = LinkType.ethernet
  /** Interface in the capture or on the machine; 0 where there is only one. */
  interfaceId = 0
  /**
   * Set by a source whose packets are of several networks at once (namespaces, VLAN tags that the kernel took off):
   * what `networkId` is outside of all tags and tunnels.
   */
  originNetworkId = 0
  /** Set by a source that asks about the packet itself: what is in its tunnels is not looked at. */
  isOuterOnly = false

  // As decoded, valid when `status` is ok (or fragment, for the network part).
  status: DecodeStatus = DecodeStatus.ok
  /** 4 or 6. */
  ipVersion = 0
  /** Offset of the source address; the destination's follows at `destinationAt`. 4 or 16 bytes by `ipVersion`. */
  sourceAt = 0
  destinationAt = 0
  /** Upper-layer protocol after extension headers. */
  protocol = 0
  /**
   * TCP, UDP, SCTP ports. For ICMP and ICMPv6 a request's identifier as source with 0 as destination, and the other way
   * round for its reply, so that a ping is one flow with two ends.
   */
  sourcePort = 0
  destinationPort = 0
  /** Where the transport's header begins. */
  transportAt = 0
  /** Payload of the transport that was captured: [payloadStart, payloadEnd). Link padding is left out. */
  payloadStart = 0
  payloadEnd = 0
  /** Length of that payload on the wire; more than captured when the capture cut the packet. */
  payloadLength = 0
  /**
   * Keeps equal addresses of different networks apart: 0 without, a VLAN's id, a tunnel's VNI or key with its kind
   * (`NetworkKind`) above it, and where several are inside each other a mixture of them. Any 32 bits, signed.
   */
  networkId = 0
  /** Bytes on the wire from the innermost network header on: what a flow's byte counters count. */
  networkLength = 0
  /** Where the innermost network header begins. */
  networkAt = 0
  tunnelDepth = 0
  tcpFlags = 0
  /** Unsigned 32 bits. */
  sequence = 0
  acknowledgment = 0
  window = 0
  icmpType = 0
  icmpCode = 0

  // Fragmentation, valid when `status` is `fragment`; the fragment's data is [payloadStart, payloadEnd).
  /** Unsigned, 16 bits in IPv4, 32 in IPv6. */
  fragmentId = 0
  /** Bytes into the datagram's payload; a multiple of 8. */
  fragmentOffset = 0
  moreFragments = false
  /** Set on a reassembled datagram: how many fragments it took, and whether some overlapped with differing content. */
  fragments = 0
  fragmentsDiffered = false
}
