/** Bounds of the HTTP parser. Each hit is an anomaly of the flow; what lies beyond is still read where it can be. */
export const limits = {
  /** Bytes of a head or of trailers that are kept while they are incomplete; longer ones are read in parts. */
  headBytes: 64 * 1024,
  /** Bytes that the incomplete heads of all connections of a thread may hold. */
  collectedBytes: 64 * 1024 * 1024,
  /** Field lines of one head before it is reported. */
  fields: 256,
  /** Requests that wait for their response before pairing is given up. */
  pipelined: 1024,
  /** Longest method; longer tokens begin no request. */
  methodBytes: 32,
  /** Bytes of a chunk's extensions before they are reported. */
  chunkExtensionBytes: 4096,
  /** Significant hexadecimal digits of a chunk's size: 52 bits, what a number holds exactly. */
  chunkSizeDigits: 13,
  /** Digits of a Content-Length that a number holds exactly. */
  contentLengthDigits: 15,
  /** Codings in one Content-Encoding or Transfer-Encoding that are looked at. */
  codings: 8,
  /** Bytes that one compressed message of gRPC may become; the rest of it is passed over. gRPC itself takes 4 MiB at most by default. */
  grpcMessageBytes: 4 * 1024 * 1024,
  /** First bytes of a body that are looked at to tell its format. */
  sniffedBytes: 64,
  /** Distinct methods and status codes kept for the flow's record. */
  distinctMethods: 16,
  distinctStatuses: 32,
  /** Characters of host, user agent and server kept for the flow's record. */
  detailBytes: 256,
  /** First bytes of a request that tell it when its line is not whole yet. */
  probedTargetBytes: 48,
  /** Longest media type, and longest boundary (RFC 2046 section 5.1.1). */
  mediaTypeBytes: 127,
  boundaryBytes: 70,
  /** Distinct header values (media types, agents, hosts) kept as strings for all connections of a thread. */
  interned: { values: 1024, valueBytes: 512 },
  /** What connections say of themselves, each kept once for all connections of a thread. */
  sharedTraits: 8192,
  /** Objects kept for reuse. */
  pooled: 256,
} as const
