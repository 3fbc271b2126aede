/** Bounds of capture reading. A record beyond them ends the reading with a problem. */
export const captureLimits = {
  /**
   * Longest captured packet. tcpdump and Wireshark stop at 256 KiB for network links; Linux hands out up to 512 KiB
   * with BIG TCP (GSO_MAX_SIZE).
   */
  packetBytes: 1024 * 1024,
  /** Options of one pcapng block: comments, names. */
  optionBytes: 128 * 1024,
  /** A caller's buffer of this size always holds the largest record with its header. */
  bufferBytes: 1024 * 1024 + 128 * 1024 + 1024,
  /** Interfaces of one pcapng section. */
  interfaces: 16_384,
  /** Bytes kept of an interface's name. */
  interfaceNameBytes: 64,
} as const

/** Bounds of decoding. */
export const decodeLimits = {
  /** Tunnels inside each other. Nested clusters need two or three. */
  tunnelDepth: 5,
  /** Headers of any kind in one packet, tags and labels included. */
  layers: 40,
  /** IPv6 extension headers in one packet; real ones have at most four or five (RFC 8200 section 4.1). */
  extensionHeaders: 12,
  /**
   * A packet that leaves its length at 0 is believed to be one of segmentation offload, captured on its sender, when it
   * is longer than this, an Ethernet's MTU: a shorter one would need no offload, and no receiver takes it.
   */
  lengthlessBytes: 1500,
} as const

/** Bounds of IP defragmentation. */
export const defragmentLimits = {
  /** Under way at once. */
  datagrams: 8192,
  /** Of those, in one bucket of the table. */
  bucketDatagrams: 32,
  /** In all; Linux gives each family 4 MiB (net.ipv4.ipfrag_high_thresh). */
  heldBytes: 16 * 1024 * 1024,
  /** RFC 791 section 3.2 and RFC 8200 section 4.5: no datagram is longer, headers included. */
  datagramBytes: 65_535,
  /** net.ipv4.ipfrag_time */
  ipv4TimeoutMs: 30_000,
  /** RFC 8200 section 4.5 */
  ipv6TimeoutMs: 60_000,
  /** Reassembled datagrams that turn out to be fragments again: one for each tunnel. */
  reassemblyDepth: 3,
} as const

/** Bounds of the flow table. Milliseconds without a packet, by phase; measured by the time of packets. */
export const flowLimits = {
  flows: 1_000_000,
  /** Flows that the table has room for at first. */
  firstFlows: 1024,
  /** NeuVector's and Linux' (nf_conntrack_*_timeout) numbers, where they say anything. */
  timeoutsMs: {
    tcpOpening: 20_000,
    tcpEstablished: 1_200_000,
    tcpHalfClosed: 90_000,
    /** What is still under way after both FINs; NeuVector's. */
    tcpClosed: 15_000,
    tcpReset: 10_000,
    tcpMidstream: 300_000,
    tcpMidstreamTwoWay: 1_200_000,
    udpOneWay: 30_000,
    udpTwoWay: 180_000,
    icmpOneWay: 5_000,
    icmpTwoWay: 5_000,
    otherOneWay: 30_000,
    otherTwoWay: 180_000,
    released: 15_000,
    cut: 120_000,
  },
  /**
   * A flow moves to the newest end of its list once in so many parts of its time-out, not with each packet: an idle
   * flow may stay this part longer before it is noticed.
   */
  recencyParts: 8,
  /** Idle flows are looked for once in so many packets, by the earliest time among them: a single wrong clock ends nothing. */
  sweepPackets: 64,
  /** Flows that one such look ends at most, so that no packet waits long. */
  sweepEnds: 256,
  /** A clock that steps back further than this is believed; less is packets out of order. */
  clockStepMs: 10_000,
} as const

/** Bounds of TCP reassembly. */
export const tcpLimits = {
  /** Memory for segments that wait for earlier ones: in all, and of one direction of a flow. */
  heldBytes: 64 * 1024 * 1024,
  heldBytesPerStream: 1024 * 1024,
  /** Inline: memory for what was not acknowledged yet, in all and of one direction of a flow; Linux' default window is 6 MiB. */
  sentBytes: 64 * 1024 * 1024,
  sentBytesPerStream: 8 * 1024 * 1024,
  /**
   * How far from the expected sequence number a segment may lie. Linux' largest receive buffer is 6 MiB unless set
   * higher (net.ipv4.tcp_rmem); tuned hosts have 64.
   */
  windowBytes: 64 * 1024 * 1024,
  /** A RST further ahead than this of what came is not believed. */
  resetWindowBytes: 1024 * 1024,
  /** A hole is given up once the receiver has acknowledged it so many times: the capture may show its word before the data. */
  holeClaims: 3,
  /** Where the receiver is not seen: how long a hole waits for a retransmission; thrice TCP's first (RFC 6298 section 2). */
  oneSidedHoleMs: 3_000,
  /** Where the receiver is not seen: segments outside of the window, in a row, after which the stream goes on there. */
  oneSidedStrays: 8,
} as const
