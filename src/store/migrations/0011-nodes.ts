/** The machines that have joined, and the tokens to join by: of these only a hash. Each whole as JSON. */
export const nodes = [
  `CREATE TABLE node_records (
    kind text NOT NULL,
    id text NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (kind, id)
  )`,
]
