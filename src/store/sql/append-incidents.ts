import type { Incident } from '../../model/enforcer-messages.ts'
import { coverageFacet, facetId, incidentFacet } from '../search/facet.ts'
import type { FacetCounts } from '../search/facet-rows.ts'
import type { Arrival, ArrivalOf } from './arrival.ts'
import type { Database, SqlValue } from './database.ts'
import { executeRows, queryMany } from './many-rows.ts'
import { column, milliseconds } from './values.ts'

/** What is stored of an incident, or is about to be. */
interface IncidentState {
  count: number
  last: number
  facet: string | null
  row?: SqlValue[]
}

export async function appendIncidents(
  database: Database,
  counts: FacetCounts,
  arrivals: readonly Arrival<Incident>[],
): Promise<void> {
  const states = await storedIncidents(database, arrivals)
  for (const arrival of arrivals) {
    const id = column(arrival.record.recordId)
    const known = states.get(id)
    const { count } = arrival.record
    arrival.growth = Math.max(0, count - (known?.count ?? 0))
    const last = milliseconds(arrival.record.last)
    if (known !== undefined && (count < known.count || last < known.last)) continue
    counts.remove('incident', known?.facet ?? null)
    const facet = counts.add(incidentFacet(arrival.record))
    states.set(id, { count, last, facet, row: rowOf(arrival.record, last, facet) })
  }
  const rows = [...states.values()].flatMap(({ row }) => (row === undefined ? [] : [row]))
  await executeRows(database, upsert, rows)
}

const upsert = (rows: string) =>
  `INSERT INTO incidents (id, type, last_ms, workload, action, count, facet, record) VALUES ${rows}
   ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, action = excluded.action,
     facet = excluded.facet, record = excluded.record`

function rowOf(incident: Incident, last: number, facet: string): SqlValue[] {
  const { recordId, type, workload, action, count } = incident
  const of = workload === undefined ? null : column(workload)
  return [column(recordId), type, last, of, action, count, facet, JSON.stringify(incident)]
}

async function storedIncidents(
  database: Database,
  arrivals: readonly Arrival<Incident>[],
): Promise<Map<string, IncidentState>> {
  const rows = await queryMany(
    database,
    (marks) => `SELECT id, count, last_ms, facet FROM incidents WHERE id IN (${marks})`,
    [...new Set(arrivals.map(({ record }) => column(record.recordId)))],
  )
  return new Map(
    rows.map((row) => [
      row.id as string,
      { count: row.count as number, last: row.last_ms as number, facet: row.facet as string | null },
    ]),
  )
}

/** They are few, and never change. */
export async function appendCoverage(
  database: Database,
  counts: FacetCounts,
  arrivals: readonly ArrivalOf<'coverage'>[],
): Promise<void> {
  for (const arrival of arrivals) {
    const { record } = arrival
    const facet = coverageFacet(record)
    arrival.growth = await database.execute(
      `INSERT INTO coverage (id, at_ms, workload, reason, facet, record) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
      [
        ...[column(record.recordId), milliseconds(record.at)],
        record.workload === undefined ? null : column(record.workload),
        ...[column(record.reason), facetId(facet), JSON.stringify(record)],
      ],
    )
    if (arrival.growth > 0) counts.add(facet)
  }
}
