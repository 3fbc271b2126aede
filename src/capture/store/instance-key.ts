import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeNewFile } from '../../lib/durable-file.ts'
import { PaviseError } from '../../lib/errors.ts'

class CaptureError extends PaviseError<'CAPTURE_KEY_UNUSABLE'> {}

const KEY_BYTES = 32

/**
 * The key that wraps the keys of files of packets, made at the first start and readable for its owner only: without it no file opens.
 *
 * @throws CaptureError where the file cannot be made or does not hold a key
 */
export function loadCaptureKey(path: string): Buffer {
  try {
    const made = randomBytes(KEY_BYTES)
    if (writeNewFile(path, `${made.toString('hex')}\n`)) return made
    const text = readFileSync(path, 'utf8').trim()
    if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex')
  } catch (error) {
    throw unusable(path, (error as Error).message, error)
  }
  throw unusable(path, 'it does not hold 64 hexadecimal digits')
}

function unusable(path: string, why: string, cause?: unknown): CaptureError {
  return new CaptureError('CAPTURE_KEY_UNUSABLE', `${path}: ${why}`, {
    cause,
    nextStep: 'Restore it from a backup, or move it away: recorded packets of before cannot be opened then.',
  })
}
