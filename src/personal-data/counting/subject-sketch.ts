import { estimateFrom, rankOf } from './hyperloglog.ts'

/** 2^11 registers: the standard error of an estimate is 1.04 / √2048 = 2.3 %. */
const registerBits = 11
const registerCount = 1 << registerBits

/** Few persons are kept by registers of which there are so many that two hardly ever share one. */
const fineBits = 18
const fineCount = 1 << fineBits

/** A rank, up to 54, is one character; the index of a fine register three. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map([...digits].map((digit, value) => [digit, value]))
const mostRank = 64 - registerBits + 1
const entryLength = 4

/** What a text begins with that has the rank of every register, and not fine ones of a few persons. */
const allMark = '.'
/** As texts, so many fine registers take as much as all coarse ones. */
const mostFine = Math.floor(registerCount / entryLength)

/** Characters of a sketch as a text, at most. */
export const sketchLength: number = registerCount + allMark.length

/**
 * Which persons' data it is, as far as it takes to count them over several flows: a HyperLogLog of keyed hashes, of which no hash
 * can be had back. Two sketches together count whom either has seen, once.
 */
export class SubjectSketch {
  readonly #fine = new Map<number, number>()
  #registers: Uint8Array | undefined

  get isEmpty(): boolean {
    return this.#fine.size === 0 && this.#registers === undefined
  }

  /** Adds a keyed hash of 64 bits, as two unsigned halves. */
  add(high: number, low: number): void {
    this.#addFine(high >>> (32 - fineBits), rankOf(high, low, fineBits))
  }

  /** Adds what a register has seen of a HyperLogLog of `2 ** bits` registers, at least as many as here. */
  addRegister(index: number, rank: number, bits: number): void {
    const registers = (this.#registers ??= this.#coarsened())
    const more = bits - registerBits
    const rest = index & ((1 << more) - 1)
    const zeros = rest === 0 ? more + rank - 1 : Math.clz32(rest) - (32 - more)
    const coarse = index >>> more
    registers[coarse] = Math.max(registers[coarse], zeros + 1)
  }

  /** Adds what another one, as a text, has seen. False where it is none: then nothing was added. */
  merge(text: string): boolean {
    const isAll = text.startsWith(allMark)
    const numbers = Array.from(isAll ? text.slice(allMark.length) : text, (digit) => values.get(digit) ?? -1)
    if (numbers.includes(-1)) return false
    return isAll ? this.#mergeAll(numbers) : this.#mergeFine(numbers)
  }

  /** About how many persons. */
  estimate(): number {
    if (this.#registers !== undefined) return Math.round(estimateFrom(this.#registers))
    // Linear counting (Whang et al. 1990): two persons that share a register were one.
    return Math.round(-fineCount * Math.log1p(-this.#fine.size / fineCount))
  }

  /** For `merge`; the same for the same persons in whatever order they came. */
  text(): string {
    if (this.#registers !== undefined)
      return allMark + Array.from(this.#registers, (rank) => digits[rank]).join('')
    const sorted = [...this.#fine].toSorted(([a], [b]) => a - b)
    return sorted
      .map(
        ([index, rank]) =>
          digits[index >> 12] + digits[(index >> 6) & 63] + digits[index & 63] + digits[rank],
      )
      .join('')
  }

  #addFine(index: number, rank: number): void {
    if (this.#registers !== undefined) {
      this.addRegister(index, rank, fineBits)
      return
    }
    this.#fine.set(index, Math.max(this.#fine.get(index) ?? 0, rank))
    if (this.#fine.size > mostFine) this.#registers = this.#coarsened()
  }

  #coarsened(): Uint8Array {
    this.#registers = new Uint8Array(registerCount)
    for (const [index, rank] of this.#fine) this.addRegister(index, rank, fineBits)
    this.#fine.clear()
    return this.#registers
  }

  #mergeAll(ranks: readonly number[]): boolean {
    if (ranks.length !== registerCount || ranks.some((rank) => rank > mostRank)) return false
    for (const [index, rank] of ranks.entries()) if (rank > 0) this.addRegister(index, rank, registerBits)
    return true
  }

  #mergeFine(numbers: readonly number[]): boolean {
    const isRight = (number: number, i: number): boolean =>
      i % entryLength < 3 || (number > 0 && number <= mostRank)
    if (numbers.length % entryLength !== 0 || numbers.length > mostFine * entryLength) return false
    if (!numbers.every(isRight)) return false
    for (let i = 0; i < numbers.length; i += entryLength) {
      const [a, b, c, rank] = numbers.slice(i, i + entryLength)
      this.#addFine((a << 12) | (b << 6) | c, rank)
    }
    return true
  }
}
