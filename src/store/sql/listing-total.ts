import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Total } from '../paging.ts'
import type { Database } from './database.ts'
import { countKind, type Plan, type Scan } from './listing-plan.ts'
import {
  type Bounds,
  type Listed,
  rowsByTime,
  rowsCollected,
  rowsScanned,
  type Selection,
} from './selection.ts'
import { windowEnd } from './window-end.ts'

/**
 * How many there are in all: from the facets where no time is asked for, else counted, as far as its budget of rows and time
 * goes.
 *
 * @param bounds of time; where a page begins is of no matter
 */
export async function totalOf(
  database: Database,
  listed: Listed,
  plan: Plan,
  { since, until }: Bounds,
): Promise<Total> {
  if (plan.way === 'nothing') return { count: 0, exact: true }
  const bounds = { since, until }
  const isWhole = since === undefined && until === undefined
  if (plan.way === 'by-time') {
    if (isWhole && listed.facets !== null)
      return { count: await countKind(database, listed.facets.kind), exact: true }
    return countRows(database, rowsByTime(listed, bounds))
  }
  if (isWhole && plan.matching !== null) return plan.matching
  if (plan.way === 'collect') return countRows(database, rowsCollected(listed, plan.filter, bounds))
  return countScanned(database, listed, plan.scan, bounds)
}

async function countScanned(database: Database, listed: Listed, scan: Scan, bounds: Bounds): Promise<Total> {
  const started = performance.now()
  let count = 0
  let after: Bounds['after']
  for (let size = scan.window; ; size = Math.min(size * 2, storeLimits.scanWindowRowsMost)) {
    const window = { ...bounds, after, size }
    count += (await countRows(database, rowsScanned(listed, scan, window))).count
    if (count > storeLimits.countedRows) return { count: storeLimits.countedRows, exact: false }
    const end = await windowEnd(database, listed, window)
    if (end === null) return { count, exact: true }
    if (performance.now() - started > storeLimits.countMs) return { count, exact: false }
    after = end
    await setImmediate()
  }
}

async function countRows(database: Database, { text, parameters }: Selection): Promise<Total> {
  const most = storeLimits.countedRows
  const [row] = await database.query(`SELECT COUNT(*) AS found FROM (${text} LIMIT ?) AS counted`, [
    ...parameters,
    most + 1,
  ])
  const found = row.found as number
  return { count: Math.min(found, most), exact: found <= most }
}
