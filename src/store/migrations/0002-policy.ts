/**
 * Versions of the policy, what was learned, and who is in quarantine. What is applied is large and stays the same while modes
 * change, so it is kept by its hash.
 */
export const policy = [
  `CREATE TABLE policy_objects (
    hash text NOT NULL PRIMARY KEY,
    objects text NOT NULL
  )`,
  `CREATE TABLE policy_versions (
    number bigint NOT NULL PRIMARY KEY,
    at_ms bigint NOT NULL,
    author text NOT NULL,
    action text NOT NULL,
    reason text NOT NULL,
    added bigint NOT NULL,
    removed bigint NOT NULL,
    changed bigint NOT NULL,
    objects_hash text NOT NULL,
    settings text NOT NULL
  )`,
  'CREATE INDEX policy_versions_by_objects ON policy_versions (objects_hash)',
  `CREATE TABLE policy_learned (
    id text NOT NULL PRIMARY KEY,
    last_ms bigint NOT NULL,
    record text NOT NULL
  )`,
  `CREATE TABLE quarantined (
    workload text NOT NULL PRIMARY KEY,
    since text NOT NULL,
    reason text NOT NULL
  )`,
]
