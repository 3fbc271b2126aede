import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Page, PageQuery, Position } from '../paging.ts'
import type { Conditions } from './conditions.ts'
import type { Database, Row } from './database.ts'

/**
 * A listing, newest first. What an index can find narrows the rows that are looked at; what it cannot is asked of
 * those, a window of them at a time, so that a statement costs a bounded time whatever is asked.
 */
export interface Listing<Item> {
  table: string
  /** Column that orders it; with `id` it is the key of an index. */
  time: string
  /** Columns that the windows hold, `id` and `time` among them. */
  columns: string
  /** What is selected of a window `w` and its joins. */
  select: string
  joins: string
  /** Conditions that an index over (…, time, id) serves; makes a new one for each window. */
  indexed: () => Conditions
  /** Conditions on `w` and the joined tables. */
  filter: Conditions
  item: (row: Row) => Item
}

/** One page: full, or at its end, or (`next` and too few items) as far as its budget of rows and time goes. */
export async function readPage<Item>(
  database: Database,
  listing: Listing<Item>,
  query: PageQuery,
): Promise<Page<Item>> {
  const limit = Math.min(query.limit, storeLimits.pageItems)
  const started = performance.now()
  const rows: Row[] = []
  let after = query.after
  for (let scanned = 0; ;) {
    const size = listing.filter.empty ? limit + 1 : storeLimits.scanWindowRows
    rows.push(...(await readWindow(database, listing, { after, size, limit: limit + 1 - rows.length })))
    if (rows.length > limit) return page(listing, rows.slice(0, limit), positionOf(rows[limit - 1]))
    const end = await windowEnd(database, listing, after, size)
    if (end === null) return page(listing, rows, null)
    after = end
    scanned += size
    const spent = performance.now() - started > storeLimits.scanMs || scanned >= storeLimits.scanRows
    if (spent) return page(listing, rows, end)
    await setImmediate()
  }
}

function page<Item>(listing: Listing<Item>, rows: Row[], next: Position | null): Page<Item> {
  return { items: rows.map(listing.item), next }
}

function positionOf(row: Row): Position {
  return { at: row.listed_at as number, id: row.listed_id as string }
}

function windowOf<Item>(listing: Listing<Item>, after: Position | undefined): Conditions {
  const conditions = listing.indexed()
  return after ? conditions.and(`(${listing.time}, id) < (?, ?)`, after.at, after.id) : conditions
}

function readWindow<Item>(
  database: Database,
  listing: Listing<Item>,
  bounds: { after: Position | undefined; size: number; limit: number },
): Promise<Row[]> {
  const inside = windowOf(listing, bounds.after)
  return database.query(
    `SELECT ${listing.select}, w.${listing.time} AS listed_at, w.id AS listed_id
     FROM (SELECT ${listing.columns} FROM ${listing.table} ${inside.where}
       ORDER BY ${listing.time} DESC, id DESC LIMIT ?) AS w ${listing.joins} ${listing.filter.where}
     ORDER BY w.${listing.time} DESC, w.id DESC LIMIT ?`,
    [...inside.parameters, bounds.size, ...listing.filter.parameters, bounds.limit],
  )
}

/** The last row of a full window; null where it was not full, so that nothing comes after. */
async function windowEnd<Item>(
  database: Database,
  listing: Listing<Item>,
  after: Position | undefined,
  size: number,
): Promise<Position | null> {
  const inside = windowOf(listing, after)
  const rows = await database.query(
    `SELECT ${listing.time} AS listed_at, id AS listed_id FROM ${listing.table} ${inside.where}
     ORDER BY ${listing.time} DESC, id DESC LIMIT 1 OFFSET ?`,
    [...inside.parameters, size - 1],
  )
  return rows.length === 0 ? null : positionOf(rows[0])
}
