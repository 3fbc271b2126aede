/** Microseconds since 1970-01-01T00:00Z, as captures and the kernel give them. Exact in a double until the year 2255. */
export type Microseconds = number

/** What RFC 3339 can say: the years 0000 to 9999. Clocks of captures may say anything. */
const EARLIEST_MS = Date.UTC(-1, 12)
const LATEST_MS = Date.UTC(10_000, 0) - 1

/**
 * RFC 3339 in UTC with milliseconds, the form of every time in a record: `2026-11-20T09:30:00.123Z`. What lies outside
 * of its years is the nearest time within them, and what is no number 1970.
 */
export function formatTime(time: Microseconds): string {
  const ms = Number.isNaN(time) ? 0 : Math.floor(time / 1000)
  return new Date(Math.min(LATEST_MS, Math.max(EARLIEST_MS, ms))).toISOString()
}
