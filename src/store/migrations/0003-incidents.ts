/**
 * What the policy does not allow, and whatever else is told of as an incident: one table for all types, because they are listed,
 * filtered and let go in the same way.
 */
export const incidents = [
  `CREATE TABLE incidents (
    id text NOT NULL PRIMARY KEY,
    type text NOT NULL,
    last_ms bigint NOT NULL,
    workload text,
    action text,
    count bigint NOT NULL,
    record text NOT NULL
  )`,
  'CREATE INDEX incidents_by_last ON incidents (last_ms, id)',
  'CREATE INDEX incidents_by_type ON incidents (type, last_ms, id)',
  'CREATE INDEX incidents_by_workload ON incidents (workload, last_ms, id)',
]
