import { PositionAutomaton } from '../automaton/position-automaton.ts'
import { type ByteSet, decimalDigits } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'

/** Bytes before an anchor that are looked at together. */
const bytesBefore = 4

/**
 * How the index of four bytes in a bitmap is made of them, read as one little-endian number: of each byte the low five bits
 * count, so that case and most punctuation do not; the upper `bits` of their product with `factor` (Fibonacci hashing, Knuth
 * 6.4) are the index. A digit next to the anchor is left out: `name1` is found by what `name` is.
 */
export const approachHash = { mask: 0x1f1f1f1f, factor: 0x9e3779b1, bits: 16 } as const

/** Values of a byte of which five bits count. */
const values = 32

/** Size of the bitmap. */
export const approachBytes = 1 << (approachHash.bits - 3)

/** Above this share of all combinations the bitmap would let nearly everything pass. */
const mostShare = 0.5

/** Combinations tried while one is built. */
const mostSteps = 1_000_000

/**
 * Which four bytes can stand before the anchor of what is read backwards by these expressions. One look tells for nearly all
 * candidates that a long list of words has none that ends so. Undefined where it would tell too little.
 */
export function approachBitmap(prefixes: readonly Expression[]): Uint8Array | undefined {
  const automaton = new PositionAutomaton()
  for (const [i, prefix] of prefixes.entries()) automaton.add(prefix, i)
  const builder = new BitmapBuilder(automaton)
  return builder.build() ? builder.bits : undefined
}

class BitmapBuilder {
  readonly bits = new Uint8Array(approachBytes)
  readonly #automaton: PositionAutomaton
  /** Low bits of each position's bytes, each once. */
  readonly #lows: readonly (readonly number[])[]
  #count = 0
  #steps = 0

  constructor(automaton: PositionAutomaton) {
    this.#automaton = automaton
    this.#lows = automaton.sets.map(lowBits)
  }

  build(): boolean {
    this.#addNearest()
    return this.#steps <= mostSteps && this.#count <= mostShare * this.bits.length * 8
  }

  /** Marks what can stand before the anchor, a digit next to it left out. */
  #addNearest(): void {
    const { first, sets, ends, follow } = this.#automaton
    const digits = first.filter((position) => sets[position].intersects(decimalDigits))
    if (digits.some((position) => ends[position] >= 0)) this.#markAll(0, 0)
    this.#add([...new Set(digits.flatMap((position) => follow[position]))], 0, 0)
    this.#add(first, 0, 0)
  }

  /** Marks what `positions` can be at place `place`, after those whose bits are in `bytes`. */
  #add(positions: readonly number[], place: number, bytes: number): void {
    for (const position of positions) {
      for (const low of this.#lows[position]) {
        if (this.#steps++ > mostSteps) return
        const longer = withByte(bytes, place, low)
        if (place === bytesBefore - 1) this.#mark(longer)
        else {
          // Where an expression ends, anything may stand before.
          if (this.#automaton.ends[position] >= 0) this.#markAll(place + 1, longer)
          this.#add(this.#automaton.follow[position], place + 1, longer)
        }
      }
    }
  }

  #markAll(place: number, bytes: number): void {
    if (place === bytesBefore) {
      this.#mark(bytes)
      return
    }
    for (let low = 0; low < values; low++) {
      if (this.#steps++ > mostSteps) return
      this.#markAll(place + 1, withByte(bytes, place, low))
    }
  }

  #mark(bytes: number): void {
    const index = Math.imul(bytes, approachHash.factor) >>> (32 - approachHash.bits)
    const bit = 1 << (index & 7)
    if ((this.bits[index >> 3] & bit) !== 0) return
    this.bits[index >> 3] |= bit
    this.#count++
  }
}

/** Puts the byte at place `place` before the anchor, the nearest being 0, where it is in the number that is read. */
function withByte(bytes: number, place: number, low: number): number {
  return bytes | (low << (8 * (bytesBefore - 1 - place)))
}

function lowBits(set: ByteSet): number[] {
  return [...new Set([...set].map((byte) => byte & (values - 1)))]
}
