/** How much is kept. */
export interface InternedBounds {
  values: number
  /** A longer value is made anew each time. */
  valueBytes: number
}

interface Entry<T> {
  key: Uint8Array
  value: T
}

/**
 * What is made of a value, kept by the value's bytes: on most connections it is one that was seen before, and then nothing
 * is allocated. Direct-mapped, so that it never grows: a new value takes the place of another.
 */
export class Interned<T> {
  readonly #entries: (Entry<T> | undefined)[]
  readonly #bounds: InternedBounds
  readonly #make: (bytes: Uint8Array, start: number, end: number) => T

  constructor(bounds: InternedBounds, make: (bytes: Uint8Array, start: number, end: number) => T) {
    this.#bounds = bounds
    this.#entries = Array.from({ length: bounds.values })
    this.#make = make
  }

  get(bytes: Uint8Array, start: number, end: number): T {
    if (end - start > this.#bounds.valueBytes) return this.#make(bytes, start, end)
    const slot = hash(bytes, start, end) % this.#bounds.values
    const entry = this.#entries[slot]
    if (entry !== undefined && isEqual(bytes, start, end, entry.key)) return entry.value
    const value = this.#make(bytes, start, end)
    this.#entries[slot] = { key: new Uint8Array(bytes.subarray(start, end)), value }
    return value
  }
}

const SAMPLES = 12

/** FNV-1a over the length and at most `SAMPLES` bytes from end to end: enough to spread, cheaper than all of them. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  const step = Math.max(1, Math.floor((end - start) / SAMPLES))
  let h = 0x811c9dc5 ^ (end - start)
  for (let i = end - 1; i >= start; i -= step) h = Math.imul(h ^ bytes[i], 0x01000193)
  return h >>> 0
}

function isEqual(bytes: Uint8Array, start: number, end: number, key: Uint8Array): boolean {
  if (key.length !== end - start) return false
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return false
  return true
}
