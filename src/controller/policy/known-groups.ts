import type { Log } from '../../lib/log.ts'
import type { Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'

interface KnownGroup {
  name: string
  /** When the first workload of it was seen, ms since 1970. */
  first: number
}

const prefix = 'group/'

/** Learned groups that there were, whether workloads of them run now or not, and since when: from then on they are in a mode. */
export class KnownGroups {
  readonly #store: Store
  readonly #log: Log
  readonly #first: Map<string, number>

  private constructor(store: Store, log: Log, known: readonly KnownGroup[]) {
    this.#store = store
    this.#log = log
    this.#first = new Map(known.map(({ name, first }) => [name, first]))
  }

  static async load(store: Store, log: Log): Promise<KnownGroups> {
    const rows = (await store.learned()).filter(({ id }) => id.startsWith(prefix))
    return new KnownGroups(
      store,
      log,
      rows.map(({ record }) => JSON.parse(record) as KnownGroup),
    )
  }

  get names(): IterableIterator<string> {
    return this.#first.keys()
  }

  /** When it was first seen; undefined where it never was. */
  first(name: string): number | undefined {
    return this.#first.get(name)
  }

  seen(name: string, at: number): void {
    if (this.#first.has(name) || this.#first.size >= controllerLimits.knownGroups) return
    this.#first.set(name, at)
    const row = { id: `${prefix}${name}`, last: at, record: JSON.stringify({ name, first: at }) }
    this.#store
      .saveLearned({ saved: [row], removed: [] })
      .catch((error: Error) => this.#log('warn', `The group ${name} is not kept: ${error.message}`))
  }
}
