import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import type { FlowRecord } from '../../model/records.ts'
import type { Database, SqlValue } from '../sql/database.ts'
import { executeRows, queryMany } from '../sql/many-rows.ts'
import { facetId, findingFacet, flowFacet } from './facet.ts'
import type { FacetCounts } from './facet-rows.ts'

type Finding = Extract<ObservedRecord, { type: 'personal-data' }>

/** Flows by their id, as they are stored. */
export type StoredFlows = ReadonlyMap<string, FlowRecord>

/**
 * Gives flows that carried personal data, and their stored findings, the facets that they have from each other: what the flow
 * carried, and whom the findings went to. Whichever of them came first, and whatever changed since.
 *
 * @param ids of flows; one that is not stored leaves its findings without it
 * @param coming identifiers of findings that are about to be stored, by flow
 */
export async function relateFlows(
  database: Database,
  counts: FacetCounts,
  ids: readonly string[],
  coming: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Promise<StoredFlows> {
  const rows = await queryMany(
    database,
    (marks) => `SELECT id, facet, record FROM flows WHERE id IN (${marks})`,
    ids,
  )
  const carried = await carriedBy(database, ids, coming)
  const flows = new Map<string, FlowRecord>()
  const changed: SqlValue[][] = []
  for (const { id, facet: known, record } of rows) {
    const flow = JSON.parse(record as string) as FlowRecord
    flows.set(id as string, flow)
    const facet = flowFacet(flow, [...(carried.get(id as string) ?? [])])
    if (facetId(facet) === known) continue
    counts.remove('flow', known as string | null)
    changed.push([id, counts.add(facet)])
  }
  await setFacets(database, 'flows', changed)
  await relateFindings(
    database,
    counts,
    flows,
    changed.map(([id]) => id as string),
  )
  return flows
}

async function carriedBy(
  database: Database,
  ids: readonly string[],
  coming: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, Set<string>>> {
  const carried = new Map(ids.map((id) => [id, new Set(coming.get(id))]))
  const rows = await queryMany(
    database,
    (marks) => `SELECT DISTINCT flow, identifier FROM findings WHERE flow IN (${marks})`,
    ids,
  )
  for (const { flow, identifier } of rows) carried.get(flow as string)?.add(identifier as string)
  return carried
}

async function relateFindings(
  database: Database,
  counts: FacetCounts,
  flows: StoredFlows,
  ids: readonly string[],
): Promise<void> {
  const rows = await queryMany(
    database,
    (marks) => `SELECT id, flow, facet, record FROM findings WHERE flow IN (${marks})`,
    ids,
  )
  const changed: SqlValue[][] = []
  for (const { id, flow, facet: known, record } of rows) {
    const facet = findingFacet(JSON.parse(record as string) as Finding, flows.get(flow as string) ?? null)
    if (facetId(facet) === known) continue
    counts.remove('finding', known as string | null)
    changed.push([id, counts.add(facet)])
  }
  await setFacets(database, 'findings', changed)
}

/** The columns of `VALUES` have these names in both databases. */
function setFacets(database: Database, table: 'flows' | 'findings', rows: SqlValue[][]): Promise<void> {
  return executeRows(
    database,
    (values) =>
      `UPDATE ${table} SET facet = given.column2 FROM (VALUES ${values}) AS given WHERE ${table}.id = given.column1`,
    rows,
  )
}
