import type { Position, TimeWindow } from '../paging.ts'
import { Conditions } from './conditions.ts'
import type { SqlValue } from './database.ts'
import { type FacetQuery, someRow } from './facet-conditions.ts'
import { type FacetFilter, facetsMeant, isMeant } from './facet-search.ts'

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
 * Rows by their narrow conditions, sorted. The plus makes of the column an expression, which no index serves: a database that went
 * through the index by time would look at all rows for these few.
 */
export function rowsNarrowed(listed: Listed, filter: FacetFilter | null, bounds: Bounds): Selection {
  const { table, time, narrow } = listed
  const conditions = within(bounds, `+${time}`).all(narrow)
  if (filter !== null) conditions.all(hasFacet(filter, table))
  return {
    text: `SELECT ${columnsOf(listed)} FROM ${table} ${conditions.where} ORDER BY +${time} DESC, id DESC`,
    parameters: conditions.parameters,
  }
}

/** Rows by their facets, sorted: those of each facet through its index, as far as they are within the bounds. */
export function rowsCollected(listed: Listed, filter: FacetFilter, bounds: Bounds): Selection {
  const { time } = listed
  const { text, parameters } = rowsOfFacets(listed, filter, bounds)
  return {
    text: `SELECT r.id AS id, r.${time} AS listed_at, r.facet AS facet ${text} ORDER BY +r.${time} DESC, r.id DESC`,
    parameters,
  }
}

/** The same in no order, as `FROM … WHERE …` with the row as `r`. The cross join has SQLite begin with the facets. */
export function rowsOfFacets({ table, time }: Listed, filter: FacetFilter, bounds: Bounds): Selection {
  const meant = facetsMeant(filter, 'id')
  const conditions = new Conditions().and('r.facet = meant.id').all(within(bounds, `r.${time}`, 'r.id'))
  return {
    text: `FROM (${meant.text}) AS meant CROSS JOIN ${table} AS r ${conditions.where}`,
    parameters: [...meant.parameters, ...conditions.parameters],
  }
}

/** When the newest of the rows that have the facets was, as a column `newest`: one look into an index for each facet. */
export function newestOfFacets({ table, time }: Listed, filter: FacetFilter, bounds: Bounds): Selection {
  const meant = facetsMeant(filter, 'id')
  const conditions = new Conditions().and('facet = meant.id').all(within(bounds, time))
  return {
    text: `SELECT MAX(newest) AS newest FROM
      (SELECT (SELECT MAX(${time}) FROM ${table} ${conditions.where}) AS newest FROM (${meant.text}) AS meant) AS each_newest`,
    parameters: [...conditions.parameters, ...meant.parameters],
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
  const conditions = each ? hasFacet(filter, 'looked_at') : isOfFacets(filter)
  return {
    text: `SELECT id, listed_at, facet FROM (${window.text} LIMIT ?) AS looked_at ${conditions.where}
      ORDER BY listed_at DESC, id DESC`,
    parameters: [...window.parameters, size, ...conditions.parameters],
  }
}

function columnsOf({ time, facets }: Listed): string {
  return `id, ${time} AS listed_at${facets === null ? '' : ', facet'}`
}

function isOfFacets(filter: FacetFilter): Conditions {
  const { text, parameters } = facetsMeant(filter, 'id')
  return new Conditions().and(`facet IN (${text})`, ...parameters)
}

function hasFacet(filter: FacetFilter, table: string): Conditions {
  const facet = new Conditions().and(`id = ${table}.facet`).all(isMeant(filter))
  return new Conditions().and(someRow(`SELECT 1 FROM facets ${facet.where}`), ...facet.parameters)
}

/** Of the two upper bounds the lower one only: an index takes one, and would go through all between them. */
function within({ since, until, after }: Bounds, time: string, id = 'id'): Conditions {
  const conditions = new Conditions().with(`${time} >= ?`, since)
  if (after === undefined || (until !== undefined && until <= after.at)) {
    return conditions.with(`${time} < ?`, until)
  }
  return conditions.and(`(${time}, ${id}) < (?, ?)`, after.at, after.id)
}
