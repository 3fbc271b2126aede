import { limits } from '../limits.ts'
import { estimateFrom, rankOf } from './hyperloglog.ts'

/** 2^14 registers: the standard error of the estimate is 1.04 / √16384 = 0.8 %. */
const registerBits = 14
const registerCount = 1 << registerBits

/**
 * Counts distinct values by their hashes: exactly up to `limits.exactDistinct`, in as much memory as they need, then by
 * HyperLogLog in 16 KB. Hashes must be uniform, as keyed ones are.
 */
export class DistinctCounter {
  /** Open addressing; high and low halves side by side, 0 0 is empty. Undefined once there are registers. */
  #hashes: Uint32Array | undefined = new Uint32Array(8)
  #count = 0
  #registers: Uint8Array | undefined

  /** Adds a hash of 64 bits, as two unsigned halves. */
  add(high: number, low: number): void {
    if (this.#registers !== undefined) addToRegisters(this.#registers, high, low)
    else if (this.#hashes !== undefined) this.#addExactly(this.#hashes, high, low)
  }

  /** How many distinct hashes were added: exact up to the limit, then an estimate. */
  estimate(): number {
    return this.#registers === undefined ? this.#count : Math.round(estimateFrom(this.#registers))
  }

  /** Adds all that `other` counted. */
  merge(other: DistinctCounter): void {
    const hashes = other.#hashes
    if (hashes !== undefined) {
      for (let i = 0; i < hashes.length; i += 2) {
        if (hashes[i] !== 0 || hashes[i + 1] !== 0) this.add(hashes[i], hashes[i + 1])
      }
      return
    }
    const registers = this.#registers ?? this.#toRegisters()
    other.#registers?.forEach((rank, i) => {
      if (rank > registers[i]) registers[i] = rank
    })
  }

  #addExactly(hashes: Uint32Array, high: number, low: number): void {
    const stored = storedLow(high, low)
    const at = slotOf(hashes, high, stored)
    if (hashes[at] !== 0 || hashes[at + 1] !== 0) return
    if (this.#count >= limits.exactDistinct) {
      addToRegisters(this.#toRegisters(), high, low)
      return
    }
    hashes[at] = high
    hashes[at + 1] = stored
    this.#count++
    // Two words a hash: at most three quarters full.
    if (this.#count * 8 > hashes.length * 3) this.#hashes = grown(hashes)
  }

  #toRegisters(): Uint8Array {
    const registers = new Uint8Array(registerCount)
    const hashes = this.#hashes ?? []
    for (let i = 0; i < hashes.length; i += 2) {
      if (hashes[i] !== 0 || hashes[i + 1] !== 0) addToRegisters(registers, hashes[i], hashes[i + 1])
    }
    this.#registers = registers
    this.#hashes = undefined
    return registers
  }
}

/** Of 2^64 hashes one is taken for another: two zeros are a free slot. */
function storedLow(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low
}

/** Index of the hash, or of the free slot where it belongs. */
function slotOf(hashes: Uint32Array, high: number, low: number): number {
  const mask = hashes.length - 1
  let at = (low * 2) & mask
  while ((hashes[at] !== 0 || hashes[at + 1] !== 0) && (hashes[at] !== high || hashes[at + 1] !== low)) {
    at = (at + 2) & mask
  }
  return at
}

function grown(hashes: Uint32Array): Uint32Array {
  const larger = new Uint32Array(hashes.length * 2)
  for (let i = 0; i < hashes.length; i += 2) {
    if (hashes[i] === 0 && hashes[i + 1] === 0) continue
    const at = slotOf(larger, hashes[i], hashes[i + 1])
    larger[at] = hashes[i]
    larger[at + 1] = hashes[i + 1]
  }
  return larger
}

/** The first bits choose the register; it keeps the most leading zeros seen in the rest, plus one. */
function addToRegisters(registers: Uint8Array, high: number, low: number): void {
  const index = high >>> (32 - registerBits)
  const rank = rankOf(high, low, registerBits)
  if (rank > registers[index]) registers[index] = rank
}
