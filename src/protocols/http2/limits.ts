/** Bounds of the HTTP/2 parser. Each hit is an anomaly of the flow; what lies beyond is still read where it can be. */
export const limits = {
  /** Streams of a connection that are followed at once; the oldest gives way. Servers commonly allow 100 to 250. */
  streams: 1024,
  /** Bytes of a field block that are kept while it is incomplete; longer ones are read in parts. */
  blockBytes: 64 * 1024,
  /** Decoded bytes of a head that are handed on in one piece. */
  headBytes: 64 * 1024,
  /**
   * Decoded bytes of one head beside twice those that came: a block that unfolds to more (an HPACK bomb) is not read on. Servers take
   * 8 to 64 KiB.
   */
  headListBytes: 256 * 1024,
  /** Fields of one head before it is reported. */
  fields: 256,
  /** Largest dynamic table that is kept for a direction (RFC 7541 section 4.2); encoders hardly use more than 4096. */
  tableBytes: 64 * 1024,
  /** Size of that table before its encoder says otherwise (RFC 9113 section 6.5.2). */
  initialTableBytes: 4096,
  /** What an entry counts beside its bytes (RFC 7541 section 4.1). */
  entryOverheadBytes: 32,
  /** Octets of an integer behind its prefix (RFC 7541 section 5.1): 28 bits. */
  integerOctets: 4,
  /** First bytes of a client in which a request is looked for, to tell which application it is. */
  openingBytes: 16 * 1024,
  /** Frames that follow each other where a connection is recognised without its preface. */
  probedFrames: 3,
  /** Heads kept for reuse: one is read at a time, and few are cut. */
  pooledHeads: 8,
  /** Objects kept for reuse. */
  pooled: 256,
} as const
