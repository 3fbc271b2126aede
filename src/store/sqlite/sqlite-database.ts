import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { storeLimits } from '../limits.ts'
import type { Database, Row, SqlValue } from '../sql/database.ts'
import { explainSqliteError } from './sqlite-error.ts'

/**
 * The file is made readable for its owner only, before SQLite opens it; the log and the index beside it take over
 * its mode. `synchronous=FULL` makes every commit wait for the disk: what is acknowledged survives a power cut, not
 * only a crash. `auto_vacuum` has to be set before the first table is made.
 */
const writing = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = ${storeLimits.walBytes};
`

/** Of each connection. */
const settings = `
  PRAGMA temp_store = MEMORY;
  PRAGMA trusted_schema = OFF;
  PRAGMA cache_size = -16384;
`

/** How long to wait for another process that reads the file while we write, in ms. */
const busyTimeoutMs = 5_000

/** SQLite through `node:sqlite`. Its calls block their thread, which is why `SqliteStore` gives it one of its own. */
export class SqliteDatabase implements Database {
  readonly #path: string
  readonly #connection: DatabaseSync
  /** Least recently used first. */
  readonly #statements = new Map<string, StatementSync>()

  /** @throws StoreError where the file cannot be opened, made or read as a database. */
  constructor(path: string, { isReadOnly = false } = {}) {
    this.#path = path
    try {
      if (!isReadOnly) closeSync(openSync(path, 'a', 0o600))
      this.#connection = new DatabaseSync(path, { timeout: busyTimeoutMs, readOnly: isReadOnly })
      if (!isReadOnly) this.#connection.exec(writing)
      this.#connection.exec(settings)
    } catch (error) {
      throw explainSqliteError(error, path)
    }
  }

  async query(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#explained(() => this.#prepare(text).all(...parameters) as Row[])
  }

  async execute(text: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.#explained(() => Number(this.#prepare(text).run(...parameters).changes))
  }

  async transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    this.#explained(() => this.#connection.exec('BEGIN IMMEDIATE'))
    try {
      const result = await work(this)
      this.#explained(() => this.#connection.exec('COMMIT'))
      return result
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
      throw error
    }
  }

  async usedBytes(): Promise<number> {
    const pragma = async (name: string) => (await this.query(`PRAGMA ${name}`))[0][name] as number
    return ((await pragma('page_count')) - (await pragma('freelist_count'))) * (await pragma('page_size'))
  }

  async reclaim(): Promise<void> {
    this.#explained(() => this.#connection.exec(`PRAGMA incremental_vacuum(${storeLimits.vacuumPages})`))
  }

  async close(): Promise<void> {
    this.#statements.clear()
    this.#explained(() => this.#connection.close())
  }

  #prepare(text: string): StatementSync {
    const known = this.#statements.get(text)
    this.#statements.delete(text)
    const statement = known ?? this.#connection.prepare(text)
    this.#statements.set(text, statement)
    if (this.#statements.size > storeLimits.statements) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest)
        break
      }
    }
    return statement
  }

  #explained<Result>(call: () => Result): Result {
    try {
      return call()
    } catch (error) {
      throw explainSqliteError(error, this.#path)
    }
  }
}
