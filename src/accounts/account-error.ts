import { PaviseError } from '../lib/errors.ts'

export type AccountErrorCode =
  /** Name, password or link is wrong, or the account is disabled or locked: which of them is not told. */
  | 'LOGIN_FAILED'
  /** Too many log in at this moment. */
  | 'LOGIN_BUSY'
  /** The OpenID provider does not answer, or not as one does. */
  | 'PROVIDER_UNUSABLE'
  /** The console was opened by an address, and a passkey is for a name. */
  | 'PASSKEY_NEEDS_NAME'
  | 'PASSWORD_WEAK'
  | 'NAME_TAKEN'
  | 'ACCOUNT_UNKNOWN'
  /** There would be no administrator left. */
  | 'LAST_ADMINISTRATOR'
  | 'TOO_MANY'
  /** Nobody gives what they do not have. */
  | 'NOT_YOURS_TO_GIVE'

export class AccountError extends PaviseError<AccountErrorCode> {}
