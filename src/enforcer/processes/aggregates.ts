import { formatTime } from '../../lib/time.ts'
import type { FileRecord, ProcessRecord } from '../../model/records.ts'
import type { RecordText } from '../worker-messages.ts'
import { processLimits } from './limits.ts'

type Aggregate = ProcessRecord | FileRecord
/** What happened, without how often and when. */
export type Occurrence<Record extends Aggregate> = Omit<Record, 'id' | 'first' | 'last' | 'count'>

/** How often something happened, and when, in ms since 1970; `pid`: of the last that did, where that is told. */
export interface Times {
  count: number
  at: number
  pid?: number
}

interface Pending extends Times {
  first: number
  pids: number[]
}

/**
 * Counts what happens again and again as one record, that is told when it is new and again, with the next `flush`, when it has grown.
 * The kinds that have not been seen for longest give way; one that comes again after that is a new record.
 */
export class Aggregates<Record extends Aggregate> {
  readonly #idPrefix: string
  readonly #tell: (record: RecordText) => void
  readonly #limit: number
  /** Least recently seen first. */
  readonly #records = new Map<string, Record>()
  readonly #grown = new Set<string>()
  /** Kinds that are being described, with what came of them meanwhile. */
  readonly #pending = new Map<string, Pending>()
  #number = 0

  /** @param idPrefix unique to this run */
  constructor(
    idPrefix: string,
    tell: (record: RecordText) => void,
    limit: number = processLimits.aggregates,
  ) {
    this.#idPrefix = idPrefix
    this.#tell = tell
    this.#limit = limit
  }

  /** @param describe says what it is, where its kind is new */
  add(key: string, times: Times, describe: () => Promise<Occurrence<Record>>): void {
    const { count, at } = times
    const known = this.#pending.get(key)
    if (known !== undefined) {
      known.count += count
      known.at = Math.max(known.at, at)
      known.pids = withLast(known.pids, times)
    } else if (!this.#grow(key, times)) {
      this.#pending.set(key, { count, at, first: at, pids: withLast([], times) })
      void describe().then((occurrence) => this.#begin(key, occurrence))
    }
  }

  /** Tells what has grown since the last call. */
  flush(): void {
    for (const key of this.#grown) {
      const record = this.#records.get(key)
      if (record !== undefined) this.#tell(recordText(record))
    }
    this.#grown.clear()
  }

  #grow(key: string, times: Times): boolean {
    const { count, at } = times
    const known = this.#records.get(key)
    if (known === undefined) return false
    this.#records.delete(key)
    this.#records.set(key, known)
    known.count += count
    const time = formatTime(at * 1000)
    if (time > known.last) known.last = time
    if ('pids' in known) known.pids = withLast(known.pids ?? [], times)
    this.#grown.add(key)
    return true
  }

  #begin(key: string, occurrence: Occurrence<Record>): void {
    const pending = this.#pending.get(key)
    if (pending === undefined) return
    this.#pending.delete(key)
    const { count, at, first, pids } = pending
    const id = `${this.#idPrefix}${++this.#number}`
    const times = {
      ...{ first: formatTime(first * 1000), last: formatTime(at * 1000), count },
      ...(pids.length > 0 && { pids }),
    }
    const record = { ...occurrence, id, ...times } as unknown as Record
    this.#records.set(key, record)
    if (this.#records.size > this.#limit) this.#forgetOldest()
    this.#tell(recordText(record))
  }

  #forgetOldest(): void {
    for (const key of this.#records.keys()) {
      this.#records.delete(key)
      this.#grown.delete(key)
      return
    }
  }
}

function withLast(pids: readonly number[], { pid }: Times): number[] {
  return pid === undefined ? [...pids] : [...pids, pid].slice(-processLimits.pidsPerRecord)
}

function recordText(record: Aggregate): RecordText {
  return { recordId: record.id, text: JSON.stringify({ ...record, recordId: record.id }) }
}
