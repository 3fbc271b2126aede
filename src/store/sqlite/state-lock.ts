import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../store-error.ts'
import { explainSqliteError } from './sqlite-error.ts'

/** Attempts to lock a file that its former holder is just removing. */
const attempts = 5

/**
 * One Pavise to a state folder. The lock is one that the kernel holds (through an empty SQLite file: Node has no
 * flock), so it ends with its process however that ends, cannot go stale, and is right across containers that share
 * the folder, where a process id says nothing. The process id is written beside it for people only.
 */
export class StateLock {
  readonly #lockPath: string
  readonly #pidPath: string
  readonly #connection: DatabaseSync
  /** When the one before was last alive, in ms, where it ended without releasing: killed, or the machine went down. */
  readonly diedAt: number | null

  private constructor(paths: { lock: string; pid: string }, connection: DatabaseSync) {
    this.#lockPath = paths.lock
    this.#pidPath = paths.pid
    this.#connection = connection
    this.diedAt = modifiedAt(paths.pid)
    writeFileSync(paths.pid, `${process.pid}\n`, { mode: 0o600 })
  }

  /** @throws StoreError `STORE_LOCKED`, naming who holds it; `STORE_UNAVAILABLE` where the folder is not ours. */
  static acquire(folder: string): StateLock {
    const paths = { lock: join(folder, 'pavise.lock'), pid: join(folder, 'pavise.pid') }
    for (let attempt = 0; attempt < attempts; attempt++) {
      const connection = lock(paths, folder)
      if (connection) return new StateLock(paths, connection)
    }
    throw new StoreError('STORE_UNAVAILABLE', `${paths.lock} is made and removed by someone all the time.`)
  }

  /** Marks that we live: after a crash, what could not be seen began then. */
  touch(now: number): void {
    utimesSync(this.#pidPath, now / 1000, now / 1000)
  }

  release(): void {
    rmSync(this.#pidPath, { force: true })
    rmSync(this.#lockPath, { force: true })
    this.#connection.close()
  }
}

/** Null where the file was replaced between looking and locking, so that our lock is on a file that is gone. */
function lock(paths: { lock: string; pid: string }, folder: string): DatabaseSync | null {
  let connection: DatabaseSync | undefined
  try {
    closeSync(openSync(paths.lock, 'a', 0o600))
    const before = inode(paths.lock)
    connection = new DatabaseSync(paths.lock)
    connection.exec('BEGIN EXCLUSIVE')
    if (before !== null && before === inode(paths.lock)) return connection
    connection.close()
    return null
  } catch (error) {
    connection?.close()
    throw explain(error, paths, folder)
  }
}

function explain(error: unknown, paths: { lock: string; pid: string }, folder: string): unknown {
  const explained = explainSqliteError(error, paths.lock)
  if (explained instanceof StoreError && explained.code === 'STORE_LOCKED') {
    return new StoreError('STORE_LOCKED', `Pavise runs already on ${folder}${holder(paths.pid)}.`, {
      cause: error,
      nextStep: 'Stop it (kill with that process id), or start this one with another --state-dir and --port.',
    })
  }
  if (explained instanceof StoreError) return explained
  return new StoreError('STORE_UNAVAILABLE', `${folder}: ${(error as Error).message}`, {
    cause: error,
    nextStep: 'Make the state folder writable for this user, or use another --state-dir.',
  })
}

function holder(pidPath: string): string {
  try {
    const pid = Number.parseInt(readFileSync(pidPath, 'utf8'), 10)
    return Number.isInteger(pid) ? `, as process ${pid}` : ''
  } catch {
    return ''
  }
}

function inode(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null
}

function modifiedAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
