/** Bounds of judging requests. */
export const limits = {
  /** Bytes of one request's body that are judged; the rest is passed over, which is the anomaly `attack-body-cut`. */
  bodyBytes: 1024 * 1024,
  /** Bytes of all bodies that are collected at a time; beyond them the same. */
  bodiesBytes: 64 * 1024 * 1024,
  /** First bytes of a target that known exploits are looked for in. */
  targetBytes: 2_048,
  /** First bytes of a path that a record shows. */
  pathBytes: 256,
  /** Attacks of one kind on one flow are told of together; kinds that are kept, of all flows. */
  kinds: 4_096,
  /** Time from one report of a kind that goes on to the next. */
  repeatUs: 10_000_000,
  /** Requests under way whose objects are kept for reuse. */
  pooledRequests: 256,
} as const
