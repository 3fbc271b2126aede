/** Microseconds since 1970-01-01T00:00Z, as captures and the kernel give them. Exact in a double until the year 2255. */
export type Microseconds = number

/** RFC 3339 in UTC with milliseconds, the form of every time in a record: `2026-11-20T09:30:00.123Z`. */
export function formatTime(time: Microseconds): string {
  const ms = Math.floor(time / 1000)
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15
    ? new Date(ms).toISOString()
    : new Date(0).toISOString()
}
