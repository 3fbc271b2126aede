/** Bounds of what policies may hold and of what is kept to decide fast. */
export const policyLimits = {
  groups: 20_000,
  rules: 100_000,
  criteriaPerGroup: 256,
  /** Of a name, a criterion's value or a comment. */
  textLength: 1024,
  /** States of a criterion's regular expression; each step of matching costs as many. */
  regexStates: 2000,
  /** Repeats `{n,m}` of a regular expression, as in RE2. */
  regexRepeats: 1000,
  /** Nested groups of a regular expression. */
  regexDepth: 50,
  /** Different sets of groups that peers belong to. When there are more, all are made anew. */
  peerClasses: 32_768,
  /** Pairs of such sets whose rules are kept; when there are more, they are found anew. */
  pairs: 50_000,
  /** Peers of a workload whose rows are kept for its kernel; when there are more, they are made anew. */
  kernelPeers: 8192,
  /** Names of external peers whose groups are kept. */
  names: 20_000,
  /** Different denials that a simulation lists; the rest is counted. */
  denials: 10_000,
  /** Names of workloads that one of them tells. */
  workloadsPerDenial: 8,
  /** NeuVector's range of a CRD rule's priority. */
  priority: 100,
} as const

/** Bounds and times of learning from flows. */
export const learningLimits = {
  /** From the first sight of a connection until it is learned: by then its application is known, and whether its client scans. */
  settleMs: 10_000,
  /** Connections that wait for that; what comes then is passed over, and counted. */
  pending: 20_000,
  /** Connections that are remembered so that one that is told of again does not count again. */
  counted: 50_000,
  rules: 20_000,
  /** Programs, of one group and of all. */
  processesPerGroup: 1_000,
  processes: 50_000,
  /** Groups by the names of external peers. */
  hosts: 5_000,
  /** Ports of one rule, one by one; and what they are written as: the nearest become a range. */
  portsPerRule: 1_024,
  rangesPerRule: 16,
  /** So many different targets that refuse or do not answer within the time make a client one that scans, for as long as said. */
  scanTargets: 20,
  scanWindowMs: 60_000,
  scanHoldMs: 600_000,
  /** Clients that are looked at for it. */
  scanClients: 10_000,
  /** A service that is spoken to without an answer (syslog) is told from an attempt by so many packets. */
  oneWayPackets: 3,
} as const

/** Bounds of what is done when something happens. */
export const responseLimits = {
  rules: 1_000,
  /** The same rule does the same about the same matter once in this time; matters that are remembered for it. */
  repeatMs: 5 * 60_000,
  matters: 10_000,
  /** How often it is done at most: at once, and again each time that so long has passed; by one rule and by all. */
  pace: {
    quarantine: { ofRule: { most: 50, everyMs: 60_000 }, ofAll: { most: 100, everyMs: 30_000 } },
    webhook: { ofRule: { most: 20, everyMs: 30_000 }, ofAll: { most: 60, everyMs: 10_000 } },
    capture: { ofRule: { most: 4, everyMs: 5 * 60_000 }, ofAll: { most: 8, everyMs: 60_000 } },
    'kill-process': { ofRule: { most: 100, everyMs: 1_000 }, ofAll: { most: 200, everyMs: 500 } },
    'open-case': { ofRule: { most: 3, everyMs: 60 * 60_000 }, ofAll: { most: 10, everyMs: 60 * 60_000 } },
  },
} as const
