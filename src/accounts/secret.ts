import { createHash, randomBytes } from 'node:crypto'
import type { SecretKind } from '../store/account-store.ts'

/** 256 bits: nobody guesses one, so that a plain hash of it needs no salt and no work factor. */
const secretBytes = 32

/** Secret scanners know a secret by what it begins with. */
const prefixes: Record<SecretKind, string> = {
  session: 'pavise_session_',
  token: 'pavise_token_',
  link: 'pavise_link_',
}

export function makeSecret(kind: SecretKind): string {
  return prefixes[kind] + randomBytes(secretBytes).toString('base64url')
}

/** As which a secret is stored, in hexadecimal. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
