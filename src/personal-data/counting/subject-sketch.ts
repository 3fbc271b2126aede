import { estimateFrom, rankOf } from './hyperloglog.ts'

/** 2^11 registers: the standard error of an estimate is 1.04 / √2048 = 2.3 %. Few persons are counted nearly exactly. */
const registerBits = 11
const registerCount = 1 << registerBits

/** A register's rank, up to 54, is one character; its index two. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map([...digits].map((digit, value) => [digit, value]))
const mostRank = 64 - registerBits + 1

/** What a text begins with that has the rank of every register, and not index and rank of a few. */
const denseMark = '.'
/** As texts, this many registers take as much as all of them. */
const mostSparse = Math.floor(registerCount / 3)

/** Characters of a sketch as a text, at most. */
export const sketchLength: number = registerCount + denseMark.length

/**
 * Which persons' data it is, as far as it takes to count them over several flows: a HyperLogLog of keyed hashes, of which no hash
 * can be had back. Two sketches together count whom either has seen, once.
 */
export class SubjectSketch {
  readonly #ranks = new Map<number, number>()
  #dense: Uint8Array | undefined

  get isEmpty(): boolean {
    return this.#ranks.size === 0 && this.#dense === undefined
  }

  /** Adds a keyed hash of 64 bits, as two unsigned halves. */
  add(high: number, low: number): void {
    this.#raise(high >>> (32 - registerBits), rankOf(high, low, registerBits))
  }

  /** Adds what a register of a finer HyperLogLog has seen, of `2 ** bits` registers. */
  addRegister(index: number, rank: number, bits: number): void {
    const more = bits - registerBits
    const rest = index & ((1 << more) - 1)
    const zeros = rest === 0 ? more + rank - 1 : Math.clz32(rest) - (32 - more)
    this.#raise(index >>> more, zeros + 1)
  }

  /** Adds what another one, as a text, has seen. False where it is none: then nothing was added. */
  merge(text: string): boolean {
    const registers = parse(text)
    for (const [index, rank] of registers ?? []) this.#raise(index, rank)
    return registers !== undefined
  }

  /** About how many persons. */
  estimate(): number {
    if (this.isEmpty) return 0
    const all = this.#dense ?? Uint8Array.from({ length: registerCount }, (_, i) => this.#ranks.get(i) ?? 0)
    return Math.round(estimateFrom(all))
  }

  /** For `merge`; the same for the same persons in whatever order they came. */
  text(): string {
    if (this.#dense !== undefined) return denseMark + Array.from(this.#dense, (rank) => digits[rank]).join('')
    const sorted = [...this.#ranks].toSorted(([a], [b]) => a - b)
    return sorted.map(([index, rank]) => digits[index >> 6] + digits[index & 63] + digits[rank]).join('')
  }

  #raise(index: number, rank: number): void {
    if (this.#dense !== undefined) {
      this.#dense[index] = Math.max(this.#dense[index], rank)
      return
    }
    this.#ranks.set(index, Math.max(this.#ranks.get(index) ?? 0, rank))
    if (this.#ranks.size <= mostSparse) return
    this.#dense = Uint8Array.from({ length: registerCount }, (_, i) => this.#ranks.get(i) ?? 0)
    this.#ranks.clear()
  }
}

/** Index and rank of registers; undefined where the text is no sketch. */
function parse(text: string): [index: number, rank: number][] | undefined {
  const numbers = Array.from(text.startsWith(denseMark) ? text.slice(denseMark.length) : text, (digit) =>
    values.get(digit),
  )
  if (numbers.some((number) => number === undefined)) return undefined
  const known = numbers as number[]
  const registers = text.startsWith(denseMark) ? denseRegisters(known) : sparseRegisters(known)
  const isRight = registers?.every(([index, rank]) => index < registerCount && rank >= 1 && rank <= mostRank)
  return isRight === true ? registers : undefined
}

function denseRegisters(ranks: readonly number[]): [number, number][] | undefined {
  if (ranks.length !== registerCount) return undefined
  return [...ranks.entries()].filter(([, rank]) => rank > 0)
}

function sparseRegisters(numbers: readonly number[]): [number, number][] | undefined {
  if (numbers.length % 3 !== 0 || numbers.length > 3 * mostSparse) return undefined
  return Array.from({ length: numbers.length / 3 }, (_, i) => [
    (numbers[3 * i] << 6) | numbers[3 * i + 1],
    numbers[3 * i + 2],
  ])
}
