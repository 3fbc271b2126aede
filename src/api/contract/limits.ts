/** What a caller may rely on. */
export const apiLimits = {
  /** Items of a page: when nothing is said, and at most. */
  pageItems: { usual: 100, most: 1_000 },
  /** Length of a name or id in a query. */
  filterLength: 200,
  cursorLength: 1_000,
  /** Of a data flow: of two ids or names and a protocol. */
  keyLength: 2_000,
  /** Of an account or a token. */
  nameLength: 64,
  /** Roles of an account. */
  grants: 50,
  /** Length of a password, link or token. */
  secretLength: 1_000,
  /** Why somebody did something. */
  reasonLength: 500,
  /** Of files of rules that are sent: how many, and the characters of a path and of all texts together. */
  files: 1_000,
  pathLength: 4_096,
  filesLength: 32 * 1024 * 1024,
  ruleIdLength: 1_000,
  /** Rules that are changed at once, and applications that one names. */
  editedRules: 1_000,
  ruleApplications: 64,
  /** Threshold of a threat, and the time that it is measured over: as `--threat` takes them. */
  threatThreshold: 999_999_999,
  threatSeconds: 999_999,
  /** Characters of a text that is tried. */
  trialText: 20_000,
  /** Characters of each text of a case, and workloads that it names. */
  caseText: 20_000,
  caseItems: 200,
  /** What came of response rules: the last. */
  responseOutcomes: 200,
} as const
