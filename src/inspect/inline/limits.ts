/** Bounds of inline inspection. Each hit is counted in `InlineCounters`. */
export const limits = {
  /** Connections that are followed at once, those that were cut or released a moment ago among them: some 250 bytes each. */
  flows: 262_144,
  /**
   * Longer than those of captures: whoever rests for long and goes on is not to be taken for a connection without a beginning, nor
   * whoever went on after a RST that its receiver never got.
   */
  timeoutsMs: { tcpEstablished: 86_400_000, tcpHalfClosed: 3_600_000, tcpReset: 60_000 },
  /** Bytes of a connection that has to be encrypted until it is; certificate chains of 100 KiB are rare already. */
  handshakeBytes: 262_144,
  /** What a server sends before it has been asked: more than the headers of its SYN+ACK and ACKs. */
  answerBytes: 1024,
  /** A name that an answer gave an address counts for so long at the least: clients cache it longer than its TTL says. */
  nameFloorUs: 60_000_000,
  /** Addresses that have names, the least recently answered out first, and names of one address. */
  namedAddresses: 65_536,
  namesPerAddress: 16,
  /** After a workload came under inspection, connections without a SYN are taken for ones that were there before. */
  pickUpUs: 300_000_000,
  /**
   * Connections of one namespace that were watched before, and of which it is told what they speak; and how long one waits to be told of by
   * those who watched it, before it is decided about by its addresses and ports.
   */
  knownConnections: 65_536,
  knownWaitUs: 5_000_000,
  /** RSTs or ICMP errors that answer what is sent on after a connection was cut; then it is dropped, and answered now and then. */
  resetsPerFlow: 8,
  resetEveryUs: 1_000_000,
  /** Bytes of an answer to a request that is refused: with headers they fit into 1280 bytes, the least MTU over IPv6. */
  pageBytes: 1200,
  /** A client that goes on to send so long after it was answered is told that its connection is over. */
  pageReadUs: 1_000_000,
  /** How long whoever was a threat begins no connection, and how many sources that is done to at once. */
  threatBlockUs: 60_000_000,
  threatSources: 4096,
  /** Kinds of violations that are told of apart; what is beyond is counted. */
  violationKinds: 4096,
  /** How long a kind that goes on is not told of again. */
  violationRepeatUs: 10_000_000,
  /** Violations that one call of `report` explains at most: that takes as long as there are rules, 0.3 ms each with 10,000. */
  explanationsPerReport: 16,
  /** Workloads for which gaps of coverage are counted apart. */
  coverageReasons: 4096,
} as const
