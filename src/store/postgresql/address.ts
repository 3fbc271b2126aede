import { StoreError } from '../store-error.ts'

/** Whether a store is named by such an address. */
export function isPostgresqlAddress(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text)
}

/**
 * Where a database is, to be shown: without its password and whatever else may be secret.
 *
 * @throws StoreError `STORE_UNAVAILABLE` for what is no address; it does not repeat it
 */
export function placeOf(address: string): string {
  const url = URL.parse(address)
  if (url === null || !isPostgresqlAddress(address)) {
    throw new StoreError('STORE_UNAVAILABLE', 'The address of the store is not one that PostgreSQL has.', {
      nextStep:
        'Name it as postgres://user@host:5432/database; the password comes from PGPASSWORD or ~/.pgpass.',
    })
  }
  const { hostname, port, pathname, searchParams } = url
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname
  return `PostgreSQL at ${host}${port === '' ? '' : `:${port}`}${pathname}`
}
