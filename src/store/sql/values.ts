/** Text for a column: PostgreSQL takes no NUL in text (JSON text escapes it by itself). */
export function column(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

/** Milliseconds since 1970 of an RFC 3339 time; 0 for one that is none, so that it is the first to be pruned. */
export function milliseconds(time: string): number {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? 0 : parsed
}
