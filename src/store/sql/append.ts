import { FacetCounts } from '../search/facet-rows.ts'
import type { Appended, Batch } from '../store.ts'
import { appendFindings } from './append-findings.ts'
import { appendFlows } from './append-flows.ts'
import { appendCoverage, appendIncidents } from './append-incidents.ts'
import type { Arrival, ArrivalOf } from './arrival.ts'
import type { Database } from './database.ts'

/**
 * Writes batches in order, within a transaction of the caller's. Records are cumulative, so the further of two
 * versions wins and writing one again changes nothing.
 */
export async function appendBatches(database: Database, batches: Batch[], now: number): Promise<Appended[]> {
  const counts = new FacetCounts()
  const taken = await acknowledge(database, batches, now)
  const arrivals = batches.map(({ records }, index) =>
    taken[index].isNew ? records.map((record): Arrival => ({ record, growth: 0 })) : [],
  )
  await appendRecords(database, counts, arrivals.flat())
  await counts.save(database)
  return batches.map(({ records }, index) => ({
    acknowledged: taken[index].acknowledged,
    growth: records.map((_, place) => arrivals[index][place]?.growth ?? 0),
  }))
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

/** Marks the batches that are new. */
async function acknowledge(
  database: Database,
  batches: Batch[],
  now: number,
): Promise<{ acknowledged: number; isNew: boolean }[]> {
  const taken: { acknowledged: number; isNew: boolean }[] = []
  for (const { enforcer, run, sequence } of batches) {
    const known = await acknowledgedSequence(database, enforcer, run)
    const isNew = sequence > known
    taken.push({ acknowledged: isNew ? sequence : known, isNew })
    if (!isNew) continue
    await database.execute(
      `INSERT INTO batches (enforcer, run, acknowledged, at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (enforcer, run) DO UPDATE SET acknowledged = excluded.acknowledged, at_ms = excluded.at_ms`,
      [enforcer, run, sequence, now],
    )
  }
  return taken
}

/** Flows before findings, so that these find theirs; each kind in order. */
async function appendRecords(
  database: Database,
  counts: FacetCounts,
  arrivals: readonly Arrival[],
): Promise<void> {
  const flows: ArrivalOf<'flow'>[] = []
  const findings: ArrivalOf<'personal-data'>[] = []
  const coverage: ArrivalOf<'coverage'>[] = []
  const incidents: Parameters<typeof appendIncidents>[2][number][] = []
  for (const arrival of arrivals) {
    const { type } = arrival.record
    if (type === 'flow') flows.push(arrival as ArrivalOf<'flow'>)
    else if (type === 'personal-data') findings.push(arrival as ArrivalOf<'personal-data'>)
    else if (type === 'coverage') coverage.push(arrival as ArrivalOf<'coverage'>)
    else incidents.push(arrival as (typeof incidents)[number])
  }
  const carrying = await appendFlows(database, counts, flows)
  await appendFindings(database, counts, findings, carrying)
  await appendCoverage(database, counts, coverage)
  await appendIncidents(database, counts, incidents)
}
