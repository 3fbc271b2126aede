import { parseDuration } from '../../lib/quantity.ts'

/** A time, in ms since 1970. */
export interface Period {
  since: number
  until: number
}

/**
 * `30d` up to now, `2026`, `2026-Q4`, `2026-11`, `2026-11-21`, or `2026-11-01..2026-12-01`, of which the last day is not part. In UTC.
 *
 * @returns undefined where it is none
 */
export function parsePeriod(text: string, now: number): Period | undefined {
  const back = parseDuration(text)
  if (back !== null && back > 0) return { since: now - back, until: now }
  const [first, last, ...rest] = text.split('..')
  const from = spanOf(first)
  if (last === undefined || rest.length > 0) return rest.length > 0 ? undefined : from
  const to = spanOf(last)
  if (from === undefined || to === undefined || from.since >= to.since) return undefined
  return { since: from.since, until: to.since }
}

/** A year, a quarter, a month or a day. */
function spanOf(text: string): Period | undefined {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?$/.exec(text)
  if (match === null) return undefined
  const [, year, quarter, month, day] = match
  const y = Number(year)
  if (quarter !== undefined) return months(y, (Number(quarter) - 1) * 3, 3)
  if (month === undefined) return months(y, 0, 12)
  if (Number(month) < 1 || Number(month) > 12) return undefined
  if (day === undefined) return months(y, Number(month) - 1, 1)
  const since = Date.UTC(y, Number(month) - 1, Number(day))
  const isReal = new Date(since).getUTCDate() === Number(day)
  return isReal ? { since, until: since + 24 * 3_600_000 } : undefined
}

function months(year: number, first: number, count: number): Period {
  return { since: Date.UTC(year, first, 1), until: Date.UTC(year, first + count, 1) }
}
