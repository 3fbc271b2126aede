import { countryLimits } from './limits.ts'

/** What a MaxMind DB can hold, as far as it is read here; `undefined` where it is damaged or of a kind that is passed over. */
export type MmdbValue = string | number | boolean | MmdbMap | MmdbValue[] | undefined
export interface MmdbMap {
  [key: string]: MmdbValue
}

/** Types of the data section, by number (MaxMind DB file format 2.0, "Output data section"). */
const types = {
  pointer: 1,
  string: 2,
  uint16: 5,
  uint32: 6,
  map: 7,
  uint64: 9,
  array: 11,
  boolean: 14,
} as const

/** Base of pointers of two, three and four bytes. */
const pointerBases = [0, 2048, 526_336, 0] as const

/** Reads values of a data section. Whatever is wrong with it, it does not throw: values are undefined then. */
export class MmdbReader {
  readonly #bytes: Uint8Array
  readonly #base: number
  #at = 0

  /** @param base where the section begins, from which pointers count */
  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes
    this.#base = base
  }

  /** @param offset from the beginning of the section */
  read(offset: number): MmdbValue {
    this.#at = this.#base + offset
    return this.#value(0)
  }

  #value(depth: number): MmdbValue {
    if (depth > countryLimits.depth || this.#at >= this.#bytes.length) return undefined
    const control = this.#bytes[this.#at++]
    const short = control >> 5
    if (short === types.pointer) return this.#pointed(control, depth)
    const type = short === 0 ? 7 + (this.#bytes[this.#at++] ?? 0) : short
    return this.#ofType(type, this.#size(control & 31), depth)
  }

  #ofType(type: number, size: number, depth: number): MmdbValue {
    switch (type) {
      case types.string:
        return this.#text(size)
      case types.uint16:
      case types.uint32:
      case types.uint64:
        return this.#number(size)
      case types.boolean:
        return size !== 0
      case types.map:
        return this.#map(size, depth)
      case types.array:
        return Array.from({ length: Math.min(size, countryLimits.entries) }, () => this.#value(depth + 1))
      default:
        this.#at += size
        return undefined
    }
  }

  #size(size: number): number {
    if (size < 29) return size
    const bytes = size - 28
    return [29, 285, 65_821][bytes - 1] + this.#number(bytes)
  }

  #pointed(control: number, depth: number): MmdbValue {
    const kind = (control >> 3) & 3
    const high = kind === 3 ? 0 : (control & 7) * 2 ** (8 * (kind + 1))
    const target = high + this.#number(kind + 1) + pointerBases[kind]
    const back = this.#at
    this.#at = this.#base + target
    const value = this.#value(depth + 1)
    this.#at = back
    return value
  }

  #map(size: number, depth: number): MmdbMap {
    const map: MmdbMap = Object.create(null) as MmdbMap
    for (let i = 0; i < Math.min(size, countryLimits.entries); i++) {
      const key = this.#value(depth + 1)
      const value = this.#value(depth + 1)
      if (typeof key === 'string') map[key] = value
    }
    return map
  }

  #text(size: number): string {
    const from = this.#at
    this.#at += size
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length).toString(
      'utf8',
      from,
      Math.min(this.#at, this.#bytes.length),
    )
  }

  /** Unsigned, big endian; above 2^53 it is not exact. */
  #number(size: number): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (this.#bytes[this.#at++] ?? 0)
    return value
  }
}
