import { estimateFrom, rankOf } from './hyperloglog.ts'

/** 2^14 registers: the standard error of an estimate is 1.04 / √16384 = 0.8 %. */
const registerBits = 14
const registerCount = 1 << registerBits

/** Few hashes are kept by registers of which there are so many that two hardly ever share one. */
const fineBits = 18
const fineCount = 1 << fineBits

/** A rank, up to 51, is one character; the index of a fine register three. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const codes = Buffer.from(digits, 'latin1')
/** Value of each code of a digit; -1 of others. */
const values = new Int8Array(128).fill(-1)
for (const [value, code] of codes.entries()) values[code] = value
const mostRank = 64 - registerBits + 1
const entryLength = 4

/** What a text begins with that has the rank of every register, and not fine ones of a few hashes. */
const allMark = '.'
/** In memory, so many fine registers take as much as all coarse ones. */
const mostFine = 2048

/** Characters of a sketch as a text, at most. */
export const hashSketchLength: number = registerCount + allMark.length

/** Bits of a fine register's rank in a word; what is above them is its index. No rank is 0, so that 0 is a free slot. */
const rankBits = 6
const rankMask = (1 << rankBits) - 1
const firstSlots = 16

/**
 * A set of keyed hashes, as far as it takes to count it together with others: a HyperLogLog, of which no hash can be had back.
 * Two sketches together count what is in either, once.
 */
export class HashSketch {
  /** Open addressing by index; a quarter of it and more is free. */
  #fine = new Uint32Array(firstSlots)
  #fineUsed = 0
  #registers: Uint8Array | undefined
  /** Undefined where something was added since it was reckoned. */
  #estimate: number | undefined

  /** Past the size where single hashes matter. */
  get isLarge(): boolean {
    return this.#registers !== undefined
  }

  get isEmpty(): boolean {
    return this.#fineUsed === 0 && this.#registers === undefined
  }

  /** Adds a keyed hash of 64 bits, as two unsigned halves. */
  add(high: number, low: number): void {
    this.#estimate = undefined
    this.#addFine(high >>> (32 - fineBits), rankOf(high, low, fineBits))
  }

  /** Adds what another one has seen. */
  addAll(other: HashSketch): void {
    this.#estimate = undefined
    if (other.#registers === undefined) {
      for (const word of other.#fine) if (word !== 0) this.#addFine(word >>> rankBits, word & rankMask)
      return
    }
    const registers = (this.#registers ??= this.#coarsened())
    for (let i = 0; i < registerCount; i++)
      if (other.#registers[i] > registers[i]) registers[i] = other.#registers[i]
  }

  clone(): HashSketch {
    const copy = new HashSketch()
    copy.addAll(this)
    return copy
  }

  /** Adds what another one, as a text, has seen. False where it is none: then nothing was added. */
  merge(text: string): boolean {
    const isAll = text.startsWith(allMark)
    const numbers = numbersOf(text, isAll ? allMark.length : 0)
    if (numbers === undefined) return false
    this.#estimate = undefined
    return isAll ? this.#mergeAll(numbers) : this.#mergeFine(numbers)
  }

  /** About how many hashes. */
  estimate(): number {
    return (this.#estimate ??= this.#reckon())
  }

  #reckon(): number {
    if (this.#registers !== undefined) return Math.round(estimateFrom(this.#registers))
    // Linear counting (Whang et al. 1990): two hashes that share a register were one.
    return Math.round(-fineCount * Math.log1p(-this.#fineUsed / fineCount))
  }

  /** For `merge`; the same for the same hashes in whatever order they came. */
  text(): string {
    if (this.#registers !== undefined) {
      const text = Buffer.allocUnsafe(registerCount)
      for (let i = 0; i < registerCount; i++) text[i] = codes[this.#registers[i]]
      return allMark + text.toString('latin1')
    }
    const sorted = this.#fine.filter((word) => word !== 0).toSorted()
    return Array.from(sorted, fineText).join('')
  }

  #addFine(index: number, rank: number): void {
    if (this.#registers !== undefined) {
      addCoarse(this.#registers, index, rank)
      return
    }
    const at = slotOf(this.#fine, index)
    const word = (index << rankBits) | rank
    if (this.#fine[at] !== 0) {
      if (word > this.#fine[at]) this.#fine[at] = word
      return
    }
    if (this.#fineUsed === mostFine) {
      this.#registers = this.#coarsened()
      addCoarse(this.#registers, index, rank)
      return
    }
    this.#fine[at] = word
    this.#fineUsed++
    if (this.#fineUsed * 4 > this.#fine.length * 3) this.#fine = grown(this.#fine)
  }

  #coarsened(): Uint8Array {
    const registers = new Uint8Array(registerCount)
    for (const word of this.#fine) if (word !== 0) addCoarse(registers, word >>> rankBits, word & rankMask)
    this.#fine = new Uint32Array(0)
    this.#fineUsed = 0
    return registers
  }

  #mergeAll(ranks: Int8Array): boolean {
    if (ranks.length !== registerCount || ranks.some((rank) => rank > mostRank)) return false
    const registers = (this.#registers ??= this.#coarsened())
    for (let i = 0; i < registerCount; i++) if (ranks[i] > registers[i]) registers[i] = ranks[i]
    return true
  }

  #mergeFine(numbers: Int8Array): boolean {
    const isRight = (number: number, i: number): boolean =>
      i % entryLength < 3 || (number > 0 && number <= 64 - fineBits + 1)
    if (numbers.length % entryLength !== 0 || numbers.length > mostFine * entryLength) return false
    if (!numbers.every(isRight)) return false
    for (let i = 0; i < numbers.length; i += entryLength) {
      const [a, b, c, rank] = numbers.subarray(i, i + entryLength)
      this.#addFine((a << 12) | (b << 6) | c, rank)
    }
    return true
  }
}

/** What a fine register has seen, as a coarse one sees it: bits of the index that choose no register there count as zeros do. */
function addCoarse(registers: Uint8Array, index: number, rank: number): void {
  const more = fineBits - registerBits
  const rest = index & ((1 << more) - 1)
  const zeros = rest === 0 ? more + rank - 1 : Math.clz32(rest) - (32 - more)
  const coarse = index >>> more
  if (zeros + 1 > registers[coarse]) registers[coarse] = zeros + 1
}

/** Of the register, or the free slot where it belongs. */
function slotOf(fine: Uint32Array, index: number): number {
  const mask = fine.length - 1
  let at = index & mask
  while (fine[at] !== 0 && fine[at] >>> rankBits !== index) at = (at + 1) & mask
  return at
}

function grown(fine: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(fine.length * 2)
  for (const word of fine) if (word !== 0) larger[slotOf(larger, word >>> rankBits)] = word
  return larger
}

function fineText(word: number): string {
  const index = word >>> rankBits
  return digits[index >> 12] + digits[(index >> 6) & 63] + digits[index & 63] + digits[word & rankMask]
}

/** The digits of a text from an index on; undefined where something else stands there, or more than any sketch has. */
function numbersOf(text: string, from: number): Int8Array | undefined {
  if (text.length > hashSketchLength) return undefined
  const numbers = new Int8Array(text.length - from)
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code < values.length ? values[code] : -1
    if (value < 0) return undefined
    numbers[i - from] = value
  }
  return numbers
}
