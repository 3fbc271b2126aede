/** The evidence ledger: entries, the tiles of its tree, and the heads that were signed. */
export const evidence = [
  `CREATE TABLE evidence_entries (
    number bigint NOT NULL PRIMARY KEY,
    at_ms bigint NOT NULL,
    kind text NOT NULL,
    header text NOT NULL,
    sealed text NOT NULL
  )`,
  'CREATE INDEX evidence_entries_by_time ON evidence_entries (at_ms, number)',
  'CREATE INDEX evidence_entries_by_kind ON evidence_entries (kind, number)',
  `CREATE TABLE evidence_tiles (
    level bigint NOT NULL,
    number bigint NOT NULL,
    hashes text NOT NULL,
    PRIMARY KEY (level, number)
  )`,
  `CREATE TABLE evidence_heads (
    size bigint NOT NULL,
    at_ms bigint NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (size, at_ms)
  )`,
]
