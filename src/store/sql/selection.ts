import type { Position, TimeWindow } from '../paging.ts'
import { Conditions } from './conditions.ts'
import type { SqlValue } from './database.ts'
import type { FacetQuery, WordRange } from './facet-conditions.ts'

/** What is listed: rows of a table, by time, that have some facets. */
export interface Listed {
  table: string
  /** Column that orders it; with `id` it is the key of an index. */
  time: string
  /** Which facets are asked for; null where the table has none. */
  facets: FacetQuery | null
  /** Conditions on the table itself, that leave so few rows that they can be collected and sorted. */
  narrow?: Conditions
}

export interface Bounds extends TimeWindow {
  after?: Position | undefined
}

/** A query with its parameters, of rows with `id`, `listed_at` and, where the table has it, `facet`, newest first. */
export interface Selection {
  text: string
  parameters: SqlValue[]
}

/** How facets are found: `candidates` through indexes, of which those are meant that have the `broad` words as well. */
export interface FacetFilter {
  candidates: Conditions
  broad: readonly WordRange[]
}

/** All rows, through the index by time, which holds their facets as well. */
export function rowsByTime(listed: Listed, bounds: Bounds): Selection {
  const { table, time } = listed
  const conditions = within(bounds, time)
  return {
    text: `SELECT ${columnsOf(listed)} FROM ${table} ${conditions.where} ORDER BY ${time} DESC, id DESC`,
    parameters: conditions.parameters,
  }
}

/**
 * Rows by their facets and narrow conditions, sorted. The plus makes of the column an expression, which no index serves: a
 * database that went through the index by time would look at all rows for these few.
 */
export function rowsCollected(listed: Listed, filter: FacetFilter | null, bounds: Bounds): Selection {
  const { table, time, narrow } = listed
  const conditions = within(bounds, `+${time}`).all(narrow)
  if (filter !== null) withFacets(conditions, filter)
  return {
    text: `SELECT ${columnsOf(listed)} FROM ${table} ${conditions.where} ORDER BY +${time} DESC, id DESC`,
    parameters: conditions.parameters,
  }
}

/**
 * Of the next `size` rows by time, those that have the facets.
 *
 * @param each where so many facets are asked for that each row's own is looked at, and not all of them collected
 */
export function rowsScanned(
  listed: Listed,
  { filter, each }: { filter: FacetFilter; each: boolean },
  { size, ...bounds }: Bounds & { size: number },
): Selection {
  const window = rowsByTime(listed, bounds)
  const conditions = each ? hasFacet(filter) : withFacets(new Conditions(), filter)
  return {
    text: `SELECT id, listed_at, facet FROM (${window.text} LIMIT ?) AS looked_at ${conditions.where}
      ORDER BY listed_at DESC, id DESC`,
    parameters: [...window.parameters, size, ...conditions.parameters],
  }
}

function columnsOf({ time, facets }: Listed): string {
  return `id, ${time} AS listed_at${facets === null ? '' : ', facet'}`
}

/** Facets that have the broad words. */
export function facetsMeant({ candidates, broad }: FacetFilter): Conditions {
  const conditions = new Conditions().all(candidates)
  for (const { from, to } of broad) {
    conditions.and(
      'EXISTS (SELECT 1 FROM facet_words WHERE facet = facets.id AND word >= ? AND word < ?)',
      from,
      to,
    )
  }
  return conditions
}

function withFacets(conditions: Conditions, filter: FacetFilter): Conditions {
  const facets = facetsMeant(filter)
  return conditions.and(`facet IN (SELECT id FROM facets ${facets.where})`, ...facets.parameters)
}

function hasFacet(filter: FacetFilter): Conditions {
  const facets = new Conditions().and('id = looked_at.facet').all(facetsMeant(filter))
  return new Conditions().and(`EXISTS (SELECT 1 FROM facets ${facets.where})`, ...facets.parameters)
}

/** Of the two upper bounds the lower one only: an index takes one, and would go through all between them. */
function within({ since, until, after }: Bounds, time: string): Conditions {
  const conditions = new Conditions().with(`${time} >= ?`, since)
  if (after === undefined || (until !== undefined && until <= after.at)) {
    return conditions.with(`${time} < ?`, until)
  }
  return conditions.and(`(${time}, id) < (?, ?)`, after.at, after.id)
}
