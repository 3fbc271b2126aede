import { AppendQueue } from '../append-queue.ts'
import { migrate } from '../migrations/migrate.ts'
import { SqlStore } from '../sql/sql-store.ts'
import type { Appended, Batch, Store } from '../store.ts'
import { PostgresqlDatabase } from './postgresql-database.ts'

/**
 * The store in a PostgreSQL database. While that cannot be reached whatever is asked is refused with `STORE_UNAVAILABLE`, and
 * it goes on as soon as it can: it never fails for good.
 */
export class PostgresqlStore extends SqlStore implements Store {
  readonly failed = new Promise<Error>(() => undefined)
  readonly #queue = new AppendQueue((batches, now) => this.appendAll(batches, now))

  /**
   * @param address `postgres://user@host:port/database`
   * @throws StoreError where it cannot be reached, is used by another Pavise, or cannot be brought up to date
   */
  static async connect(address: string): Promise<PostgresqlStore> {
    const database = new PostgresqlDatabase(address)
    try {
      await migrate(database, Date.now())
    } catch (error) {
      await database.close()
      throw error
    }
    return new PostgresqlStore(database)
  }

  append(batch: Batch): Promise<Appended> {
    return this.#queue.append(batch)
  }

  override async close(): Promise<void> {
    await this.#queue.close()
    await super.close()
  }
}
