import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { commitmentOf, type EntryHeader, headerText, saltBytes } from './entry.ts'

/** AES-256-GCM (NIST SP 800-38D): key, nonce and tag. */
export const bodyKeyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** A body and what hides it in its commitment. */
export interface OpenBody {
  salt: Buffer
  text: string
}

/** An entry as it is stored: who destroys the key of its day destroys the body, and the header stays. */
export interface SealedEntry {
  header: EntryHeader
  /** Nonce, tag, and salt with body encrypted, in base64. */
  sealed: string
}

export function sealEntry(place: Omit<EntryHeader, 'body'>, text: string, key: KeyObject): SealedEntry {
  const salt = randomBytes(saltBytes)
  const header = { ...place, body: commitmentOf(salt, text) }
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(headerText(header)))
  const encrypted = Buffer.concat([cipher.update(salt), cipher.update(text, 'utf8'), cipher.final()])
  return { header, sealed: Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64') }
}

/** Undefined where it was not sealed with this key, for this header. */
export function openEntry({ header, sealed }: SealedEntry, key: KeyObject): OpenBody | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < nonceBytes + tagBytes + saltBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(headerText(header)))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    const open = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
    return { salt: open.subarray(0, saltBytes), text: open.toString('utf8', saltBytes) }
  } catch {
    return undefined
  }
}
