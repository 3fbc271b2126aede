import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import type { FlowRecord } from '../../model/records.ts'
import type { Database } from '../sql/database.ts'
import { facetId, findingFacet, flowFacet } from './facet.ts'
import type { FacetCounts } from './facet-rows.ts'

type Finding = Extract<ObservedRecord, { type: 'personal-data' }>

/**
 * Gives a flow that carried personal data, and its findings, the facets that they have from each other: what the flow carried,
 * and whom the findings went to. Whichever of them came first, and whatever changed since.
 */
export async function relateFlow(database: Database, counts: FacetCounts, id: string): Promise<void> {
  const [row] = await database.query('SELECT facet, record FROM flows WHERE id = ?', [id])
  const flow = row === undefined ? null : (JSON.parse(row.record as string) as FlowRecord)
  const isNew =
    flow !== null && (await relateItself(database, counts, { id, flow, facet: row.facet as string }))
  const findings = await database.query(
    `SELECT id, facet, record FROM findings WHERE flow = ? ${isNew ? '' : 'AND facet IS NULL'}`,
    [id],
  )
  for (const finding of findings) {
    const facet = findingFacet(JSON.parse(finding.record as string) as Finding, flow)
    if (facetId(facet) === finding.facet) continue
    counts.remove('finding', finding.facet as string | null)
    await database.execute('UPDATE findings SET facet = ? WHERE id = ?', [counts.add(facet), finding.id])
  }
}

/** Whether its facet changed. */
async function relateItself(
  database: Database,
  counts: FacetCounts,
  { id, flow, facet: known }: { id: string; flow: FlowRecord; facet: string | null },
): Promise<boolean> {
  const carried = await database.query('SELECT DISTINCT identifier FROM findings WHERE flow = ?', [id])
  const facet = flowFacet(
    flow,
    carried.map((row) => row.identifier as string),
  )
  if (facetId(facet) === known) return false
  counts.remove('flow', known)
  await database.execute('UPDATE flows SET facet = ? WHERE id = ?', [counts.add(facet), id])
  return true
}
