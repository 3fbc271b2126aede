import { copyBytes } from '../../lib/bytes.ts'

/** How many values are remembered, and the longest of them. */
export interface CleanBounds {
  values: number
  valueBytes: number
}

/** Where a value stands: the same bytes elsewhere are another value. */
export interface CleanPlace {
  role: string
  context: string
  field: string
}

interface Slot extends CleanPlace {
  bytes: Uint8Array
  length: number
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193
/** Bytes that the hash of a value is made of: all of most, of longer ones these from end to end. */
const SAMPLES = 48

/**
 * Values in which nothing was found: most of a client's headers and cookies come with each of its requests. A slot for each hash,
 * compared byte by byte, so that nobody can make one value pass for another; a later value takes its slot.
 */
export class CleanValues {
  readonly #slots: (Slot | undefined)[]
  readonly #bounds: CleanBounds
  #last = 0

  constructor(bounds: CleanBounds) {
    this.#bounds = bounds
    this.#slots = Array.from({ length: bounds.values }, () => undefined)
  }

  has({ role, context, field }: CleanPlace, bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > this.#bounds.valueBytes) return false
    this.#last = hash(bytes, start, end) % this.#bounds.values
    const slot = this.#slots[this.#last]
    if (slot === undefined || slot.length !== end - start || slot.field !== field) return false
    if (slot.role !== role || slot.context !== context) return false
    const known = slot.bytes
    for (let i = 0, at = start; at < end; i++, at++) if (known[i] !== bytes[at]) return false
    return true
  }

  /** Remembers what `has` was just asked about. */
  add({ role, context, field }: CleanPlace, bytes: Uint8Array, start: number, end: number): void {
    if (end - start > this.#bounds.valueBytes) return
    const slot = (this.#slots[this.#last] ??= newSlot())
    if (slot.bytes.length < end - start) slot.bytes = new Uint8Array(roomFor(end - start))
    copyBytes(bytes, start, end, slot.bytes, 0)
    slot.length = end - start
    slot.role = role
    slot.context = context
    slot.field = field
  }
}

function newSlot(): Slot {
  return { role: '', context: '', field: '', bytes: NO_BYTES, length: 0 }
}

const NO_BYTES = new Uint8Array(0)

/** A power of two, so that a slot's bytes are seldom made anew. */
function roomFor(length: number): number {
  return 1 << (32 - Math.clz32(Math.max(31, length - 1)))
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  const step = Math.max(1, Math.floor((end - start) / SAMPLES))
  let h = OFFSET_BASIS ^ (end - start)
  for (let i = end - 1; i >= start; i -= step) h = Math.imul(h ^ bytes[i], PRIME)
  return h >>> 0
}
