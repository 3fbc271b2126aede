/** As many as the longest identifier that is checked here has. */
const mostDigits = 32

/**
 * The digits of an identifier, without what separates them, for checksums. One object is reused: read, then ask.
 */
class Digits {
  /** Values 0 to 9, `length` of them. */
  readonly values = new Uint8Array(mostDigits)
  length = 0

  /** Reads the ASCII digits of `bytes[start, end)`; anything else is skipped. */
  read(bytes: Uint8Array, start: number, end: number): this {
    this.length = 0
    for (let i = start; i < end && this.length < mostDigits; i++) {
      const digit = bytes[i] - 0x30
      if (digit >= 0 && digit <= 9) this.values[this.length++] = digit
    }
    return this
  }

  at(index: number): number {
    return this.values[index]
  }

  /** The number that `[from, to)` writes; exact up to 15 digits. */
  number(from = 0, to = this.length): number {
    let number = 0
    for (let i = from; i < to; i++) number = number * 10 + this.values[i]
    return number
  }

  /** Sum of each digit from `from` on times its weight. */
  weighted(weights: readonly number[], from = 0): number {
    let sum = 0
    for (let i = 0; i < weights.length; i++) sum += this.values[from + i] * weights[i]
    return sum
  }

  /** All are the same digit: placeholders pass many checksums. */
  areEqual(): boolean {
    for (let i = 1; i < this.length; i++) if (this.values[i] !== this.values[0]) return false
    return true
  }
}

const digits = new Digits()

/** The digits of a match. Valid until the next call. */
export function digitsOf({ bytes, start, end }: { bytes: Uint8Array; start: number; end: number }): Digits {
  return digits.read(bytes, start, end)
}
