import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { readFileSync, renameSync } from 'node:fs'
import { syncFolderOf, writeDurably } from '../lib/durable-file.ts'
import { EvidenceError } from './evidence-error.ts'
import { bodyKeyBytes } from './sealed-body.ts'

/**
 * The keys that bodies are sealed with, one for each day (UTC). They lie in a file apart from the store: a copy of the store
 * without it holds headers only, and a key that was destroyed takes the bodies of its day out of all copies.
 */
export class BodyKeys {
  readonly #path: string
  readonly #keys: Map<string, KeyObject>

  private constructor(path: string, keys: Map<string, KeyObject>) {
    this.#path = path
    this.#keys = keys
  }

  /** @throws EvidenceError where the file is there and holds something else. */
  static load(path: string): BodyKeys {
    return new BodyKeys(path, readKeys(path))
  }

  /** The key of a day, `2026-11-21`, made where there is none: it is on the disk when this returns. */
  make(day: string): KeyObject {
    const known = this.#keys.get(day)
    if (known !== undefined) return known
    const key = createSecretKey(randomBytes(bodyKeyBytes))
    this.#save(new Map([...this.#keys, [day, key]]))
    this.#keys.set(day, key)
    return key
  }

  /** Undefined where it was destroyed, or there never was one. */
  of(day: string): KeyObject | undefined {
    return this.#keys.get(day)
  }

  /** Destroys the keys of days from one to the one before another; returns which there were. */
  destroy({ from, before }: { from: string; before: string }): string[] {
    const days = [...this.#keys.keys()].filter((day) => day >= from && day < before).toSorted()
    if (days.length === 0) return []
    this.#save(new Map([...this.#keys].filter(([day]) => !days.includes(day))))
    for (const known of days) this.#keys.delete(known)
    return days
  }

  #save(keys: ReadonlyMap<string, KeyObject>): void {
    const lines = [...keys]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, key]) => `${day} ${key.export().toString('hex')}\n`)
    const beside = `${this.#path}.new`
    writeDurably(beside, lines.join(''))
    renameSync(beside, this.#path)
    syncFolderOf(this.#path)
  }
}

/** The day of a time in RFC 3339. */
export function dayOf(time: string): string {
  return time.slice(0, '2026-11-21'.length)
}

function readKeys(path: string): Map<string, KeyObject> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw unusable(path, (error as Error).message, error)
  }
  const keys = new Map<string, KeyObject>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const match = /^(\d{4}-\d\d-\d\d) ([0-9a-f]{64})$/.exec(line)
    if (match === null) throw unusable(path, `line ${keys.size + 1} is no key`)
    keys.set(match[1], createSecretKey(Buffer.from(match[2], 'hex')))
  }
  return keys
}

function unusable(path: string, why: string, cause?: unknown): EvidenceError {
  return new EvidenceError('EVIDENCE_KEY_UNUSABLE', `${path}: ${why}`, {
    cause,
    nextStep: 'Restore it from a backup: without it the contents of older entries cannot be read.',
  })
}
