import type { CaseStore, StoredCase } from '../case-store.ts'
import { StoreError } from '../store-error.ts'
import type { Database, Row } from './database.ts'

/** Breach cases in portable SQL. */
export class SqlCases implements CaseStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async list(limit: number): Promise<StoredCase[]> {
    const rows = await this.#database.query(
      'SELECT id, version, opened_ms, record FROM cases ORDER BY opened_ms DESC, id DESC LIMIT ?',
      [limit],
    )
    return rows.map(caseOf)
  }

  async get(id: string): Promise<StoredCase | null> {
    const [row] = await this.#database.query(
      'SELECT id, version, opened_ms, record FROM cases WHERE id = ?',
      [id],
    )
    return row === undefined ? null : caseOf(row)
  }

  async count(prefix: string): Promise<number> {
    const [row] = await this.#database.query(
      'SELECT COUNT(*) AS count FROM cases WHERE SUBSTR(id, 1, ?) = ?',
      [prefix.length, prefix],
    )
    return row.count as number
  }

  async save({ id, version, openedAt, record }: StoredCase): Promise<void> {
    const changed =
      version === 1
        ? await this.#database.execute(
            'INSERT INTO cases (id, version, opened_ms, record) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
            [id, version, openedAt, record],
          )
        : await this.#database.execute(
            'UPDATE cases SET version = ?, record = ? WHERE id = ? AND version = ?',
            [...[version, record], ...[id, version - 1]],
          )
    if (changed === 0) throw new StoreError('STORE_CONFLICT', `Somebody else changed ${id} meanwhile.`)
  }
}

function caseOf(row: Row): StoredCase {
  return {
    id: row.id as string,
    version: row.version as number,
    openedAt: row.opened_ms as number,
    record: row.record as string,
  }
}
