import { createHash, randomBytes } from 'node:crypto'

/** What lets a machine join a controller once, and by what it knows that controller. */
export interface JoinToken {
  secret: string
  /** SHA-256 of the certificate of the controller's authority, base64url. */
  authority: string
}

/** Secret scanners know a secret by what it begins with. */
const prefix = 'pavise_join_'
/** 256 bits: nobody guesses one, so that a plain hash of it needs no salt and no work factor. */
const secretBytes = 32

export function makeJoinToken(authority: string): JoinToken {
  return { secret: randomBytes(secretBytes).toString('base64url'), authority }
}

export function joinTokenText({ secret, authority }: JoinToken): string {
  return `${prefix}${secret}.${authority}`
}

/** Null where it is none, or not all of one. */
export function parseJoinToken(text: string): JoinToken | null {
  const match = /^pavise_join_([\w-]{43})\.([\w-]{43})$/.exec(text.trim())
  return match ? { secret: match[1], authority: match[2] } : null
}

/** As which the secret is stored, in hexadecimal. */
export function hashJoinSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
