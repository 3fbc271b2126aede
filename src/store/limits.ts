const day = 24 * 60 * 60 * 1000

/** Every bound of the store. */
export const storeLimits = {
  /** Rows looked at in one statement of a filtered listing; between two of them writes get their turn. */
  scanWindowRows: 2_000,
  /** Rows and time that one page may cost. */
  scanRows: 400_000,
  scanMs: 500,
  pageItems: 1_000,
  /** Prepared statements kept: more than there are combinations of filters. */
  statements: 256,
  /** Rows that one pruning step removes of a kind. */
  pruneRows: 1_000,
  /** Batches committed in one transaction. */
  batchesPerCommit: 64,
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
