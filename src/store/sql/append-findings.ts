import { findingFacet } from '../search/facet.ts'
import type { FacetCounts } from '../search/facet-rows.ts'
import { relateFlows, type StoredFlows } from '../search/relate.ts'
import type { ArrivalOf } from './arrival.ts'
import type { Database, SqlValue } from './database.ts'
import { executeMany, executeRows, queryMany } from './many-rows.ts'
import { column, milliseconds } from './values.ts'

type FindingArrival = ArrivalOf<'personal-data'>

/** What is stored of a finding, or is about to be. */
interface FindingState {
  count: number
  last: number
  isNew: boolean
  /** What is to be written; undefined where nothing is. */
  arrival?: FindingArrival
}

/** @param carrying ids of flows with findings that have just changed */
export async function appendFindings(
  database: Database,
  counts: FacetCounts,
  arrivals: readonly FindingArrival[],
  carrying: ReadonlySet<string>,
): Promise<void> {
  const states = await storedFindings(database, arrivals)
  for (const arrival of arrivals) {
    const id = column(arrival.record.recordId)
    states.set(id, next(arrival, states.get(id)))
  }
  const written = [...states.values()].filter(({ arrival }) => arrival !== undefined)
  const coming = identifiersByFlow(written)
  const flows = await relateFlows(database, counts, [...new Set([...carrying, ...coming.keys()])], coming)
  await executeRows(
    database,
    upsert,
    written.map((state) => rowOf(state, counts, flows)),
  )
  // The plus keeps SQLite from the index that begins with it, in which nearly all flows are.
  await executeMany(
    database,
    (marks) => `UPDATE flows SET carries = 1 WHERE +carries = 0 AND id IN (${marks})`,
    [...coming.keys()],
  )
}

/** A finding’s facet changes with its flow, not when it grows. */
const upsert = (rows: string) =>
  `INSERT INTO findings (id, flow, workload, identifier, count, last_ms, facet, record) VALUES ${rows}
   ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms, record = excluded.record`

function next(arrival: FindingArrival, known: FindingState | undefined): FindingState {
  const { record } = arrival
  const last = milliseconds(record.last)
  if (known === undefined) {
    arrival.growth = record.count
    return { count: record.count, last, isNew: true, arrival }
  }
  arrival.growth = Math.max(0, record.count - known.count)
  if (record.count < known.count || last < known.last) return known
  return { count: record.count, last, isNew: known.isNew, arrival }
}

function rowOf({ arrival, isNew, last }: FindingState, counts: FacetCounts, flows: StoredFlows): SqlValue[] {
  const finding = (arrival as FindingArrival).record
  const flow = flowOf(finding)
  const facet = isNew ? counts.add(findingFacet(finding, flows.get(flow ?? '') ?? null)) : null
  return [
    ...[column(finding.recordId), flow, column(finding.workload), column(finding.identifier)],
    ...[finding.count, last, facet, JSON.stringify(finding)],
  ]
}

function flowOf({ flow }: FindingArrival['record']): string | null {
  return flow === undefined ? null : column(flow)
}

/** Of those that are new. */
function identifiersByFlow(states: readonly FindingState[]): Map<string, Set<string>> {
  const identifiers = new Map<string, Set<string>>()
  for (const { arrival, isNew } of states) {
    const flow = arrival === undefined || !isNew ? null : flowOf(arrival.record)
    if (flow === null || arrival === undefined) continue
    identifiers.set(flow, (identifiers.get(flow) ?? new Set()).add(column(arrival.record.identifier)))
  }
  return identifiers
}

async function storedFindings(
  database: Database,
  arrivals: readonly FindingArrival[],
): Promise<Map<string, FindingState>> {
  const rows = await queryMany(
    database,
    (marks) => `SELECT id, count, last_ms FROM findings WHERE id IN (${marks})`,
    [...new Set(arrivals.map(({ record }) => column(record.recordId)))],
  )
  return new Map(
    rows.map((row) => [
      row.id as string,
      { count: row.count as number, last: row.last_ms as number, isNew: false },
    ]),
  )
}
