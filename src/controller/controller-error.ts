import { PaviseError } from '../lib/errors.ts'

export type ControllerErrorCode =
  /** Another process listens on the socket, or something that is no socket stands there. */
  | 'SOCKET_TAKEN'
  /** Longer than the kernel takes (sun_path). */
  | 'SOCKET_PATH_TOO_LONG'
  | 'SOCKET_UNAVAILABLE'
  | 'HASH_KEY_UNUSABLE'

export class ControllerError extends PaviseError<ControllerErrorCode> {}
