/**
 * Flows, findings, coverage, workloads, and how far each run of an enforcer is acknowledged. Columns beside `record`
 * are what is filtered or ordered by; the record itself is JSON text as it was received.
 */
export const records = [
  `CREATE TABLE flows (
    id text NOT NULL PRIMARY KEY,
    end_ms bigint NOT NULL,
    workload text,
    side text,
    application text NOT NULL,
    encrypted smallint NOT NULL CHECK (encrypted IN (0, 1)),
    packets bigint NOT NULL,
    carries smallint NOT NULL CHECK (carries IN (0, 1)),
    record text NOT NULL
  )`,
  'CREATE INDEX flows_by_end ON flows (end_ms, id)',
  'CREATE INDEX flows_by_workload ON flows (workload, end_ms, id)',
  'CREATE INDEX flows_to_prune ON flows (carries, end_ms)',

  `CREATE TABLE findings (
    id text NOT NULL PRIMARY KEY,
    flow text,
    workload text NOT NULL,
    identifier text NOT NULL,
    count bigint NOT NULL,
    last_ms bigint NOT NULL,
    record text NOT NULL
  )`,
  'CREATE INDEX findings_by_last ON findings (last_ms, id)',
  'CREATE INDEX findings_by_workload ON findings (workload, last_ms, id)',
  'CREATE INDEX findings_by_identifier ON findings (identifier, last_ms, id)',
  'CREATE INDEX findings_by_flow ON findings (flow)',

  `CREATE TABLE coverage (
    id text NOT NULL PRIMARY KEY,
    at_ms bigint NOT NULL,
    workload text,
    reason text NOT NULL,
    record text NOT NULL
  )`,
  'CREATE INDEX coverage_by_at ON coverage (at_ms, id)',

  `CREATE TABLE workloads (
    id text NOT NULL PRIMARY KEY,
    enforcer text NOT NULL,
    started_ms bigint NOT NULL,
    stopped_ms bigint,
    coverage text NOT NULL,
    record text NOT NULL
  )`,
  'CREATE INDEX workloads_by_start ON workloads (started_ms, id)',

  `CREATE TABLE batches (
    enforcer text NOT NULL,
    run text NOT NULL,
    acknowledged bigint NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (enforcer, run)
  )`,
]
