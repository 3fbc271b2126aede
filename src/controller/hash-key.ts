import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { writeNewFile } from '../lib/durable-file.ts'
import { ControllerError } from './controller-error.ts'

/** HMAC-SHA-256 takes a key as long as its output (RFC 2104 section 3). */
const keyBytes = 32

/**
 * The key of the keyed hashes in findings, 64 hexadecimal digits, made at the first start and readable for its owner
 * only. Without it, hashes of the past join with nothing: destroying it makes them anonymous.
 *
 * @throws ControllerError where the file cannot be made or does not hold a key.
 */
export function loadHashKey(path: string): string {
  try {
    const made = randomBytes(keyBytes).toString('hex')
    if (writeNewFile(path, `${made}\n`)) return made
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
    const key = readFileSync(path, 'utf8').trim()
    if (/^[0-9a-f]{64}$/.test(key)) return key
  } catch (error) {
    throw unusable(path, (error as Error).message, error)
  }
  throw unusable(path, 'it does not hold 64 hexadecimal digits')
}

function unusable(path: string, why: string, cause?: unknown): ControllerError {
  return new ControllerError('HASH_KEY_UNUSABLE', `${path}: ${why}`, {
    cause,
    nextStep: 'Restore it from a backup, or move it away: values are then counted anew under a new key.',
  })
}
