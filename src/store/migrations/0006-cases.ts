/** Breach cases, each whole as JSON. */
export const cases = [
  `CREATE TABLE cases (
    id text NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    opened_ms bigint NOT NULL,
    record text NOT NULL
  )`,
  'CREATE INDEX cases_by_opened ON cases (opened_ms, id)',
]
