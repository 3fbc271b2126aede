/** Heads of the evidence ledger that somebody else was told. */
export const evidenceWitnesses = [
  `CREATE TABLE evidence_witnesses (
    size bigint NOT NULL,
    at_ms bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    note text NOT NULL,
    proof text NOT NULL,
    PRIMARY KEY (size, at_ms, name)
  )`,
]
