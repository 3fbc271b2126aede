import type { Microseconds } from '../../lib/time.ts'
import type { ThreatMeasure } from '../threat.ts'
import { limits } from '../limits.ts'
import { SlotTable } from './slot-table.ts'

/** Once it alarms, it goes on to until a window has less than this part of the threshold: 600 of 800, as NeuVector's. */
const CALM_PART = 0.75

/** How often something happened to each key in a window of time; nothing is allocated, and no key costs more than its slot. */
export class RateMeter {
  /** After `count`: what of the window had not been alarmed about before. */
  news = 0
  /** From so many on it is too often; it may be another for another key. */
  threshold: number
  readonly #table: SlotTable
  readonly #isAlarming: Uint8Array

  /**
   * @param measure its time may change meanwhile
   * @param window in place of that time
   */
  constructor(measure: ThreatMeasure, window: { seconds?: number } = measure) {
    const slots = limits.meterSlots
    this.threshold = measure.threshold
    this.#table = new SlotTable(slots, window)
    this.#isAlarming = new Uint8Array(slots)
  }

  /** Counts one more, or takes one back with `by` -1. Returns how many the window has where that is too many, else 0. */
  count(hash: number, check: number, now: Microseconds, by = 1): number {
    const table = this.#table
    let slot = table.find(hash, check)
    if (slot < 0) {
      slot = table.take(hash, check, now)
      this.#isAlarming[slot] = 0
    } else if (table.isOver(slot, now)) {
      if (table.weight[slot] < this.threshold * CALM_PART) this.#isAlarming[slot] = 0
      table.since[slot] = now
      table.weight[slot] = 0
    }
    const count = Math.max(0, table.weight[slot] + by)
    table.weight[slot] = count
    if (this.#isAlarming[slot] === 1) {
      this.news = Math.max(0, by)
      return count
    }
    if (count < this.threshold) return 0
    this.#isAlarming[slot] = 1
    this.news = count
    return count
  }
}
