import { formatTime } from '../../lib/time.ts'
import type { FileRecord, ProcessRecord } from '../../model/records.ts'
import type { RecordText } from '../worker-messages.ts'
import { processLimits } from './limits.ts'

type Aggregate = ProcessRecord | FileRecord
/** What happened once. */
export type Occurrence<Record extends Aggregate = Aggregate> = Omit<Record, 'id' | 'first' | 'last' | 'count'>

/**
 * Counts what happens again and again as one record, that is told when it is new and again, at most once in a while, when it has
 * grown. The kinds that have not been seen for longest give way; one that comes again after that is a new record.
 */
export class Aggregates<Record extends Aggregate> {
  readonly #idPrefix: string
  readonly #limit: number
  /** Least recently seen first. */
  readonly #records = new Map<string, Record>()
  readonly #grown = new Set<string>()
  #number = 0

  /** @param idPrefix unique to this run */
  constructor(idPrefix: string, limit: number = processLimits.aggregates) {
    this.#idPrefix = idPrefix
    this.#limit = limit
  }

  /**
   * Counts it where its kind is known. It is told with the next `take`.
   * @param at ms since 1970
   */
  grow(key: string, count: number, at: number): boolean {
    const known = this.#records.get(key)
    if (known === undefined) return false
    this.#records.delete(key)
    this.#records.set(key, known)
    known.count += count
    const time = formatTime(at * 1000)
    if (time > known.last) known.last = time
    this.#grown.add(key)
    return true
  }

  /** The first of its kind. @returns what is to be told of it */
  begin(key: string, occurrence: Occurrence<Record>, count: number, at: number): RecordText {
    const time = formatTime(at * 1000)
    const id = `${this.#idPrefix}${++this.#number}`
    const record = { ...occurrence, id, first: time, last: time, count } as unknown as Record
    this.#records.set(key, record)
    if (this.#records.size > this.#limit) this.#forgetOldest()
    return recordText(record)
  }

  /** What has grown since the last call. */
  take(): RecordText[] {
    const texts = [...this.#grown].flatMap((key) => {
      const record = this.#records.get(key)
      return record === undefined ? [] : recordText(record)
    })
    this.#grown.clear()
    return texts
  }

  #forgetOldest(): void {
    for (const key of this.#records.keys()) {
      this.#records.delete(key)
      this.#grown.delete(key)
      return
    }
  }
}

function recordText(record: Aggregate): RecordText {
  return { recordId: record.id, text: JSON.stringify({ ...record, recordId: record.id }) }
}
