import { PaviseError } from '../lib/errors.ts'

export type ControllerErrorCode =
  | 'HASH_KEY_UNUSABLE'
  /** The keys by which nodes know the controller. */
  | 'NODE_AUTHORITY_UNUSABLE'
  | 'NODE_PORT_TAKEN'
  | 'NODE_PORT_UNAVAILABLE'

export class ControllerError extends PaviseError<ControllerErrorCode> {}
