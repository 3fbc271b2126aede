import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

/**
 * Writes a file that is not there yet, readable for its owner only. On the disk when it returns: what a key protects would be
 * lost with it in a crash.
 *
 * @returns false where it is there already
 * @throws what the system says
 */
export function writeNewFile(path: string, content: string): boolean {
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(file, content)
    fsyncSync(file)
    return true
  } finally {
    closeSync(file)
  }
}
