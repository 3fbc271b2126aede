import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Page, PageQuery, Position } from '../paging.ts'
import type { Database, Row } from './database.ts'
import { planOf, type Plan, type Scan } from './listing-plan.ts'
import { totalOf } from './listing-total.ts'
import {
  type Bounds,
  type Listed,
  rowsByTime,
  rowsCollected,
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
  const plan = await planOf(database, listing, limit)
  const { rows, next } = await readRows(database, listing, plan, { ...query, limit })
  const page = { items: rows.map(listing.item), next }
  if (query.total !== true) return page
  return { ...page, total: await totalOf(database, listing, plan, query) }
}

async function readRows(
  database: Database,
  listing: Listing<unknown>,
  plan: Plan,
  query: Query,
): Promise<Rows> {
  if (plan.way === 'nothing') return { rows: [], next: null }
  if (plan.way === 'scan') return readByScan(database, listing, plan.scan, query)
  const selection =
    plan.way === 'collect' ? rowsCollected(listing, plan.filter, query) : rowsByTime(listing, query)
  return cut(await readSelected(database, listing, selection, query.limit + 1), query.limit)
}

/** Goes through the rows by time, a window at a time, each twice as large as the one before. */
async function readByScan(
  database: Database,
  listing: Listing<unknown>,
  scan: Scan,
  query: Query,
): Promise<Rows> {
  const started = performance.now()
  const rows: Row[] = []
  let { after } = query
  for (let size = scan.window; ;) {
    const window = { ...query, after, size }
    const selection = rowsScanned(listing, scan, window)
    rows.push(...(await readSelected(database, listing, selection, query.limit + 1 - rows.length)))
    if (rows.length > query.limit) return cut(rows, query.limit)
    const end = await windowEnd(database, listing, window)
    if (end === null || performance.now() - started > storeLimits.scanMs) return { rows, next: end }
    after = end
    size = Math.min(size * 2, storeLimits.scanWindowRowsMost)
    await setImmediate()
  }
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
