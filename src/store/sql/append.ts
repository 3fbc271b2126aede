import type { Incident, ObservedRecord } from '../../model/enforcer-messages.ts'
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
  for (const batch of batches) results.push(await appendBatch(database, batch, now))
  return results
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

async function appendBatch(database: Database, batch: Batch, now: number): Promise<Appended> {
  const acknowledged = await acknowledgedSequence(database, batch.enforcer, batch.run)
  if (batch.sequence <= acknowledged) return { acknowledged, growth: batch.records.map(() => 0) }
  const growth: number[] = []
  for (const record of batch.records) growth.push(await appendRecord(database, record))
  await database.execute(
    `INSERT INTO batches (enforcer, run, acknowledged, at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (enforcer, run) DO UPDATE SET acknowledged = excluded.acknowledged, at_ms = excluded.at_ms`,
    [batch.enforcer, batch.run, batch.sequence, now],
  )
  return { acknowledged: batch.sequence, growth }
}

function appendRecord(database: Database, record: ObservedRecord): Promise<number> {
  if (record.type === 'flow') return appendFlow(database, record)
  if (record.type === 'personal-data') return appendFinding(database, record)
  if (record.type === 'coverage') return appendCoverage(database, record)
  return appendIncident(database, record)
}

async function appendFlow(database: Database, flow: Observed<'flow'>): Promise<number> {
  const known = await database.query('SELECT packets FROM flows WHERE id = ?', [column(flow.id)])
  await database.execute(
    `INSERT INTO flows (id, end_ms, workload, side, application, encrypted, packets, carries, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, CASE WHEN EXISTS (SELECT 1 FROM findings WHERE flow = ?) THEN 1 ELSE 0 END, ?)
     ON CONFLICT (id) DO UPDATE SET end_ms = excluded.end_ms, workload = excluded.workload, side = excluded.side,
       application = excluded.application, encrypted = excluded.encrypted, packets = excluded.packets,
       record = excluded.record
     WHERE excluded.packets >= flows.packets AND excluded.end_ms >= flows.end_ms`,
    [
      column(flow.id),
      milliseconds(flow.end),
      flow.workload === undefined ? null : column(flow.workload),
      flow.side ?? null,
      column(flow.application),
      flow.encrypted ? 1 : 0,
      flow.packetsToServer + flow.packetsToClient,
      column(flow.id),
      JSON.stringify(flow),
    ],
  )
  return known.length === 0 ? 1 : 0
}

async function appendFinding(database: Database, finding: Observed<'personal-data'>): Promise<number> {
  const id = column(finding.recordId)
  const flow = finding.flow === undefined ? null : column(finding.flow)
  const known = await database.query('SELECT count FROM findings WHERE id = ?', [id])
  await database.execute(
    `INSERT INTO findings (id, flow, workload, identifier, count, last_ms, record) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, record = excluded.record
     WHERE excluded.count >= findings.count AND excluded.last_ms >= findings.last_ms`,
    [
      id,
      flow,
      column(finding.workload),
      column(finding.identifier),
      finding.count,
      milliseconds(finding.last),
      JSON.stringify(finding),
    ],
  )
  if (known.length > 0) return Math.max(0, finding.count - (known[0].count as number))
  if (flow !== null)
    await database.execute('UPDATE flows SET carries = 1 WHERE id = ? AND carries = 0', [flow])
  return finding.count
}

async function appendIncident(database: Database, record: Incident): Promise<number> {
  const id = column(record.recordId)
  const known = await database.query('SELECT count FROM incidents WHERE id = ?', [id])
  await database.execute(
    `INSERT INTO incidents (id, type, last_ms, workload, action, count, record) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, action = excluded.action,
       record = excluded.record
     WHERE excluded.count >= incidents.count AND excluded.last_ms >= incidents.last_ms`,
    [
      id,
      record.type,
      milliseconds(record.last),
      record.workload === undefined ? null : column(record.workload),
      record.action,
      record.count,
      JSON.stringify(record),
    ],
  )
  return Math.max(0, record.count - ((known[0]?.count as number | undefined) ?? 0))
}

function appendCoverage(database: Database, record: Observed<'coverage'>): Promise<number> {
  return database.execute(
    `INSERT INTO coverage (id, at_ms, workload, reason, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    [
      column(record.recordId),
      milliseconds(record.at),
      record.workload === undefined ? null : column(record.workload),
      column(record.reason),
      JSON.stringify(record),
    ],
  )
}
