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
  /** What was asked for and by whom, from the audit log: log-ins, changes, exports, refusals; with the hashes of its chain. */
  'audit',
  /** Programs and files in workloads that rules speak of, or that are suspicious, and threats in traffic, added up. */
  'incidents',
  /** Contents of entries were erased when their retention was over: of which days. */
  'erasure',
  /** Another key signs the ledger from here on: the old one has signed it. */
  'key',
  /** A witness of the ledger’s heads is late, or takes them again. */
  'witness',
  /** A breach case was opened or changed: what it is then. */
  'case',
  /** Somebody lets something be that differs from what is declared, until a day; or no longer does. */
  'privacy',
  /** Somebody was told that a clock of a case runs out. */
  'notice',
  /** A response rule did something about what happened, or could not; what was left out of a storm, added up. */
  'response',
  /** A bundle, a report or a draft of a document was handed out. */
  'export',
  /** What of the objectives of frameworks was evidenced on that day, looked at by itself. */
  'check',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Who heads of the ledger are told to: an authority of RFC 3161, or a second place. */
export const witnessKinds = ['time-stamp', 'file', 'webhook', 'bucket'] as const
export type WitnessKind = (typeof witnessKinds)[number]
