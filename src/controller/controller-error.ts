import { PaviseError } from '../lib/errors.ts'

export type ControllerErrorCode = 'HASH_KEY_UNUSABLE'

export class ControllerError extends PaviseError<ControllerErrorCode> {}
