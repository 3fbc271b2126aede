import { PaviseError } from '../lib/errors.ts'

export type StoreErrorCode =
  /** The file is not a database, or is damaged. */
  | 'STORE_CORRUPT'
  /** A newer Pavise has written it. */
  | 'STORE_TOO_NEW'
  /** The disk is full, or a quota is reached. */
  | 'STORE_FULL'
  /** It cannot be opened or written: permissions, a missing folder, an input/output error. */
  | 'STORE_UNAVAILABLE'
  | 'STORE_CLOSED'
  /** Another process has it. */
  | 'STORE_LOCKED'
  /** What was to be added is there already: somebody else was faster. */
  | 'STORE_CONFLICT'

export class StoreError extends PaviseError<StoreErrorCode> {}
