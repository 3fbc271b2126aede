import { limits } from './limits.ts'

/**
 * The matches that a sink took last, so that none of the same pattern is offered that starts inside one. Of more than
 * it remembers, those that reach furthest stay: the others are soon left behind.
 */
export class TakenMatches {
  readonly #patterns = new Int32Array(limits.takenMatches)
  readonly #ends = new Float64Array(limits.takenMatches)
  /** The furthest end. */
  #reach = 0

  add(pattern: number, end: number): void {
    const ends = this.#ends
    let oldest = 0
    for (let i = 1; i < ends.length; i++) if (ends[i] < ends[oldest]) oldest = i
    if (ends[oldest] >= end) return
    ends[oldest] = end
    if (end > this.#reach) this.#reach = end
    this.#patterns[oldest] = pattern
  }

  /** True when a match of the pattern was taken that `offset` lies in. */
  covers(pattern: number, offset: number): boolean {
    if (offset >= this.#reach) return false
    const ends = this.#ends
    for (let i = 0; i < ends.length; i++) {
      if (ends[i] > offset && this.#patterns[i] === pattern) return true
    }
    return false
  }

  reset(): void {
    if (this.#reach === 0) return
    this.#ends.fill(0)
    this.#reach = 0
  }
}
