import { storeLimits } from '../limits.ts'
import type { Total } from '../paging.ts'
import type { FacetKind } from '../search/facet.ts'
import { Conditions } from './conditions.ts'
import type { Database } from './database.ts'
import type { FacetQuery, WordRange } from './facet-conditions.ts'
import { type FacetFilter, facetsMeant, type Listed } from './selection.ts'

/**
 * How a listing is read. Where few records have what is asked for, they are collected by their facets and sorted; where many
 * have it, going through all records by time comes upon enough of them soon: of n records and pages of p items, spread evenly,
 * the better of both looks at no more than about the square root of n times p.
 */
export type Plan =
  | { way: 'nothing' }
  | { way: 'by-time' }
  | { way: 'collect'; filter: FacetFilter | null; matching: Total | null }
  /** `matching`: how many records have the facets, at whatever time. */
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
  if (facets === null || (facets.values.empty && facets.words.length === 0)) {
    return isNarrow ? { way: 'collect', filter: null, matching: null } : { way: 'by-time' }
  }
  const filter = await facetFilter(database, facets)
  if (filter === null) return { way: 'nothing' }
  if (isNarrow) return { way: 'collect', filter, matching: null }
  const { matching, found } = await countMatching(database, filter)
  if (matching.exact && matching.count <= storeLimits.collectedRows) {
    return matching.count === 0 ? { way: 'nothing' } : { way: 'collect', filter, matching }
  }
  const apart = (await countKind(database, facets.kind)) / Math.max(1, matching.count)
  const window = windowFor(limit * apart)
  return { way: 'scan', matching, scan: { filter, window, each: !matching.exact || found > window } }
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

/** Null where a word is nowhere. */
async function facetFilter(database: Database, query: FacetQuery): Promise<FacetFilter | null> {
  const candidates = new Conditions().and('kind = ?', query.kind).all(query.values)
  const broad: WordRange[] = []
  for (const word of query.words) {
    const spread = await spreadOf(database, word)
    if (spread === 0) return null
    if (spread > storeLimits.countedFacets) broad.push(word)
    else
      candidates.and('id IN (SELECT facet FROM facet_words WHERE word >= ? AND word < ?)', word.from, word.to)
  }
  return { candidates, broad }
}

/** How often such words are there; one more than the most that is counted where they are more. */
async function spreadOf(database: Database, { from, to }: WordRange): Promise<number> {
  const [row] = await database.query(
    'SELECT COUNT(*) AS spread FROM (SELECT 1 FROM facet_words WHERE word >= ? AND word < ? LIMIT ?) AS words',
    [from, to, storeLimits.countedFacets + 1],
  )
  return row.spread as number
}

/** Adds up the facets; where they are too many, those that it came upon. */
async function countMatching(
  database: Database,
  filter: FacetFilter,
): Promise<{ matching: Total; found: number }> {
  const { countedFacets, candidateFacets } = storeLimits
  const { candidates, broad } = filter
  const meant = facetsMeant({ candidates: new Conditions(), broad })
  const [row] = await database.query(
    `SELECT COUNT(*) AS found, CAST(COALESCE(SUM(records), 0) AS bigint) AS records FROM
       (SELECT records FROM
         (SELECT id, records FROM facets ${candidates.where} LIMIT ?) AS facets ${meant.where} LIMIT ?) AS matching`,
    [...candidates.parameters, candidateFacets, ...meant.parameters, countedFacets + 1],
  )
  const found = row.found as number
  const exact = found <= countedFacets && (await areAtMost(database, candidates, broad.length > 0))
  return { matching: { count: row.records as number, exact }, found }
}

/** Whether all candidates were looked at; without broad words that is so wherever not too many were found. */
async function areAtMost(database: Database, candidates: Conditions, hasBroad: boolean): Promise<boolean> {
  if (!hasBroad) return true
  const [row] = await database.query(
    `SELECT COUNT(*) AS candidates FROM (SELECT 1 FROM facets ${candidates.where} LIMIT ?) AS candidates`,
    [...candidates.parameters, storeLimits.candidateFacets + 1],
  )
  return (row.candidates as number) <= storeLimits.candidateFacets
}
