import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

/** Values that are kept; the oldest go. */
const mostFiles = 8

const digestBytes = 32

/** A cache beside that of compiled code, where the launcher has said where that is; undefined where nothing is kept. */
export function keptBetweenRuns<T>(name: string): FileCache<T> | undefined {
  const folder = process.env['NODE_COMPILE_CACHE']
  return folder === undefined || folder === '' ? undefined : new FileCache(join(folder, name))
}

/**
 * Keeps values between runs, as files in a folder that only its owner writes: what takes long to make and is the same each time. A
 * file that is damaged, or of another V8, is as if it were not there; what cannot be written is not kept.
 */
export class FileCache<T> {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  get(key: string): T | undefined {
    try {
      const bytes = readFileSync(this.#path(key))
      const content = bytes.subarray(digestBytes)
      if (!digest(content).equals(bytes.subarray(0, digestBytes))) return undefined
      return deserialize(content) as T
    } catch {
      return undefined
    }
  }

  put(key: string, value: T): void {
    const path = this.#path(key)
    const unfinished = `${path}.${process.pid}`
    try {
      if (!existsSync(this.#folder)) mkdirSync(this.#folder, { mode: 0o700 })
      const content = serialize(value)
      writeFileSync(unfinished, Buffer.concat([digest(content), content]), { mode: 0o600 })
      renameSync(unfinished, path)
      this.#prune()
    } catch {
      discard(unfinished)
    }
  }

  #path(key: string): string {
    const name = createHash('sha256').update(`${process.versions.v8}\0${key}`).digest('hex')
    return join(this.#folder, name)
  }

  #prune(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name))
    const byAge = files.map((path) => ({ path, at: statSync(path).mtimeMs })).toSorted((a, b) => b.at - a.at)
    for (const { path } of byAge.slice(mostFiles)) rmSync(path, { force: true })
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // There is no such folder: nothing was begun.
  }
}

function digest(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest()
}
