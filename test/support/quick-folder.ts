import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const inMemory = '/dev/shm'
const roomBytes = 128 * 1024 * 1024

/**
 * A new folder that goes with the test, in memory where the system has room there: what a database writes need not wait
 * for a disk where a test is not about what survives.
 */
export function quickFolder(t: TestContext): string {
  const path = mkdtempSync(join(hasRoom() ? inMemory : tmpdir(), 'pavise-test-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function hasRoom(): boolean {
  if (!existsSync(inMemory)) return false
  const { bavail, bsize } = statfsSync(inMemory)
  return bavail * bsize >= roomBytes
}
