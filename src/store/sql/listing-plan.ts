import { storeLimits } from '../limits.ts'
import type { Total } from '../paging.ts'
import type { FacetKind } from '../search/facet.ts'
import type { Database } from './database.ts'
import { type FacetFilter, facetFilter, facetsMeant } from './facet-search.ts'
import type { Listed } from './selection.ts'

/**
 * How a listing is read. Where few records have what is asked for, they are collected by their facets and sorted; where many
 * have it, going through all records by time comes upon enough of them soon: of n records and pages of p items, spread evenly,
 * the better of both looks at no more than about the square root of n times p.
 */
export type Plan =
  | { way: 'nothing' }
  | { way: 'by-time' }
  /** Conditions on the table itself leave so few rows that each is looked at. */
  | { way: 'narrow'; filter: FacetFilter | null }
  /** `matching`: how many records have the facets, at whatever time. */
  | { way: 'collect'; filter: FacetFilter; matching: Total }
  | { way: 'scan'; matching: Total; scan: Scan }

export interface Scan {
  filter: FacetFilter
  /** Rows that the first statement looks at: those among which a page is to be expected. */
  window: number
  /** Whether to look at the facet of each row, because those that are asked for are more than the rows. */
  each: boolean
}

/** @param limit items of a page */
export async function planOf(database: Database, { facets, narrow }: Listed, limit: number): Promise<Plan> {
  const isNarrow = narrow !== undefined && !narrow.empty
  if (facets === null || facets.terms.length === 0) {
    return isNarrow ? { way: 'narrow', filter: null } : { way: 'by-time' }
  }
  const filter = await facetFilter(database, facets)
  if (filter === null) return { way: 'nothing' }
  if (isNarrow) return { way: 'narrow', filter }
  const { matching, found } = await countMatching(database, filter)
  if (matching.exact && matching.count === 0) return { way: 'nothing' }
  if (matching.exact && matching.count <= storeLimits.collectedRows)
    return { way: 'collect', filter, matching }
  const apart = (await countKind(database, facets.kind)) / Math.max(1, matching.count)
  const window = windowFor(limit * apart)
  const each = !matching.exact || found > window
  const most = each ? storeLimits.scanEachRows : window
  return { way: 'scan', matching, scan: { filter, window: Math.min(window, most), each } }
}

/** How many records of a kind there are. */
export async function countKind(database: Database, kind: FacetKind): Promise<number> {
  const [row] = await database.query('SELECT records FROM facet_kinds WHERE kind = ?', [kind])
  return (row?.records as number | undefined) ?? 0
}

/** A third more than expected, for they do not stand in a row like soldiers. */
function windowFor(expectedRows: number): number {
  const { scanWindowRows: least, scanWindowRowsMost: most } = storeLimits
  return Math.min(most, Math.max(least, Math.ceil(expectedRows * 1.3)))
}

/** Adds up the facets; where they are too many, those that are looked at. */
async function countMatching(
  database: Database,
  filter: FacetFilter,
): Promise<{ matching: Total; found: number }> {
  const { text, parameters } = facetsMeant(filter, 'records')
  const [row] = await database.query(
    `SELECT COUNT(*) AS found, CAST(COALESCE(SUM(records), 0) AS bigint) AS records FROM (${text}) AS matching`,
    parameters,
  )
  return {
    matching: { count: row.records as number, exact: !filter.isBroad },
    found: row.found as number,
  }
}
