import { formatTime } from '../lib/time.ts'
import type { CoverageRecord } from '../model/records.ts'
import { enforcerLimits } from './limits.ts'
import type { NamespaceDrops, RecordText } from './worker-messages.ts'

/** Reasons that `passedOver` counts and that are gaps of coverage, with what they mean. */
const bounds: Record<string, string> = {
  'flows-evicted': 'connections were forgotten because the flow table was full',
  'flows-refused': 'packets of new connections were passed over because the flow table was full',
  'stream-memory-caps': 'stretches of connections were given up because too much had arrived out of order',
  'packets-malformed': 'packets could not be decoded',
  'packets-too-deep': 'packets had more headers or tunnels inside each other than are decoded',
}

interface Window {
  recordId: string
  began: number
  packets: number
}

/**
 * Turns counters that only grow into coverage records, one for each workload or reason and window of time, told again
 * as they grow.
 */
export class CoverageGaps {
  readonly #run: string
  /** What each counter was when it was last looked at. */
  readonly #counted = new Map<string, number>()
  readonly #windows = new Map<string, Window>()
  readonly #dropped = new Map<number, number>()
  #last = 0

  /** @param run - of the enforcer: part of the records' ids. */
  constructor(run: string) {
    this.#run = run
  }

  /** Packets that the kernel dropped, as a worker counted them. `now` in ms since 1970. */
  *drops(worker: number, drops: readonly NamespaceDrops[], now: number): Generator<RecordText> {
    for (const { network, workload, packets } of drops) {
      const more = this.#growth(`${worker} drops ${network}`, packets)
      if (more === 0) continue
      this.#dropped.set(worker, this.dropped(worker) + more)
      const detail = 'packets came faster than they could be read: what they carried was not inspected'
      yield this.#record({ reason: 'ring-full', detail, workload, packets: more }, now)
    }
  }

  /** Packets that were to wait for a decision, and found no room. */
  *unheld(worker: number, unheld: readonly NamespaceDrops[], now: number): Generator<RecordText> {
    for (const { network, workload, packets } of unheld) {
      const more = this.#growth(`${worker} unheld ${network}`, packets)
      if (more === 0) continue
      const detail = 'packets came faster than they could be decided about: they passed, or not, as asked'
      yield this.#record({ reason: 'queue-full', detail, workload, packets: more }, now)
    }
  }

  /** Packets that the kernel dropped since the beginning, of one worker or of all. */
  dropped(worker?: number): number {
    if (worker !== undefined) return this.#dropped.get(worker) ?? 0
    return [...this.#dropped.values()].reduce((sum, packets) => sum + packets, 0)
  }

  /** Bounds of the inspection that a worker hit. */
  *passedOver(worker: number, counters: Record<string, number>, now: number): Generator<RecordText> {
    for (const [reason, count] of Object.entries(counters)) {
      if (!Object.hasOwn(bounds, reason)) continue
      const more = this.#growth(`${worker} ${reason}`, count)
      if (more > 0) yield this.#record({ reason, detail: bounds[reason], packets: more }, now)
    }
  }

  /** Records that found no room on their way. */
  *lost(who: string, count: number, now: number): Generator<RecordText> {
    const more = this.#growth(`${who} lost`, count)
    if (more === 0) return
    const detail = 'records were given up because the controller took them too slowly'
    yield this.#record({ reason: 'records-lost', detail, packets: more }, now)
  }

  /** A gap that is not counted, told once. */
  event(reason: string, detail: string, now: number, workload?: string): RecordText {
    const recordId = `${this.#run}-gap-${++this.#last}`
    const at = formatTime(now * 1000)
    return text(
      { type: 'coverage', at, reason, detail, ...(workload !== undefined && { workload }) },
      recordId,
    )
  }

  #growth(counter: string, count: number): number {
    const before = this.#counted.get(counter) ?? 0
    this.#counted.set(counter, count)
    return Math.max(0, count - before)
  }

  /** Adds to the window that is open for this reason and workload, and tells it as it is now. */
  #record(gap: Omit<CoverageRecord, 'type' | 'at'> & { packets: number }, now: number): RecordText {
    const key = `${gap.reason} ${gap.workload ?? ''}`
    const open = this.#windows.get(key)
    const isOpen = open !== undefined && now - open.began < enforcerLimits.dropWindowMs
    const window = isOpen ? open : { recordId: `${this.#run}-gap-${++this.#last}`, began: now, packets: 0 }
    this.#windows.set(key, window)
    window.packets += gap.packets
    const at = formatTime(window.began * 1000)
    return text({ type: 'coverage', ...gap, at, packets: window.packets }, window.recordId)
  }
}

function text(record: CoverageRecord, recordId: string): RecordText {
  return { recordId, text: JSON.stringify({ ...record, recordId }) }
}
