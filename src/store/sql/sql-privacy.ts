import type { PrivacyRecordKind, PrivacyStore, StoredPrivacyRecord } from '../privacy-store.ts'
import type { Database } from './database.ts'

/** What the privacy officer's view keeps, in portable SQL. */
export class SqlPrivacy implements PrivacyStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async list(kind: PrivacyRecordKind, limit: number): Promise<StoredPrivacyRecord[]> {
    const rows = await this.#database.query(
      'SELECT id, at_ms, record FROM privacy_records WHERE kind = ? ORDER BY at_ms DESC, id LIMIT ?',
      [kind, limit],
    )
    return rows.map((row) => ({
      id: row.id as string,
      at: row.at_ms as number,
      record: row.record as string,
    }))
  }

  async save(kind: PrivacyRecordKind, records: readonly StoredPrivacyRecord[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      for (const { id, at, record } of records)
        await transaction.execute(
          `INSERT INTO privacy_records (kind, id, at_ms, record) VALUES (?, ?, ?, ?)
          ON CONFLICT (kind, id) DO UPDATE SET at_ms = excluded.at_ms, record = excluded.record`,
          [kind, id, at, record],
        )
    })
  }

  async remove(kind: PrivacyRecordKind, id: string): Promise<void> {
    await this.#database.execute('DELETE FROM privacy_records WHERE kind = ? AND id = ?', [kind, id])
  }

  async keepLatest(kind: PrivacyRecordKind, count: number): Promise<void> {
    await this.#database.execute(
      `DELETE FROM privacy_records WHERE kind = ? AND at_ms < (
        SELECT at_ms FROM privacy_records WHERE kind = ? ORDER BY at_ms DESC LIMIT 1 OFFSET ?)`,
      [kind, kind, count - 1],
    )
  }
}
