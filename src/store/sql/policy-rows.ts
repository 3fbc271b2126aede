import { createHash } from 'node:crypto'
import type { QuarantinedWorkload } from '../../model/enforcer-messages.ts'
import { storeLimits } from '../limits.ts'
import type {
  LearnedChanges,
  LearnedRow,
  PolicyAction,
  PolicyVersionItem,
  StoredPolicyVersion,
} from '../policy-store.ts'
import { StoreError } from '../store-error.ts'
import type { Database, Row } from './database.ts'
import { column } from './values.ts'

/** Within a transaction of the caller's. @throws StoreError `STORE_CONFLICT` */
export async function savePolicyVersion(database: Database, version: StoredPolicyVersion): Promise<void> {
  const { number, at, author, action, reason, counts, objects, settings } = version
  const hash = createHash('sha256').update(objects).digest('hex')
  await database.execute(
    'INSERT INTO policy_objects (hash, objects) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
    [hash, objects],
  )
  const inserted = await database.execute(
    `INSERT INTO policy_versions
       (number, at_ms, author, action, reason, added, removed, changed, objects_hash, settings)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING`,
    [
      ...[number, at, column(author), action, column(reason)],
      ...[counts.added, counts.removed, counts.changed, hash, settings],
    ],
  )
  if (inserted === 0)
    throw new StoreError('STORE_CONFLICT', `There is a version ${number} of the policy already.`)
  await database.execute('DELETE FROM policy_versions WHERE number <= ?', [
    number - storeLimits.policyVersions,
  ])
  await database.execute(
    `DELETE FROM policy_objects WHERE NOT EXISTS
       (SELECT 1 FROM policy_versions WHERE policy_versions.objects_hash = policy_objects.hash)`,
  )
}

const itemColumns = 'number, at_ms, author, action, reason, added, removed, changed'

export async function listPolicyVersions(
  database: Database,
  { limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number | undefined },
): Promise<PolicyVersionItem[]> {
  const rows = await database.query(
    `SELECT ${itemColumns} FROM policy_versions WHERE number < ? ORDER BY number DESC LIMIT ?`,
    [before, limit],
  )
  return rows.map(itemOf)
}

export async function readPolicyVersion(
  database: Database,
  number?: number,
): Promise<StoredPolicyVersion | null> {
  const [row] = await database.query(
    `SELECT ${itemColumns}, settings, objects FROM policy_versions
     JOIN policy_objects ON policy_objects.hash = policy_versions.objects_hash
     ${number === undefined ? '' : 'WHERE number = ?'} ORDER BY number DESC LIMIT 1`,
    number === undefined ? [] : [number],
  )
  if (row === undefined) return null
  return { ...itemOf(row), objects: row.objects as string, settings: row.settings as string }
}

export async function readLearned(database: Database): Promise<LearnedRow[]> {
  const rows = await database.query('SELECT id, last_ms, record FROM policy_learned ORDER BY id')
  return rows.map((row) => ({
    id: row.id as string,
    last: row.last_ms as number,
    record: row.record as string,
  }))
}

/** Within a transaction of the caller's. */
export async function saveLearned(database: Database, { saved, removed }: LearnedChanges): Promise<void> {
  for (const id of removed) await database.execute('DELETE FROM policy_learned WHERE id = ?', [column(id)])
  for (const { id, last, record } of saved) {
    await database.execute(
      `INSERT INTO policy_learned (id, last_ms, record) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET last_ms = excluded.last_ms, record = excluded.record`,
      [column(id), last, record],
    )
  }
}

export async function readQuarantined(database: Database): Promise<QuarantinedWorkload[]> {
  const rows = await database.query('SELECT workload, since, reason FROM quarantined ORDER BY workload')
  return rows.map((row) => ({
    workload: row.workload as string,
    since: row.since as string,
    reason: row.reason as string,
  }))
}

/** Within a transaction of the caller's. */
export async function saveQuarantined(database: Database, workloads: QuarantinedWorkload[]): Promise<void> {
  await database.execute('DELETE FROM quarantined')
  for (const { workload, since, reason } of workloads) {
    await database.execute('INSERT INTO quarantined (workload, since, reason) VALUES (?, ?, ?)', [
      column(workload),
      since,
      column(reason),
    ])
  }
}

function itemOf(row: Row): PolicyVersionItem {
  return {
    number: row.number as number,
    at: row.at_ms as number,
    author: row.author as string,
    action: row.action as PolicyAction,
    reason: row.reason as string,
    counts: {
      added: row.added as number,
      removed: row.removed as number,
      changed: row.changed as number,
    },
  }
}
