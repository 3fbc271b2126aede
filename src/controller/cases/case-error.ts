import { PaviseError } from '../../lib/errors.ts'

export class CaseError extends PaviseError<
  /** There is no such case. */
  | 'CASE_UNKNOWN'
  /** It is closed, and was to be changed. */
  | 'CASE_CLOSED'
  /** Somebody else changed it meanwhile. */
  | 'CASE_CONFLICT'
  /** What it is to be opened from is not there. */
  | 'CASE_EVENT'
  /** Times that cannot be: an end before its beginning. */
  | 'CASE_TIMES'
> {}
