import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { syncFolderOf, writeDurably } from '../../lib/durable-file.ts'

/** What was read back: the text, and what is to be told of it. */
export interface Kept {
  text: string | undefined
  /** Something was there and could not be used. */
  problem: string | undefined
}

const format = 'pavise-1'

/**
 * A text that survives a crash at any moment: written beside, made durable, then put in its place; the one before is kept. The first
 * line holds a SHA-256 of the rest, so that half a write, or a disk that lies, is told from what was meant.
 */
export class KeptFile {
  readonly #path: string
  readonly #previous: string

  constructor(path: string) {
    this.#path = path
    this.#previous = `${path}.previous`
  }

  /** @throws Error of the file system, with what was there before untouched. */
  save(text: string): void {
    const fresh = `${this.#path}.new`
    writeDurably(fresh, `${format} ${digestOf(text)}\n${text}`)
    if (existsSync(this.#path)) renameSync(this.#path, this.#previous)
    renameSync(fresh, this.#path)
    syncFolderOf(this.#path)
  }

  /** The last text that is whole; undefined where there is none. */
  load(): Kept {
    const last = read(this.#path)
    if (last.text !== undefined) return last
    const before = read(this.#previous)
    // Between its two renames a save leaves only the one before: nothing is wrong then.
    return { text: before.text, problem: last.problem ?? before.problem }
  }
}

/** SHA-256, lower-case hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function read(path: string): Kept {
  if (!existsSync(path)) return { text: undefined, problem: undefined }
  try {
    const whole = readFileSync(path, 'utf8')
    const end = whole.indexOf('\n')
    const text = whole.slice(end + 1)
    if (end >= 0 && whole.slice(0, end) === `${format} ${digestOf(text)}`) return { text, problem: undefined }
    return { text: undefined, problem: `${path} is damaged` }
  } catch (error) {
    return { text: undefined, problem: `${path}: ${(error as Error).message}` }
  }
}
