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
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'

/** Values that are kept; the oldest go. */
const mostFiles = 8

const digestBytes = 32

/**
 * A cache beside that of compiled code, where the launcher has said where that is; undefined where nothing is kept.
 *
 * @param madeBy - folder of the code that makes the values: once it has changed, what it made before is not there any more
 */
export function keptBetweenRuns<T>(name: string, madeBy: URL): FileCache<T> | undefined {
  const folder = process.env['NODE_COMPILE_CACHE']
  if (folder === undefined || folder === '') return undefined
  return new FileCache(join(folder, name), stateOf(fileURLToPath(madeBy)))
}

/** Names, sizes and times of all files below a folder. */
function stateOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return files
    .map((name) => ({ name, at: statSync(join(folder, name)) }))
    .filter(({ at }) => at.isFile())
    .map(({ name, at }) => `${name} ${at.size} ${at.mtimeMs}`)
    .join('\n')
}

/**
 * Keeps values between runs, as files in a folder that only its owner writes: what takes long to make and is the same each time. A
 * file that is damaged, or of another V8, is as if it were not there; what cannot be written is not kept.
 */
export class FileCache<T> {
  readonly #folder: string
  readonly #maker: string

  /** @param maker - what makes the values: another one's are not there */
  constructor(folder: string, maker = '') {
    this.#folder = folder
    this.#maker = maker
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
    const name = createHash('sha256').update([process.versions.v8, this.#maker, key].join('\0')).digest('hex')
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
