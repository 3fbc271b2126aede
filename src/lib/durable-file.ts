import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file that is not there yet, readable for its owner only. On the disk when it returns: what a key protects would be
 * lost with it in a crash.
 *
 * @returns false where it is there already
 * @throws what the system says
 */
export function writeNewFile(path: string, content: string): boolean {
  try {
    write(path, content, 'wx')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Writes a file, readable for its owner only, which may be there. On the disk when it returns.
 *
 * @throws what the system says
 */
export function writeDurably(path: string, content: string): void {
  write(path, content, 'w')
}

/**
 * Puts a file, readable for its owner only, in the place of the one before in one step: a crash leaves either. On the disk when it
 * returns.
 *
 * @throws what the system says
 */
export function replaceDurably(path: string, content: string): void {
  const fresh = `${path}.new`
  write(fresh, content, 'w')
  renameSync(fresh, path)
  syncFolderOf(path)
}

/** A file that was renamed is there after a power cut only once its folder is on the disk. */
export function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function write(path: string, content: string, flag: 'w' | 'wx'): void {
  const file = openSync(path, flag, 0o600)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
