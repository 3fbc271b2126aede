import type { Microseconds } from '../../lib/time.ts'

/** Slots in which one key may stand: more make it harder to drive a busy key out, and slower to find one. */
const WAYS = 4

/** Of what is measured over no time of its own. */
const USUAL_SECONDS = 60

interface Window {
  seconds?: number
}

/**
 * Keys of two hashes in a fixed number of slots, in sets of four. A new key takes an empty slot of its set, else one whose window is
 * over, else the one with the lowest weight: who is busy stays. Memory is taken with the first key: most tables never have one.
 */
export class SlotTable {
  /** When the window of each slot began. */
  since = new Float64Array(0)
  /** What of each slot says how busy it is. */
  weight = new Int32Array(0)
  #keys = new Int32Array(0)
  readonly #slots: number
  readonly #setMask: number
  readonly #window: Window

  /**
   * @param slots a power of two, at least four
   * @param window may change meanwhile
   */
  constructor(slots: number, window: Window) {
    this.#slots = slots
    this.#setMask = slots / WAYS - 1
    this.#window = window
  }

  /** The slot of a key, -1 where it has none. */
  find(hash: number, check: number): number {
    if (this.#keys.length === 0) return -1
    const first = (hash & this.#setMask) * WAYS
    for (let slot = first; slot < first + WAYS; slot++) {
      if (this.#keys[2 * slot] === hash && this.#keys[2 * slot + 1] === check && this.isUsed(slot))
        return slot
    }
    return -1
  }

  isUsed(slot: number): boolean {
    return this.since[slot] !== -Infinity
  }

  /** Gives a key that has none a slot, the window of which begins now; whoever calls clears what it keeps beside it. */
  take(hash: number, check: number, now: Microseconds): number {
    if (this.#keys.length === 0) this.#takeMemory()
    const first = (hash & this.#setMask) * WAYS
    let slot = first
    for (let each = first; each < first + WAYS; each++) {
      if (this.#standing(each, now) < this.#standing(slot, now)) slot = each
    }
    this.#keys[2 * slot] = hash
    this.#keys[2 * slot + 1] = check
    this.since[slot] = now
    this.weight[slot] = 0
    return slot
  }

  /** Whether the window of a slot is over; a clock that stepped back ends it as well. */
  isOver(slot: number, now: Microseconds): boolean {
    const age = now - this.since[slot]
    const windowUs = (this.#window.seconds ?? USUAL_SECONDS) * 1_000_000
    return age >= windowUs || age < -windowUs
  }

  #takeMemory(): void {
    this.since = new Float64Array(this.#slots).fill(-Infinity)
    this.weight = new Int32Array(this.#slots)
    this.#keys = new Int32Array(2 * this.#slots)
  }

  #standing(slot: number, now: Microseconds): number {
    if (!this.isUsed(slot)) return -2
    return this.isOver(slot, now) ? -1 : this.weight[slot]
  }
}
