import { ExitCode, PaviseError } from '../../lib/errors.ts'

export type PrivacyErrorCode =
  /** There is no such difference, or it is no longer one. */
  | 'DIFFERENCE_UNKNOWN'
  /** It cannot be resolved in that way. */
  | 'DIFFERENCE_RESOLUTION'
  /** A day that is over, or too far away. */
  | 'ACCEPTANCE_TIME'
  /** There are too many. */
  | 'ACCEPTANCE_LIMIT'
  /** There is none to take back. */
  | 'ACCEPTANCE_UNKNOWN'

/** A decision of a privacy officer that was refused; nothing changed. */
export class PrivacyError extends PaviseError<PrivacyErrorCode> {
  constructor(code: PrivacyErrorCode, message: string, nextStep: string) {
    super(code, message, { exitCode: ExitCode.usage, nextStep })
  }
}
