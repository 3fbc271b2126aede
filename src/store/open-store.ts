import { isPostgresqlAddress } from './postgresql/address.ts'
import { SqliteStore } from './sqlite/sqlite-store.ts'
import { StoreError } from './store-error.ts'
import type { Store } from './store.ts'

/**
 * @param place address of a PostgreSQL database, whose library is loaded then, or path of an SQLite file
 * @throws StoreError where it cannot be opened or brought up to date
 */
export async function openStore(place: string): Promise<Store> {
  if (isPostgresqlAddress(place)) {
    const { PostgresqlStore } = await import('./postgresql/postgresql-store.ts')
    return PostgresqlStore.connect(place)
  }
  // Of an address nothing is repeated: there may be a password in it.
  if (place.includes('://')) {
    throw new StoreError(
      'STORE_UNAVAILABLE',
      'The address of the store is of no database that Pavise knows.',
      {
        nextStep:
          'Name a PostgreSQL database, postgres://user@host:5432/database, or leave --store out for a file.',
      },
    )
  }
  return SqliteStore.open(place)
}
