export type SqlValue = string | number | null
export type Row = Record<string, SqlValue>

/**
 * A database that speaks the SQL that SQLite and PostgreSQL have in common: `?` for parameters, times as bigint
 * milliseconds, booleans as smallint, JSON as text, upsert, row values, and nothing else.
 */
export interface Database {
  /** All rows of a query; whole numbers within 2^53. */
  query(text: string, parameters?: readonly SqlValue[]): Promise<Row[]>
  /** Number of rows changed. */
  execute(text: string, parameters?: readonly SqlValue[]): Promise<number>
  /** Durable when it resolves, undone when `work` rejects. Inside, only the database it is given may be used. */
  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result>
  /** Bytes that hold data. */
  usedBytes(): Promise<number>
  /** Gives freed space back, a step at a time. */
  reclaim(): Promise<void>
  close(): Promise<void>
}
