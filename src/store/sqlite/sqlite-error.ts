import { StoreError, type StoreErrorCode } from '../store-error.ts'

/** Primary result codes, https://www.sqlite.org/rescode.html; the low byte of an extended code. */
const codes: Record<number, [code: StoreErrorCode, nextStep: string]> = {
  5: ['STORE_LOCKED', 'Stop the other process that has it open, or use another --state-dir.'],
  8: ['STORE_UNAVAILABLE', 'Make the state folder writable for this user, or use another --state-dir.'],
  10: ['STORE_UNAVAILABLE', 'Look at the disk: dmesg, df, mount options.'],
  11: ['STORE_CORRUPT', 'Keep the file for examination, move it out of the state folder and start again.'],
  13: ['STORE_FULL', 'Free space on the disk of the state folder; what is waiting is stored then.'],
  14: ['STORE_UNAVAILABLE', 'Check that the state folder exists and that this user may write to it.'],
  26: ['STORE_CORRUPT', 'This file is not a database: move it out of the state folder and start again.'],
}

/** What a person can do something with, of an error of `node:sqlite`; anything else stays as it is. */
export function explainSqliteError(error: unknown, path: string): unknown {
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : Number.NaN
  const known = codes[extended & 0xff]
  if (!known) return error
  const [code, nextStep] = known
  return new StoreError(code, `${path}: ${(error as Error).message}`, { cause: error, nextStep })
}
