const day = 24 * 60 * 60 * 1000

/** Every bound of the store. */
export const storeLimits = {
  /**
   * Rows looked at in the first statement of a filtered listing, twice as many in the next, up to the most; between two of them
   * writes get their turn.
   */
  scanWindowRows: 500,
  scanWindowRowsMost: 32_000,
  /** Rows of the first statement where the facet of each is looked up. */
  scanEachRows: 2_000,
  /** Time that one page may cost, and its total beside it. */
  scanMs: 100,
  countMs: 40,
  /** Up to which a total is counted that is not kept; above it is said to be at least that. */
  countedRows: 10_000,
  pageItems: 1_000,
  /** A summary: rows of its first statement, the time that it may take, facets whose values are told, and values of a filter. */
  summaryWindowRows: 8_000,
  summaryMs: 100,
  summaryFacets: 2_000,
  summaryValues: 20,
  /** Records that are collected and sorted; where more have what is asked for, a page is found sooner by time. */
  collectedRows: 20_000,
  /** Facets that are looked at for one question, and added up for its total. */
  countedFacets: 10_000,
  /** Words by which a record is found, how long one may be, and how many may be asked for. */
  facetWords: 32,
  wordLength: 64,
  queryWords: 8,
  /** For what the store's threads forget at once: batches come and go, and V8 would let hundreds of MiB of them lie. */
  threadYoungMiB: 16,
  /** Prepared statements kept: more than there are combinations of filters. */
  statements: 256,
  /** Rows that one pruning step removes of a kind. */
  pruneRows: 1_000,
  /** Batches committed in one transaction. */
  batchesPerCommit: 64,
  /** PostgreSQL: connections that read, how long a connection and a statement of theirs may take, and how long to wait for the lock. */
  readers: 4,
  connectMs: 5_000,
  statementMs: 30_000,
  lockWaitMs: 5_000,
  /** Size to which the write-ahead log is cut back after a checkpoint. */
  walBytes: 16 * 1024 * 1024,
  /** The audit log: more than a year, so that who looks once a year sees all of it; rows are what floods cannot pass. */
  auditMs: 400 * day,
  auditRows: 1_000_000,
  /** Free pages given back to the file system in one pruning step. */
  vacuumPages: 2_000,
  /** Versions of the policy: what was applied is kept once for all that have the same. */
  policyVersions: 1_000,
} as const

/**
 * Flows tell what talked to what and lose their use soon; findings are what a breach case (GDPR Article 33) or a
 * question of a data subject (Article 15) goes back to; coverage says what could not be seen in that time.
 */
export const defaultRetention = {
  flowsMs: 7 * day,
  findingsMs: 30 * day,
  coverageMs: 30 * day,
  evidenceMs: 3 * 365 * day,
  maxBytes: 2 * 1024 * 1024 * 1024,
} as const
