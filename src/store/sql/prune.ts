import type { Pruned, PruneStep } from '../store.ts'
import { storeLimits } from '../limits.ts'
import { FacetCounts } from '../search/facet-rows.ts'
import { relateFlows } from '../search/relate.ts'
import type { Database, SqlValue } from './database.ts'
import { executeMany } from './many-rows.ts'
import { auditId } from './sql-audit.ts'

/**
 * One step of retention, within a transaction of the caller's: at most `rows` of each kind, so that writes wait for
 * milliseconds and not for minutes. First by age, then, while the store is larger than it may be, the oldest.
 */
export async function pruneRows(database: Database, step: PruneStep): Promise<Pruned> {
  const { now, retention, rows } = step
  const pruning = { database, counts: new FacetCounts(), rows, freed: new Set<string>() }
  const pruned: Pruned = {
    findings: await pruneFindings(pruning, now - retention.findingsMs),
    flows: await pruneFlows(pruning, now - retention.flowsMs),
    coverage: await pruneCoverage(pruning, now - retention.coverageMs),
    incidents: await pruneIncidents(pruning, now - retention.findingsMs),
    workloads: await pruneWorkloads(pruning, now - retention.findingsMs),
    early: false,
    more: false,
    usedBytes: 0,
  }
  await database.execute('DELETE FROM batches WHERE at_ms < ?', [now - retention.findingsMs])
  await pruneAudit(pruning, now - storeLimits.auditMs)
  await saveFacets(pruning)
  if ((await database.usedBytes()) > retention.maxBytes) await pruneOldest(pruning, pruned)
  await saveFacets(pruning)
  pruned.usedBytes = await database.usedBytes()
  pruned.more =
    Math.max(pruned.findings, pruned.flows, pruned.coverage, pruned.incidents, pruned.workloads) >= rows ||
    (pruned.early && pruned.usedBytes > retention.maxBytes)
  return pruned
}

interface Pruning {
  database: Database
  counts: FacetCounts
  /** Of each kind, at most. */
  rows: number
  /** Flows that lost a finding. */
  freed: Set<string>
}

/** Most flows that lost their findings are gone by then themselves, and need no other facet. */
async function saveFacets({ database, counts, freed }: Pruning): Promise<void> {
  await relateFlows(database, counts, [...freed])
  freed.clear()
  await counts.save(database)
}

/** Frees space in the order in which what is lost matters least. */
async function pruneOldest(pruning: Pruning, pruned: Pruned): Promise<void> {
  const inOrder = [
    ['flows', pruneFlows],
    ['findings', pruneFindings],
    ['coverage', pruneCoverage],
    ['incidents', pruneIncidents],
    ['workloads', pruneWorkloads],
  ] as const
  for (const [kind, prune] of inOrder) {
    const removed = await prune(pruning, Number.MAX_SAFE_INTEGER)
    pruned[kind] += removed
    pruned.early ||= removed > 0
    if (removed > 0) return
  }
}

/** Flows that carried personal data stay until their last finding is gone. */
function pruneFlows(pruning: Pruning, before: number): Promise<number> {
  const oldest = 'SELECT id FROM flows WHERE carries = 0 AND end_ms < ? ORDER BY end_ms LIMIT ?'
  return remove(pruning, 'flows', oldest, [before, pruning.rows])
}

async function pruneFindings({ database, counts, rows, freed }: Pruning, before: number): Promise<number> {
  const removed = await database.query(
    `DELETE FROM findings WHERE id IN
      (SELECT id FROM findings WHERE last_ms < ? ORDER BY last_ms, id LIMIT ?) RETURNING flow, facet`,
    [before, rows],
  )
  const flows = new Set<string>()
  for (const { flow, facet } of removed) {
    counts.remove('finding', facet as string | null)
    if (flow !== null) flows.add(flow as string)
  }
  await executeMany(
    database,
    (marks) =>
      `UPDATE flows SET carries = 0 WHERE id IN (${marks})
         AND NOT EXISTS (SELECT 1 FROM findings WHERE findings.flow = flows.id)`,
    [...flows],
  )
  for (const flow of flows) freed.add(flow)
  return removed.length
}

function pruneCoverage(pruning: Pruning, before: number): Promise<number> {
  const oldest = 'SELECT id FROM coverage WHERE at_ms < ? ORDER BY at_ms, id LIMIT ?'
  return remove(pruning, 'coverage', oldest, [before, pruning.rows])
}

function pruneIncidents(pruning: Pruning, before: number): Promise<number> {
  const oldest = 'SELECT id FROM incidents WHERE last_ms < ? ORDER BY last_ms, id LIMIT ?'
  return remove(pruning, 'incidents', oldest, [before, pruning.rows])
}

/** Only what has stopped; what runs is listed however long it runs. */
function pruneWorkloads({ database, rows }: Pruning, before: number): Promise<number> {
  return database.execute(
    `DELETE FROM workloads WHERE id IN
      (SELECT id FROM workloads WHERE stopped_ms < ? ORDER BY stopped_ms LIMIT ?)`,
    [before, rows],
  )
}

/** Always from the beginning and never the newest, so that the chain of what stays is whole and goes on. */
async function pruneAudit(pruning: Pruning, before: number): Promise<void> {
  const { database, rows } = pruning
  const [{ newest }] = await database.query("SELECT COALESCE(MAX(id), '0') AS newest FROM audit")
  const [kept] = await database.query('SELECT id FROM audit WHERE at_ms >= ? ORDER BY at_ms, id LIMIT 1', [
    before,
  ])
  const tooMany = auditId(Math.max(0, Number.parseInt(newest as string, 10) - storeLimits.auditRows))
  const oldest = 'SELECT id FROM audit WHERE id < ? OR id <= ? ORDER BY id LIMIT ?'
  await remove(pruning, 'audit', oldest, [kept?.id ?? newest, tooMany, rows])
}

const kinds = { flows: 'flow', coverage: 'coverage', incidents: 'incident', audit: 'audit' } as const

/** Removes the rows whose ids a query gives; how many there were. */
async function remove(
  { database, counts }: Pruning,
  table: keyof typeof kinds,
  ids: string,
  parameters: SqlValue[],
): Promise<number> {
  const removed = await database.query(
    `DELETE FROM ${table} WHERE id IN (${ids}) RETURNING facet`,
    parameters,
  )
  for (const { facet } of removed) counts.remove(kinds[table], facet as string | null)
  return removed.length
}
