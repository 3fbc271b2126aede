import { PaviseError } from '../../lib/errors.ts'

export class CaseError extends PaviseError<
  /** There is no such case. */
  | 'CASE_UNKNOWN'
  /** It is closed, and was to be changed. */
  | 'CASE_CLOSED'
  /** Somebody else changed it meanwhile. */
  | 'CASE_CONFLICT'
  /** Times that cannot be: an end before its beginning. */
  | 'CASE_TIMES'
> {}
