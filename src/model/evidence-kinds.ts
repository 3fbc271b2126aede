/** What an entry of the evidence ledger is about. */
export const evidenceKinds = [
  /** Pavise started, or was stopped. */
  'run',
  /** The policy changed: who, why, and what. */
  'policy',
  'quarantine',
  /** Personal data that crossed connections, added up. */
  'findings',
  /** What policy did not allow, added up. */
  'violations',
  /** What was not seen. */
  'coverage',
  /** How far the audit log is: the hash of its last entry. */
  'audit',
  /** Contents of entries were erased when their retention was over: of which days. */
  'erasure',
  /** A breach case was opened or changed: what it is then. */
  'case',
  /** A bundle was made. */
  'export',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]
