/** Transfers of personal data that were seen, and what is accepted of them, each whole as JSON. */
export const privacy = [
  `CREATE TABLE privacy_records (
    kind text NOT NULL,
    id text NOT NULL,
    at_ms bigint NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (kind, id)
  )`,
  'CREATE INDEX privacy_records_by_time ON privacy_records (kind, at_ms)',
]
