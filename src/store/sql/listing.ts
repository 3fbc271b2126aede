import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Page, PageQuery, Position } from '../paging.ts'
import type { Database, Row } from './database.ts'
import { planOf, type Plan, type Scan } from './listing-plan.ts'
import { totalOf } from './listing-total.ts'
import { ScanPace } from './scan-pace.ts'
import {
  type Bounds,
  type Listed,
  newestOfFacets,
  rowsByTime,
  rowsCollected,
  rowsNarrowed,
  rowsScanned,
  type Selection,
} from './selection.ts'
import { windowEnd } from './window-end.ts'

export interface Listing<Item> extends Listed {
  /** What is selected of a row `r` and its joins. */
  select: string
  joins?: string
  item: (row: Row) => Item
}

type Query = PageQuery & Bounds

interface Rows {
  rows: Row[]
  next: Position | null
}

/** One page: full, or at its end, or (`next` and too few items) as far as its budget of time goes. */
export async function readPage<Item>(
  database: Database,
  listing: Listing<Item>,
  query: Query,
): Promise<Page<Item>> {
  const limit = Math.min(query.limit, storeLimits.pageItems)
  const until = performance.now() + storeLimits.scanMs
  const plan = await planOf(database, listing, limit)
  const { rows, next } = await readRows(database, listing, plan, { ...query, limit, stopAt: until })
  const page = { items: rows.map(listing.item), next }
  if (query.total !== true) return page
  const bounds = { since: query.since, until: query.until }
  return { ...page, total: await totalOf(database, listing, plan, bounds, until + storeLimits.countMs) }
}

interface TimedQuery extends Query {
  /** On the clock of `performance.now`. */
  stopAt: number
}

async function readRows(
  database: Database,
  listing: Listing<unknown>,
  plan: Plan,
  query: TimedQuery,
): Promise<Rows> {
  if (plan.way === 'nothing') return { rows: [], next: null }
  if (plan.way === 'scan') return readByScan(database, listing, plan.scan, query)
  const selection = selected(listing, plan, query)
  return cut(await readSelected(database, listing, selection, query.limit + 1), query.limit)
}

function selected(
  listing: Listed,
  plan: Exclude<Plan, { way: 'nothing' | 'scan' }>,
  bounds: Bounds,
): Selection {
  if (plan.way === 'by-time') return rowsByTime(listing, bounds)
  if (plan.way === 'narrow') return rowsNarrowed(listing, plan.filter, bounds)
  return rowsCollected(listing, plan.filter, bounds)
}

/** Goes through the rows by time, a window at a time; where one has nothing, from the next that is asked for on. */
async function readByScan(
  database: Database,
  listing: Listing<unknown>,
  scan: Scan,
  { stopAt, ...query }: TimedQuery,
): Promise<Rows> {
  const rows: Row[] = []
  let { after } = query
  for (const pace = new ScanPace(scan.window, stopAt); ;) {
    const window = { ...query, after, size: pace.size }
    const selection = rowsScanned(listing, scan, window)
    const found = await readSelected(database, listing, selection, query.limit + 1 - rows.length)
    rows.push(...found)
    if (rows.length > query.limit) return cut(rows, query.limit)
    let end = await windowEnd(database, listing, window)
    if (end === null) return { rows, next: null }
    if (found.length === 0 && !scan.filter.isBroad) {
      end = await beforeNewest(database, listing, scan, { ...query, after: end })
      if (end === null) return { rows, next: null }
      // What it led to is looked at, whatever the time: the page is not empty then.
      pace.restart()
    } else if (!pace.next()) return { rows, next: end }
    after = end
    await setImmediate()
  }
}

/** The place right before the newest row that has the facets; null where there is none. */
async function beforeNewest(
  database: Database,
  listing: Listed,
  { filter }: Scan,
  bounds: Bounds & { after: Position },
): Promise<Position | null> {
  const { text, parameters } = newestOfFacets(listing, filter, bounds)
  const [row] = await database.query(text, parameters)
  const newest = row.newest as number | null
  if (newest === null) return null
  return newest < bounds.after.at ? { at: newest + 1, id: '' } : bounds.after
}

/** The records of the first rows of a selection. */
function readSelected(
  database: Database,
  { table, select, joins = '' }: Listing<unknown>,
  { text, parameters }: Selection,
  limit: number,
): Promise<Row[]> {
  return database.query(
    `SELECT ${select}, w.listed_at AS listed_at, w.id AS listed_id
     FROM (${text} LIMIT ?) AS w JOIN ${table} AS r ON r.id = w.id ${joins}
     ORDER BY w.listed_at DESC, w.id DESC`,
    [...parameters, limit],
  )
}

/** A page of at most `limit` rows, which goes on after its last where there are more. */
function cut(rows: Row[], limit: number): Rows {
  if (rows.length <= limit) return { rows, next: null }
  const { listed_at: at, listed_id: id } = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: { at: at as number, id: id as string } }
}
