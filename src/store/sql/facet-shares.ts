import { storeLimits } from '../limits.ts'
import type { FacetShare, FacetShares } from '../summary.ts'
import { summarisedBy } from '../summary.ts'
import type { Database } from './database.ts'

/**
 * Of which values how many records are, the most first.
 *
 * @param counts records by their facet; of too many facets those with most are looked at
 */
export async function facetShares(
  database: Database,
  counts: ReadonlyMap<string, number>,
): Promise<FacetShares> {
  const { summaryFacets, summaryValues } = storeLimits
  const ordered = [...counts].toSorted(([, a], [, b]) => b - a)
  const ids = ordered.slice(0, summaryFacets).map(([id]) => id)
  if (ids.length === 0) return { facets: {}, isCut: false }
  const rows = await database.query(
    `SELECT id, ${summarisedBy.join(', ')} FROM facets WHERE id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  )
  const facets: FacetShares['facets'] = {}
  let isCut = ordered.length > ids.length
  for (const name of summarisedBy) {
    const values = new Map<string, number>()
    for (const row of rows) {
      const value = row[name]
      if (typeof value === 'string')
        values.set(value, (values.get(value) ?? 0) + (counts.get(row.id as string) ?? 0))
    }
    const shares = [...values].map(([value, count]): FacetShare => ({ value, count }))
    if (shares.length > 0) facets[name] = shares.toSorted((a, b) => b.count - a.count).slice(0, summaryValues)
    isCut ||= shares.length > summaryValues
  }
  return { facets, isCut }
}
