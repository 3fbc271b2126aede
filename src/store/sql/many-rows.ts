import type { Database, Row, SqlValue } from './database.ts'

/** Rows of one statement: what a round trip costs is shared by so many. */
const most = 64

/**
 * Asks for many at once. Statements are of 64, 32, 16, … values, so that there are few different ones to be prepared.
 *
 * @param text the statement, given the marks of a list: `?, ?, ?`
 */
export async function queryMany(
  database: Database,
  text: (marks: string) => string,
  values: readonly SqlValue[],
): Promise<Row[]> {
  const rows: Row[] = []
  for (const part of parts(values)) rows.push(...(await database.query(text(marks(part.length)), part)))
  return rows
}

/** As `queryMany`, for a statement that changes something; how many rows it changed. */
export async function executeMany(
  database: Database,
  text: (marks: string) => string,
  values: readonly SqlValue[],
): Promise<number> {
  let changed = 0
  for (const part of parts(values)) changed += await database.execute(text(marks(part.length)), part)
  return changed
}

/** As `executeMany`, given the marks of rows: `(?, ?), (?, ?)`. No two of the rows may have the same key. */
export async function executeRows(
  database: Database,
  text: (rows: string) => string,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  for (const part of parts(rows)) await database.execute(text(rowMarks(part)), part.flat())
}

/** As `executeRows`, for a statement that gives rows. */
export async function queryRows(
  database: Database,
  text: (rows: string) => string,
  rows: readonly (readonly SqlValue[])[],
): Promise<Row[]> {
  const found: Row[] = []
  for (const part of parts(rows)) found.push(...(await database.query(text(rowMarks(part)), part.flat())))
  return found
}

function* parts<Value>(values: readonly Value[]): Generator<Value[]> {
  for (let from = 0, size = most; from < values.length;) {
    while (size > values.length - from) size /= 2
    yield values.slice(from, from + size)
    from += size
  }
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ')
}

function rowMarks(rows: readonly (readonly SqlValue[])[]): string {
  const row = `(${marks(rows[0].length)})`
  return rows.map(() => row).join(', ')
}
