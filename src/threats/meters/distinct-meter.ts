import type { Microseconds } from '../../lib/time.ts'
import type { ThreatMeasure } from '../threat.ts'
import { limits } from '../limits.ts'
import { SlotTable } from './slot-table.ts'

/** Bits of each set, in words of 32: numbers up to a few hundred are told to within a few percent. */
const WORDS = 8
const BITS = WORDS * 32

/**
 * How many different items each key has in a window of time, less those that were answered: by linear counting (Whang, Vander-Zanden,
 * Taylor 1990), in two sets of 256 bits. Nothing is allocated.
 */
export class DistinctMeter {
  /** After `tried`: what of the items had not been told of before. */
  news = 0
  /** From so many on it is too many; it may be another for another key. */
  threshold: number
  readonly #table: SlotTable
  /** Taken with the first key, as the table's memory is. */
  #tried = new Int32Array(0)
  #answered = new Int32Array(0)
  readonly #slots: number
  readonly #isAlarming: Uint8Array

  /** @param measure its time may change meanwhile */
  constructor(measure: ThreatMeasure) {
    const slots = limits.scanSlots
    this.threshold = measure.threshold
    this.#table = new SlotTable(slots, measure)
    this.#slots = slots
    this.#isAlarming = new Uint8Array(slots)
  }

  /** One more item of a key, by its hash. Returns how many there are where that is too many, else 0. */
  tried(hash: number, check: number, now: Microseconds, item: number): number {
    const slot = this.#slot(hash, check, now)
    const bit = bitOf(item)
    const at = slot * WORDS + (bit >> 5)
    const isKnown = (this.#tried[at] & (1 << (bit & 31))) !== 0
    this.#tried[at] |= 1 << (bit & 31)
    const count = this.#estimate(slot)
    this.#table.weight[slot] = count
    if (count < this.threshold) return 0
    this.news = this.#isAlarming[slot] === 1 ? Number(!isKnown) : count
    this.#isAlarming[slot] = 1
    return count
  }

  /** An item of a key turned out to be there. */
  answered(hash: number, check: number, item: number): void {
    const slot = this.#table.find(hash, check)
    if (slot < 0) return
    const bit = bitOf(item)
    this.#answered[slot * WORDS + (bit >> 5)] |= 1 << (bit & 31)
  }

  #slot(hash: number, check: number, now: Microseconds): number {
    const table = this.#table
    let slot = table.find(hash, check)
    if (slot >= 0 && !table.isOver(slot, now)) return slot
    if (slot < 0) slot = table.take(hash, check, now)
    if (this.#tried.length === 0) {
      this.#tried = new Int32Array(this.#slots * WORDS)
      this.#answered = new Int32Array(this.#slots * WORDS)
    }
    table.since[slot] = now
    table.weight[slot] = 0
    this.#tried.fill(0, slot * WORDS, (slot + 1) * WORDS)
    this.#answered.fill(0, slot * WORDS, (slot + 1) * WORDS)
    this.#isAlarming[slot] = 0
    return slot
  }

  #estimate(slot: number): number {
    let ones = 0
    for (let i = slot * WORDS; i < (slot + 1) * WORDS; i++)
      ones += ones32(this.#tried[i] & ~this.#answered[i])
    return Math.round(-BITS * Math.log(Math.max(1, BITS - ones) / BITS))
  }
}

/** A bit of the set by an item's hash; ports and addresses are numbers of any form, so they are mixed first. */
function bitOf(item: number): number {
  const mixed = Math.imul(item ^ (item >>> 16), 0x9e3779b1)
  return ((mixed ^ (mixed >>> 15)) >>> 8) & (BITS - 1)
}

/** Bits that are set in a word. */
function ones32(word: number): number {
  let rest = word - ((word >>> 1) & 0x5555_5555)
  rest = (rest & 0x3333_3333) + ((rest >>> 2) & 0x3333_3333)
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
