import type { Database } from './database.ts'

/** What a row takes beside its record: its columns, and its entries in three indexes. */
const rowBytes = 600
/** Newest rows of which the mean length is taken. */
const sampled = 100

const tables = [
  ['flow', 'flows', 'end_ms', 'record'],
  ['finding', 'findings', 'last_ms', 'record'],
  ['incident', 'incidents', 'last_ms', 'record'],
  ['coverage', 'coverage', 'at_ms', 'record'],
  ['audit', 'audit', 'at_ms', 'record'],
] as const

/**
 * About how many bytes hold data, of how many records there are and how long the newest are: for a database that does not say
 * what of its files is in use. It follows at once what a transaction adds and removes.
 */
export async function estimateUsedBytes(database: Database): Promise<number> {
  const counts = await database.query('SELECT kind, records FROM facet_kinds')
  const records = new Map(counts.map((row) => [row.kind, row.records as number]))
  let bytes = await evidenceBytes(database)
  for (const [kind, table, time, text] of tables) {
    const count = records.get(kind) ?? 0
    if (count > 0) bytes += count * (rowBytes + (await meanLength(database, { table, time, text })))
  }
  return Math.round(bytes)
}

/** Entries are never removed, and numbered without gaps. */
async function evidenceBytes(database: Database): Promise<number> {
  const [row] = await database.query('SELECT COALESCE(MAX(number) + 1, 0) AS entries FROM evidence_entries')
  const entries = row.entries as number
  if (entries === 0) return 0
  const table = { table: 'evidence_entries', time: 'number', text: 'sealed' }
  return entries * (rowBytes + (await meanLength(database, table)))
}

async function meanLength(
  database: Database,
  { table, time, text }: { table: string; time: string; text: string },
): Promise<number> {
  const [row] = await database.query(
    `SELECT COALESCE(SUM(LENGTH(${text})), 0) AS total, COUNT(*) AS rows FROM
       (SELECT ${text} FROM ${table} ORDER BY ${time} DESC LIMIT ?) AS newest`,
    [sampled],
  )
  return (row.total as number) / Math.max(1, row.rows as number)
}
