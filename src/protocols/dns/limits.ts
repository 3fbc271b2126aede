/** Bounds of the DNS parser. What lies beyond is still read for its findings, only not remembered. */
export const limits = {
  /** A name in wire form, with its last zero byte (RFC 1035 section 2.3.4). */
  nameBytes: 255,
  /** Compression pointers followed for one name. Servers need one or two; each costs the reader a jump. */
  pointers: 64,
  /** Questions of a flow that are remembered, so that answers are told from forgeries. */
  askedQuestions: 64,
  /** Names, query types and response codes kept for the flow's record. */
  namesPerFlow: 32,
  typesPerFlow: 32,
  responseCodesPerFlow: 32,
  /** Aliases followed from the name that was asked; resolvers give up at 8 to 16. */
  aliases: 16,
  /** Answers of one message that are looked at for addresses. */
  answers: 256,
  /** Addresses of one message that are given the name. */
  addresses: 64,
  /** Longest that an address keeps its name, whatever the TTL says: one day, the resolvers' own bound. */
  ttlSeconds: 86_400,
  /** Names kept as strings for all flows of a thread. */
  keptNames: 4096,
  /** A message longer than this, of which more than that could not be read, is told of: NeuVector's numbers. */
  usualBytes: 2048,
  unreadBytes: 1024,
  /** Bytes that the incomplete messages of all TCP connections of a thread may hold. */
  collectedBytes: 64 * 1024 * 1024,
} as const
