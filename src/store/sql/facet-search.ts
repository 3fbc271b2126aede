import { storeLimits } from '../limits.ts'
import type { FacetKind } from '../search/facet.ts'
import { Conditions } from './conditions.ts'
import type { Database, SqlValue } from './database.ts'
import type { FacetQuery, FacetTerm } from './facet-conditions.ts'

/**
 * Facets that are asked for: the first of those for which one term holds, and of them those for which all others do. Never more
 * than `storeLimits.countedFacets` are looked at, and one that shows that there are more.
 */
export interface FacetFilter {
  kind: FacetKind
  /** The term that the fewest facets have, through its index. */
  first: FacetTerm
  others: readonly FacetTerm[]
  /** Whether the first term holds for more facets than are looked at, so that they cannot be collected. */
  isBroad: boolean
}

/** Null where a term holds for none. */
export async function facetFilter(
  database: Database,
  { kind, terms }: FacetQuery,
): Promise<FacetFilter | null> {
  const spreads: { term: FacetTerm; spread: number }[] = []
  for (const term of terms) {
    const spread = await spreadOf(database, kind, term)
    if (spread === 0) return null
    spreads.push({ term, spread })
  }
  const [{ term: first, spread }, ...others] = spreads.toSorted((a, b) => a.spread - b.spread)
  return {
    ...{ kind, first, others: others.map(({ term }) => term) },
    isBroad: spread > storeLimits.countedFacets,
  }
}

/** For how many facets a term holds; one more than the most that is counted where they are more. */
async function spreadOf(database: Database, kind: FacetKind, term: FacetTerm): Promise<number> {
  const { text, parameters } = found(kind, term, '1')
  const [row] = await database.query(`SELECT COUNT(*) AS spread FROM (${text}) AS found`, parameters)
  return row.spread as number
}

/** A query of columns of the facets that are asked for. */
export function facetsMeant(
  { kind, first, others }: FacetFilter,
  columns: string,
): { text: string; parameters: SqlValue[] } {
  const { text, parameters } =
    first.word === undefined ? found(kind, first, '*') : foundByWord(kind, first, first.word)
  const conditions = allHold(others)
  return {
    text: `SELECT ${columns} FROM (${text}) AS facets ${conditions.where}`,
    parameters: [...parameters, ...conditions.parameters],
  }
}

/** What a row of `facets` has to be so that it is asked for, whatever finds it. */
export function isMeant({ first, others }: FacetFilter): Conditions {
  return allHold([first, ...others])
}

function allHold(terms: readonly FacetTerm[]): Conditions {
  const conditions = new Conditions()
  for (const { holds, parameters } of terms) conditions.and(holds, ...parameters)
  return conditions
}

/** The limit is a fence as well: what stands outside of it is judged of the rows within, and through no other index. */
function found(kind: FacetKind, { holds, parameters, word }: FacetTerm, columns: string) {
  const most = storeLimits.countedFacets + 1
  if (word !== undefined)
    return {
      text: `SELECT facet FROM facet_words WHERE ${word} LIMIT ?`,
      parameters: [...parameters, most],
    }
  return {
    text: `SELECT ${columns} FROM facets WHERE kind = ? AND ${holds} LIMIT ?`,
    parameters: [kind, ...parameters, most],
  }
}

/**
 * Words are of facets of all kinds, and some of a word's are of one facet. The cross join has SQLite begin with the words: it would
 * rather go through all facets of the kind.
 */
function foundByWord(kind: FacetKind, { parameters }: FacetTerm, word: string) {
  const most = storeLimits.countedFacets + 1
  return {
    text: `SELECT facets.* FROM
      (SELECT DISTINCT facet FROM (SELECT facet FROM facet_words WHERE ${word} LIMIT ?) AS words) AS worded
      CROSS JOIN facets WHERE facets.id = worded.facet AND facets.kind = ? LIMIT ?`,
    parameters: [...parameters, most, kind, most],
  }
}
