import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Summary, SummaryRange } from '../summary.ts'
import type { Database, Row, SqlValue } from './database.ts'
import { facetShares } from './facet-shares.ts'
import { planOf, type Plan } from './listing-plan.ts'
import { ScanPace } from './scan-pace.ts'
import {
  type Bounds,
  type Listed,
  rowsByTime,
  rowsCollected,
  rowsNarrowed,
  rowsScanned,
  type Selection,
} from './selection.ts'
import { windowEnd } from './window-end.ts'

/** What is added up while rows are gone through. */
interface Sums {
  buckets: number[]
  /** Rows by their facet. */
  facets: Map<string, number>
  /** How a row's time becomes its bucket. */
  begin: number
  bucketMs: number
}

/**
 * When there were how many of a listing, and of what: rows are gone through from the newest on, grouped by time and facet, as far as
 * the budget of time goes. What was not reached is said, and nothing of it is guessed.
 *
 * @param listed of a table with facets
 */
export async function summarize(
  database: Database,
  listed: Listed,
  { since, until, buckets }: SummaryRange,
): Promise<Summary> {
  const begin = Math.min(since ?? (await oldest(database, listed)) ?? until, until - 1)
  const bucketMs = Math.max(1, Math.ceil((until - begin) / buckets))
  const sums: Sums = { buckets: Array<number>(buckets).fill(0), facets: new Map(), begin, bucketMs }
  const plan = await planOf(database, listed, storeLimits.summaryWindowRows)
  const countedSince = await addUp(database, listed, plan, { sums, bounds: { since: begin, until } })
  const counted = sums.buckets.reduce((sum, count) => sum + count, 0)
  const shares = await facetShares(database, sums.facets)
  return { since: begin, until, bucketMs, buckets: sums.buckets, counted, countedSince, ...shares }
}

async function oldest(database: Database, { table, time }: Listed): Promise<number | null> {
  const [row] = await database.query(`SELECT MIN(${time}) AS oldest FROM ${table}`)
  return row.oldest as number | null
}

/** @returns how far back it came, in ms since 1970; null where that is all */
async function addUp(
  database: Database,
  listed: Listed,
  plan: Plan,
  { sums, bounds }: { sums: Sums; bounds: Bounds },
): Promise<number | null> {
  if (plan.way === 'nothing') return null
  if (plan.way === 'narrow' || plan.way === 'collect') {
    const selection =
      plan.way === 'narrow'
        ? rowsNarrowed(listed, plan.filter, bounds)
        : rowsCollected(listed, plan.filter, bounds)
    await addRows(database, selection, sums)
    return null
  }
  let after: Bounds['after']
  const first = plan.way === 'scan' ? plan.scan.window : storeLimits.summaryWindowRows
  const pace = new ScanPace(first, performance.now() + storeLimits.summaryMs)
  for (;;) {
    const window = { ...bounds, after, size: pace.size }
    const selection = plan.way === 'scan' ? rowsScanned(listed, plan.scan, window) : limited(listed, window)
    await addRows(database, selection, sums)
    const end = await windowEnd(database, listed, window)
    if (end === null) return null
    if (!pace.next()) return end.at
    after = end
    await setImmediate()
  }
}

function limited(listed: Listed, { size, ...bounds }: Bounds & { size: number }): Selection {
  const { text, parameters } = rowsByTime(listed, bounds)
  return { text: `${text} LIMIT ?`, parameters: [...parameters, size] }
}

/** Grouped in the database: a row for each facet and bucket crosses to here, and not one for each record. */
async function addRows(database: Database, { text, parameters }: Selection, sums: Sums): Promise<void> {
  const grouped: SqlValue[] = [sums.begin, sums.bucketMs, ...parameters]
  const rows = await database.query(
    `SELECT facet, CAST((listed_at - ?) / ? AS bigint) AS bucket, COUNT(*) AS records
     FROM (${text}) AS counted GROUP BY facet, bucket`,
    grouped,
  )
  for (const row of rows) addRow(row, sums)
}

function addRow({ facet, bucket, records }: Row, { buckets, facets }: Sums): void {
  buckets[bucket as number] += records as number
  // What was stored before there were facets is given them by a migration: none is null.
  const id = facet as string
  facets.set(id, (facets.get(id) ?? 0) + (records as number))
}
