/**
 * Statements of the portable SQL as PostgreSQL wants them: `$1` for `?`, and texts that are ordered byte by byte as in SQLite,
 * whatever the locale of the database: words are searched by ranges. Statements are ours, and hold no literal with a `?`.
 */
export function postgresqlText(text: string): string {
  let number = 0
  const numbered = text.replaceAll('?', () => `$${++number}`)
  return isDefinition(text) ? numbered.replaceAll(/\btext\b/g, 'text COLLATE "C"') : numbered
}

export function isDefinition(text: string): boolean {
  return /^\s*(CREATE|ALTER|DROP) /.test(text)
}
