import type { Pruned, PruneStep } from '../store.ts'
import { storeLimits } from '../limits.ts'
import type { Database } from './database.ts'
import { auditId } from './sql-audit.ts'

/**
 * One step of retention, within a transaction of the caller's: at most `rows` of each kind, so that writes wait for
 * milliseconds and not for minutes. First by age, then, while the store is larger than it may be, the oldest.
 */
export async function pruneRows(database: Database, step: PruneStep): Promise<Pruned> {
  const { now, retention, rows } = step
  const pruned: Pruned = {
    findings: await pruneFindings(database, rows, now - retention.findingsMs),
    flows: await pruneFlows(database, rows, now - retention.flowsMs),
    coverage: await pruneCoverage(database, rows, now - retention.coverageMs),
    incidents: await pruneIncidents(database, rows, now - retention.findingsMs),
    workloads: await pruneWorkloads(database, rows, now - retention.findingsMs),
    early: false,
    more: false,
    usedBytes: 0,
  }
  await database.execute('DELETE FROM batches WHERE at_ms < ?', [now - retention.findingsMs])
  await pruneAudit(database, rows, now - storeLimits.auditMs)
  if ((await database.usedBytes()) > retention.maxBytes) await pruneOldest(database, rows, pruned)
  pruned.usedBytes = await database.usedBytes()
  pruned.more =
    Math.max(pruned.findings, pruned.flows, pruned.coverage, pruned.incidents, pruned.workloads) >= rows ||
    (pruned.early && pruned.usedBytes > retention.maxBytes)
  return pruned
}

/** Frees space in the order in which what is lost matters least. */
async function pruneOldest(database: Database, rows: number, pruned: Pruned): Promise<void> {
  const kinds = [
    ['flows', pruneFlows],
    ['findings', pruneFindings],
    ['coverage', pruneCoverage],
    ['incidents', pruneIncidents],
    ['workloads', pruneWorkloads],
  ] as const
  for (const [kind, prune] of kinds) {
    const removed = await prune(database, rows, Number.MAX_SAFE_INTEGER)
    pruned[kind] += removed
    pruned.early ||= removed > 0
    if (removed > 0) return
  }
}

/** Flows that carried personal data stay until their last finding is gone. */
function pruneFlows(database: Database, rows: number, before: number): Promise<number> {
  return database.execute(
    `DELETE FROM flows WHERE id IN
      (SELECT id FROM flows WHERE carries = 0 AND end_ms < ? ORDER BY end_ms LIMIT ?)`,
    [before, rows],
  )
}

async function pruneFindings(database: Database, rows: number, before: number): Promise<number> {
  const oldest = await database.query(
    'SELECT id, flow FROM findings WHERE last_ms < ? ORDER BY last_ms, id LIMIT ?',
    [before, rows],
  )
  const flows = new Set<string>()
  for (const row of oldest) {
    await database.execute('DELETE FROM findings WHERE id = ?', [row.id])
    if (row.flow !== null) flows.add(row.flow as string)
  }
  for (const flow of flows) {
    await database.execute(
      'UPDATE flows SET carries = 0 WHERE id = ? AND NOT EXISTS (SELECT 1 FROM findings WHERE flow = ?)',
      [flow, flow],
    )
  }
  return oldest.length
}

function pruneCoverage(database: Database, rows: number, before: number): Promise<number> {
  return database.execute(
    'DELETE FROM coverage WHERE id IN (SELECT id FROM coverage WHERE at_ms < ? ORDER BY at_ms, id LIMIT ?)',
    [before, rows],
  )
}

function pruneIncidents(database: Database, rows: number, before: number): Promise<number> {
  return database.execute(
    'DELETE FROM incidents WHERE id IN (SELECT id FROM incidents WHERE last_ms < ? ORDER BY last_ms, id LIMIT ?)',
    [before, rows],
  )
}

/** Only what has stopped; what runs is listed however long it runs. */
function pruneWorkloads(database: Database, rows: number, before: number): Promise<number> {
  return database.execute(
    `DELETE FROM workloads WHERE id IN
      (SELECT id FROM workloads WHERE stopped_ms < ? ORDER BY stopped_ms LIMIT ?)`,
    [before, rows],
  )
}

/** Always from the beginning and never the newest, so that the chain of what stays is whole and goes on. */
async function pruneAudit(database: Database, rows: number, before: number): Promise<void> {
  const [{ newest }] = await database.query("SELECT COALESCE(MAX(id), '0') AS newest FROM audit")
  const [kept] = await database.query('SELECT id FROM audit WHERE at_ms >= ? ORDER BY at_ms, id LIMIT 1', [
    before,
  ])
  const tooMany = auditId(Math.max(0, Number.parseInt(newest as string, 10) - storeLimits.auditRows))
  await database.execute(
    'DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE id < ? OR id <= ? ORDER BY id LIMIT ?)',
    [kept?.id ?? newest, tooMany, rows],
  )
}
