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
  /** Names of external peers whose groups are kept. */
  names: 20_000,
  /** Different denials that a simulation lists; the rest is counted. */
  denials: 10_000,
  /** NeuVector's range of a CRD rule's priority. */
  priority: 100,
} as const
