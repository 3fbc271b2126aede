/** Bounds of the ledger. */
export const evidenceLimits = {
  /** Levels of the tree in a tile: 256 hashes, some 11 KB as they are stored. */
  tileLevels: 8,
  /** Entries that one commit takes; what comes meanwhile waits for the next. */
  entriesPerCommit: 4_096,
  /** Entries that wait; beyond it `append` rejects. */
  entriesWaiting: 262_144,
  /** A head is signed this long after an entry that none covers. */
  headMs: 60_000,
  /** Characters of an entry's body. */
  bodyLength: 262_144,
  /** A witness may take so long to answer, and so many bytes. */
  witnessMs: 15_000,
  /** All that a witness may take when Pavise ends. */
  witnessStopMs: 3_000,
  witnessBytes: 65_536,
  /** Between two times that a witness is told what it did not take; and after how long that is on record. */
  witnessRetryMs: { first: 2_500, most: 300_000 },
  witnessLateMs: 15 * 60_000,
  /** Confirmations of witnesses in a bundle: the newest. */
  bundleWitnesses: 10_000,
  /** Values side by side in a time stamp; certificates from one to its root. */
  derValues: 1_000,
  certificateChain: 8,
  /** Times that a signing key is handed over. */
  handOvers: 1_000,
  /** Entries read from the store at a time. */
  entriesPerRead: 2_000,
  /** Tiles kept that were read last. */
  tilesKept: 64,
  /** Entries that the page of a bundle lists: more no browser shows well. All are beside it. */
  bundlePageEntries: 10_000,
  bundlePageBytes: 16 * 1024 * 1024,
  /** Bytes of one file in a bundle that is read as a whole. */
  bundleFileBytes: 16 * 1024 * 1024,
  /** Characters of one entry's line in a bundle. */
  bundleLineLength: 1024 * 1024,
} as const
