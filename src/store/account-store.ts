import type { Grant, Permission } from '../model/permissions.ts'

/** What the accounts of people and programs need of a store. Times are milliseconds since 1970. */
export interface AccountStore {
  /** False where the name is taken; names that differ in case only are the same. */
  add(account: NewAccount): Promise<boolean>
  byId(id: string): Promise<StoredAccount | null>
  byName(name: string): Promise<StoredAccount | null>
  /** All, by name. */
  list(): Promise<StoredAccount[]>
  /** False where there is none. */
  change(id: string, change: AccountChange): Promise<boolean>
  /** With all its secrets; false where there is none. */
  remove(id: string): Promise<boolean>
  /** Counts one more failed log-in and gives how many there are in a row. */
  countFailure(id: string): Promise<number>

  addSecret(secret: StoredSecret): Promise<void>
  /** By the hash of what the caller shows; what has expired is there until it is pruned. */
  secretByHash(hash: string): Promise<StoredSecret | null>
  /** Of one account, newest first. */
  secrets(account: string, kind: SecretKind): Promise<StoredSecret[]>
  /** Marks it used, at a time that never goes back. */
  touchSecret(id: string, at: number): Promise<void>
  /** False where there is none, or another caller was first: of many who take one, one gets true. */
  removeSecret(id: string): Promise<boolean>
  /** All of one kind that an account has, except one. */
  removeSecrets(account: string, kind: SecretKind, except?: string): Promise<void>
  /** False where that passkey is known already. */
  addPasskey(passkey: StoredPasskey): Promise<boolean>
  passkey(id: string): Promise<StoredPasskey | null>
  /** Of one account, newest first. */
  passkeys(account: string): Promise<StoredPasskey[]>
  /** Whether any account has one. */
  hasPasskeys(): Promise<boolean>
  usePasskey(id: string, counter: number, at: number): Promise<void>
  removePasskey(account: string, id: string): Promise<boolean>

  /** Removes what has expired. */
  pruneSecrets(now: number): Promise<number>
}

export interface NewAccount {
  id: string
  name: string
  grants: Grant[]
  createdAt: number
}

export interface StoredAccount extends NewAccount {
  /** PHC string; null for an account that logs in by other means. */
  password: string | null
  disabled: boolean
  /** Failed log-ins since the last that succeeded, and until when no other is tried. */
  failures: number
  lockedUntil: number
}

export type AccountChange = Partial<
  Pick<StoredAccount, 'grants' | 'password' | 'disabled' | 'failures' | 'lockedUntil'>
>

export interface StoredPasskey {
  /** Credential id, base64url. */
  id: string
  account: string
  name: string
  /** COSE key, base64url. */
  publicKey: string
  /** How often it has signed, as far as it counts: one that falls back was copied. */
  counter: number
  createdAt: number
  usedAt: number
}

/** A log-in that lasts, an API token, or a link that logs in once. */
export type SecretKind = 'session' | 'token' | 'link'

export interface StoredSecret {
  id: string
  /** SHA-256 of the secret, in hexadecimal; the secret itself is nowhere. */
  hash: string
  kind: SecretKind
  account: string
  name: string
  /** What a token may do at most; null for all that its account may. */
  scope: Permission[] | null
  createdAt: number
  usedAt: number
  expiresAt: number
}
