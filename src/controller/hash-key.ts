import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
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
    const made = make(path)
    if (made !== null) return made
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
    const key = readFileSync(path, 'utf8').trim()
    if (/^[0-9a-f]{64}$/.test(key)) return key
  } catch (error) {
    throw unusable(path, (error as Error).message, error)
  }
  throw unusable(path, 'it does not hold 64 hexadecimal digits')
}

/** Null where it is there already. On the disk when it returns: a key lost in a crash would split the counts. */
function make(path: string): string | null {
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
  try {
    const key = randomBytes(keyBytes).toString('hex')
    writeSync(file, `${key}\n`)
    fsyncSync(file)
    return key
  } finally {
    closeSync(file)
  }
}

function unusable(path: string, why: string, cause?: unknown): ControllerError {
  return new ControllerError('HASH_KEY_UNUSABLE', `${path}: ${why}`, {
    cause,
    nextStep: 'Restore it from a backup, or move it away: values are then counted anew under a new key.',
  })
}
