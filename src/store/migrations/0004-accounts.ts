/**
 * Accounts, their secrets as hashes, the audit log, and the namespace of each workload, by which an account that may see
 * one namespace only is kept to it. Workloads of before have none until their enforcer reports them again: until then
 * such an account does not see them.
 */
export const accounts = [
  `CREATE TABLE accounts (
    id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL UNIQUE,
    grants text NOT NULL,
    password text,
    disabled smallint NOT NULL CHECK (disabled IN (0, 1)),
    failures bigint NOT NULL,
    locked_until_ms bigint NOT NULL,
    created_ms bigint NOT NULL
  )`,

  `CREATE TABLE secrets (
    id text NOT NULL PRIMARY KEY,
    hash text NOT NULL UNIQUE,
    kind text NOT NULL,
    account text NOT NULL,
    name text NOT NULL,
    scope text,
    created_ms bigint NOT NULL,
    used_ms bigint NOT NULL,
    expires_ms bigint NOT NULL
  )`,
  'CREATE INDEX secrets_by_account ON secrets (account, kind, created_ms)',
  'CREATE INDEX secrets_by_expiry ON secrets (expires_ms)',

  `CREATE TABLE audit (
    id text NOT NULL PRIMARY KEY,
    at_ms bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    record text NOT NULL,
    hash text NOT NULL
  )`,
  'CREATE INDEX audit_by_at ON audit (at_ms, id)',

  'ALTER TABLE workloads ADD COLUMN workload text',
  'ALTER TABLE workloads ADD COLUMN namespace text',
  'CREATE INDEX workloads_by_namespace ON workloads (namespace, workload)',
]
