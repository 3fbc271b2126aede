import { PaviseError } from '../lib/errors.ts'

export type ScanErrorCode =
  /** The expression is not well-formed. */
  | 'PATTERN_INVALID'
  /** It uses what cannot be matched in linear time, or not yet. */
  | 'PATTERN_UNSUPPORTED'
  /** It matches nothing at all, between any two bytes. */
  | 'PATTERN_MATCHES_EMPTY'
  /** Its automaton would be larger than the limits allow. */
  | 'PATTERN_TOO_LARGE'
  /** The memory that was set aside is used up. */
  | 'SCAN_MEMORY_EXHAUSTED'

/** A set of patterns that cannot be compiled. Never thrown while scanning. */
export class ScanError extends PaviseError<ScanErrorCode> {}
