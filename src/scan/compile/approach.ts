import { PositionAutomaton } from '../automaton/position-automaton.ts'
import type { ByteSet } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'

/** Bytes before an anchor that are looked at together, and bits of each that count: case and most punctuation do not. */
const bytesBefore = 3
const bitsPerByte = 5
const values = 1 << bitsPerByte

/** Size of the bitmap. */
export const approachBytes = 1 << (bytesBefore * bitsPerByte - 3)

/** Above this share of all combinations the bitmap would let nearly everything pass. */
const mostShare = 0.5

/** Combinations tried while one is built. */
const mostSteps = 1_000_000

/**
 * Which three bytes can stand before the anchor of what is read backwards by these expressions: a bit each, at the index
 * `b1 | b2 << 5 | b3 << 10` of their low bits, `b1` the nearest. One look tells for nearly all candidates that a long list of
 * words has none that ends so. Undefined where it would tell too little.
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
    this.#add(this.#automaton.first, 0, 0)
    return this.#steps <= mostSteps && this.#count <= mostShare * this.bits.length * 8
  }

  /** Marks what `positions` can be at place `place`, after those whose bits are in `index`. */
  #add(positions: readonly number[], place: number, index: number): void {
    for (const position of positions) {
      for (const low of this.#lows[position]) {
        if (this.#steps++ > mostSteps) return
        const longer = index | (low << (place * bitsPerByte))
        if (place === bytesBefore - 1) this.#mark(longer)
        else {
          // Where an expression ends, anything may stand before.
          if (this.#automaton.ends[position] >= 0) this.#markAll(place + 1, longer)
          this.#add(this.#automaton.follow[position], place + 1, longer)
        }
      }
    }
  }

  #markAll(place: number, index: number): void {
    for (let rest = 0; rest < 1 << ((bytesBefore - place) * bitsPerByte); rest++) {
      this.#mark(index | (rest << (place * bitsPerByte)))
    }
  }

  #mark(index: number): void {
    const bit = 1 << (index & 7)
    if ((this.bits[index >> 3] & bit) !== 0) return
    this.bits[index >> 3] |= bit
    this.#count++
  }
}

function lowBits(set: ByteSet): number[] {
  return [...new Set([...set].map((byte) => byte & (values - 1)))]
}
