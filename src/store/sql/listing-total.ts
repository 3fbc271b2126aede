import { setImmediate } from 'node:timers/promises'
import { storeLimits } from '../limits.ts'
import type { Total, TimeWindow } from '../paging.ts'
import type { Database } from './database.ts'
import type { FacetFilter } from './facet-search.ts'
import { countKind, type Plan, type Scan } from './listing-plan.ts'
import { ScanPace } from './scan-pace.ts'
import {
  type Bounds,
  type Listed,
  rowsByTime,
  rowsNarrowed,
  rowsOfFacets,
  rowsScanned,
  type Selection,
} from './selection.ts'
import { windowEnd } from './window-end.ts'

/**
 * How many there are in all: from the facets where no time is asked for, else counted, as far as its budget of rows and time
 * goes.
 *
 * @param bounds of time; where a page begins is of no matter
 * @param stopAt on the clock of `performance.now`
 */
export async function totalOf(
  database: Database,
  listed: Listed,
  plan: Plan,
  bounds: TimeWindow,
  stopAt: number,
): Promise<Total> {
  if (plan.way === 'nothing') return { count: 0, exact: true }
  const isWhole = bounds.since === undefined && bounds.until === undefined
  if (plan.way === 'by-time') {
    if (isWhole && listed.facets !== null)
      return { count: await countKind(database, listed.facets.kind), exact: true }
    return countRows(database, rowsByTime(listed, bounds))
  }
  if (plan.way === 'narrow') return countRows(database, rowsNarrowed(listed, plan.filter, bounds))
  if (isWhole) return plan.matching
  if (plan.way === 'scan' && plan.scan.filter.isBroad)
    return countScanned(database, listed, plan.scan, { ...bounds, stopAt })
  const filter = plan.way === 'scan' ? plan.scan.filter : plan.filter
  return countOfFacets(database, listed, filter, bounds)
}

/** Through the index by facet and time: of what has the facets, what is within the bounds, and nothing else. */
function countOfFacets(
  database: Database,
  listed: Listed,
  filter: FacetFilter,
  bounds: Bounds,
): Promise<Total> {
  const { text, parameters } = rowsOfFacets(listed, filter, bounds)
  return countRows(database, { text: `SELECT 1 AS one ${text}`, parameters })
}

async function countScanned(
  database: Database,
  listed: Listed,
  scan: Scan,
  { stopAt, ...bounds }: TimeWindow & { stopAt: number },
): Promise<Total> {
  let count = 0
  let after: Bounds['after']
  for (const pace = new ScanPace(storeLimits.scanEachRows, stopAt); ;) {
    const window = { ...bounds, after, size: pace.size }
    count += (await countRows(database, rowsScanned(listed, scan, window))).count
    if (count > storeLimits.countedRows) return { count: storeLimits.countedRows, exact: false }
    const end = await windowEnd(database, listed, window)
    if (end === null) return { count, exact: true }
    if (!pace.next()) return { count, exact: false }
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
