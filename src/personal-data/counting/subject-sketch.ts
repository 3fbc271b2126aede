import { estimateFrom, rankOf } from './hyperloglog.ts'

/** 2^11 registers: the standard error of an estimate is 1.04 / √2048 = 2.3 %. */
const registerBits = 11
const registerCount = 1 << registerBits

/** Few persons are kept by registers of which there are so many that two hardly ever share one. */
const fineBits = 18
const fineCount = 1 << fineBits

/** A rank, up to 54, is one character; the index of a fine register three. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const codes = Buffer.from(digits, 'latin1')
/** Value of each code of a digit; -1 of others. */
const values = new Int8Array(128).fill(-1)
for (const [value, code] of codes.entries()) values[code] = value
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
    const numbers = numbersOf(text, isAll ? allMark.length : 0)
    if (numbers === undefined) return false
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
    if (this.#registers !== undefined) {
      const text = Buffer.allocUnsafe(registerCount)
      for (let i = 0; i < registerCount; i++) text[i] = codes[this.#registers[i]]
      return allMark + text.toString('latin1')
    }
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

  #mergeAll(ranks: Int8Array): boolean {
    if (ranks.length !== registerCount || ranks.some((rank) => rank > mostRank)) return false
    const registers = (this.#registers ??= this.#coarsened())
    for (let i = 0; i < registerCount; i++) if (ranks[i] > registers[i]) registers[i] = ranks[i]
    return true
  }

  #mergeFine(numbers: Int8Array): boolean {
    const isRight = (number: number, i: number): boolean =>
      i % entryLength < 3 || (number > 0 && number <= mostRank)
    if (numbers.length % entryLength !== 0 || numbers.length > mostFine * entryLength) return false
    if (!numbers.every(isRight)) return false
    for (let i = 0; i < numbers.length; i += entryLength) {
      const [a, b, c, rank] = numbers.subarray(i, i + entryLength)
      this.#addFine((a << 12) | (b << 6) | c, rank)
    }
    return true
  }
}

/** The digits of a text from an index on; undefined where something else stands there, or more than any sketch has. */
function numbersOf(text: string, from: number): Int8Array | undefined {
  if (text.length > sketchLength) return undefined
  const numbers = new Int8Array(text.length - from)
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code < values.length ? values[code] : -1
    if (value < 0) return undefined
    numbers[i - from] = value
  }
  return numbers
}
