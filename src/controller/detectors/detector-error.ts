import { PaviseError } from '../../lib/errors.ts'

export class DetectorError extends PaviseError<
  /** Others are being answered. */
  | 'DETECTORS_BUSY'
  /** It took too long, or failed. */
  | 'DETECTORS_FAILED'
> {}
