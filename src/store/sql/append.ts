import type { Incident, ObservedRecord } from '../../model/enforcer-messages.ts'
import { coverageFacet, facetId, findingFacet, flowFacet, incidentFacet } from '../search/facet.ts'
import { FacetCounts } from '../search/facet-rows.ts'
import { relateFlow } from '../search/relate.ts'
import type { Appended, Batch } from '../store.ts'
import type { Database } from './database.ts'
import { column, milliseconds } from './values.ts'

type Observed<Type extends ObservedRecord['type']> = Extract<ObservedRecord, { type: Type }>

/**
 * Writes batches in order, within a transaction of the caller's. Records are cumulative, so the further of two
 * versions wins and writing one again changes nothing.
 */
export async function appendBatches(database: Database, batches: Batch[], now: number): Promise<Appended[]> {
  const results: Appended[] = []
  const changes: Changes = { counts: new FacetCounts(), related: new Set() }
  for (const batch of batches) results.push(await appendBatch(database, batch, now, changes))
  for (const flow of changes.related) await relateFlow(database, changes.counts, flow)
  await changes.counts.save(database)
  return results
}

/** What is put right once all batches of a transaction are written. */
interface Changes {
  counts: FacetCounts
  /** Flows of which a finding is new, and flows with findings that changed. */
  related: Set<string>
}

export async function acknowledgedSequence(
  database: Database,
  enforcer: string,
  run: string,
): Promise<number> {
  const rows = await database.query('SELECT acknowledged FROM batches WHERE enforcer = ? AND run = ?', [
    enforcer,
    run,
  ])
  return rows.length === 0 ? 0 : (rows[0].acknowledged as number)
}

async function appendBatch(
  database: Database,
  batch: Batch,
  now: number,
  changes: Changes,
): Promise<Appended> {
  const acknowledged = await acknowledgedSequence(database, batch.enforcer, batch.run)
  if (batch.sequence <= acknowledged) return { acknowledged, growth: batch.records.map(() => 0) }
  const growth: number[] = []
  for (const record of batch.records) growth.push(await appendRecord(database, record, changes))
  await database.execute(
    `INSERT INTO batches (enforcer, run, acknowledged, at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (enforcer, run) DO UPDATE SET acknowledged = excluded.acknowledged, at_ms = excluded.at_ms`,
    [batch.enforcer, batch.run, batch.sequence, now],
  )
  return { acknowledged: batch.sequence, growth }
}

function appendRecord(database: Database, record: ObservedRecord, changes: Changes): Promise<number> {
  if (record.type === 'flow') return appendFlow(database, record, changes)
  if (record.type === 'personal-data') return appendFinding(database, record, changes)
  if (record.type === 'coverage') return appendCoverage(database, record, changes)
  return appendIncident(database, record, changes)
}

async function appendFlow(
  database: Database,
  flow: Observed<'flow'>,
  { counts, related }: Changes,
): Promise<number> {
  const id = column(flow.id)
  const known = await knownFlow(database, id)
  const end = milliseconds(flow.end)
  const packets = flow.packetsToServer + flow.packetsToClient
  // What is not further is as if it had not come. A number that is none is left to the database to refuse.
  if (known !== undefined && (packets < known.packets || end < known.end)) return 0
  const carries = known?.carries ?? (await hasFindings(database, id))
  const facet = carries ? (known?.facet ?? null) : counts.add(flowFacet(flow, []))
  if (carries) related.add(id)
  else counts.remove('flow', known?.facet ?? null)
  await database.execute(
    `INSERT INTO flows (id, end_ms, workload, side, application, encrypted, packets, carries, facet, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET end_ms = excluded.end_ms, workload = excluded.workload, side = excluded.side,
       application = excluded.application, encrypted = excluded.encrypted, packets = excluded.packets,
       facet = excluded.facet, record = excluded.record`,
    [
      ...[id, end, flow.workload === undefined ? null : column(flow.workload), flow.side ?? null],
      ...[column(flow.application), flow.encrypted ? 1 : 0, packets, carries ? 1 : 0],
      ...[facet, JSON.stringify(flow)],
    ],
  )
  return known === undefined ? 1 : 0
}

interface KnownFlow {
  packets: number
  end: number
  carries: boolean
  facet: string | null
}

async function knownFlow(database: Database, id: string): Promise<KnownFlow | undefined> {
  const [row] = await database.query('SELECT packets, end_ms, carries, facet FROM flows WHERE id = ?', [id])
  return (
    row && {
      packets: row.packets as number,
      end: row.end_ms as number,
      carries: row.carries === 1,
      facet: row.facet as string | null,
    }
  )
}

async function hasFindings(database: Database, flow: string): Promise<boolean> {
  return (await database.query('SELECT 1 AS one FROM findings WHERE flow = ? LIMIT 1', [flow])).length > 0
}

async function appendFinding(
  database: Database,
  finding: Observed<'personal-data'>,
  { counts, related }: Changes,
): Promise<number> {
  const id = column(finding.recordId)
  const flow = finding.flow === undefined ? null : column(finding.flow)
  const [known] = await database.query('SELECT count FROM findings WHERE id = ?', [id])
  const isNew = known === undefined
  const facet = isNew && flow === null ? counts.add(findingFacet(finding, null)) : null
  await database.execute(
    `INSERT INTO findings (id, flow, workload, identifier, count, last_ms, facet, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, record = excluded.record
     WHERE excluded.count >= findings.count AND excluded.last_ms >= findings.last_ms`,
    [
      ...[id, flow, column(finding.workload), column(finding.identifier), finding.count],
      ...[milliseconds(finding.last), facet, JSON.stringify(finding)],
    ],
  )
  if (!isNew) return Math.max(0, finding.count - (known.count as number))
  if (flow !== null) {
    related.add(flow)
    await database.execute('UPDATE flows SET carries = 1 WHERE id = ? AND carries = 0', [flow])
  }
  return finding.count
}

async function appendIncident(database: Database, record: Incident, { counts }: Changes): Promise<number> {
  const id = column(record.recordId)
  const [known] = await database.query('SELECT count, last_ms, facet FROM incidents WHERE id = ?', [id])
  const last = milliseconds(record.last)
  const [count, lastKnown] = [(known?.count as number | undefined) ?? 0, known?.last_ms as number | undefined]
  const growth = Math.max(0, record.count - count)
  if (lastKnown !== undefined && (record.count < count || last < lastKnown)) return growth
  counts.remove('incident', (known?.facet as string | null | undefined) ?? null)
  await database.execute(
    `INSERT INTO incidents (id, type, last_ms, workload, action, count, facet, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, action = excluded.action,
       facet = excluded.facet, record = excluded.record`,
    [
      ...[id, record.type, last, record.workload === undefined ? null : column(record.workload)],
      ...[record.action, record.count, counts.add(incidentFacet(record)), JSON.stringify(record)],
    ],
  )
  return growth
}

async function appendCoverage(
  database: Database,
  record: Observed<'coverage'>,
  { counts }: Changes,
): Promise<number> {
  const facet = coverageFacet(record)
  const added = await database.execute(
    `INSERT INTO coverage (id, at_ms, workload, reason, facet, record) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    [
      ...[column(record.recordId), milliseconds(record.at)],
      record.workload === undefined ? null : column(record.workload),
      ...[column(record.reason), facetId(facet), JSON.stringify(record)],
    ],
  )
  if (added > 0) counts.add(facet)
  return added
}
