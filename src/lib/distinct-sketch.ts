/** 48 bits of a hash are exact in a double and spread enough for any number of values that we count. */
const hashDigits = 12
const hashRange = 16 ** hashDigits

/**
 * Estimates how many distinct hashes were added, from the k smallest of them (k minimum values, Bar-Yossef et al.
 * 2002): exact below k, then with a standard error of 1/√(k−2).
 */
export class DistinctSketch {
  readonly #size: number
  /** Ascending, at most `#size`. */
  readonly #smallest: number[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Adds a hash of at least 12 hexadecimal digits, uniform as keyed hashes are. Anything else is left out. */
  add(hash: string): void {
    const value = Number.parseInt(hash.slice(0, hashDigits), 16)
    if (hash.length < hashDigits || Number.isNaN(value)) return
    const smallest = this.#smallest
    if (smallest.length === this.#size && value >= smallest[smallest.length - 1]) return
    const at = this.#indexOf(value)
    if (smallest[at] === value) return
    smallest.splice(at, 0, value)
    if (smallest.length > this.#size) smallest.pop()
  }

  estimate(): number {
    const { length } = this.#smallest
    if (length < this.#size) return length
    return Math.round(((length - 1) * hashRange) / (this.#smallest[length - 1] + 1))
  }

  /** Index of the first kept value that is not less than `value`. */
  #indexOf(value: number): number {
    let low = 0
    let high = this.#smallest.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#smallest[middle] < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
