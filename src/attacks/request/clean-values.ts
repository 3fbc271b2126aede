import { limits } from '../limits.ts'

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193

interface Slot {
  role: string
  context: string
  field: string
  bytes: Uint8Array
  length: number
}

/**
 * Values in which nothing was found: most of a client's headers and cookies come with each of its requests. A slot for each hash,
 * compared byte by byte, so that nobody can make one value pass for another; a later value takes its slot.
 */
export class CleanValues {
  readonly #slots: (Slot | undefined)[] = Array.from({ length: limits.cleanValues }, () => undefined)
  #last = 0

  has(place: Omit<Slot, 'bytes' | 'length'>, bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > limits.cleanValueBytes) return false
    this.#last = slotOf(bytes, start, end)
    const slot = this.#slots[this.#last]
    if (slot === undefined || slot.length !== end - start || slot.field !== place.field) return false
    if (slot.role !== place.role || slot.context !== place.context) return false
    for (let i = 0; i < slot.length; i++) if (slot.bytes[i] !== bytes[start + i]) return false
    return true
  }

  /** Remembers what `has` was just asked about. */
  add(
    { role, context, field }: Omit<Slot, 'bytes' | 'length'>,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if (end - start > limits.cleanValueBytes) return
    const slot = (this.#slots[this.#last] ??= newSlot())
    if (slot.bytes.length < end - start) slot.bytes = new Uint8Array(end - start)
    slot.bytes.set(bytes.subarray(start, end))
    slot.length = end - start
    slot.role = role
    slot.context = context
    slot.field = field
  }
}

function newSlot(): Slot {
  return { role: '', context: '', field: '', bytes: new Uint8Array(0), length: 0 }
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET_BASIS
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], PRIME)
  return (hash >>> 0) % limits.cleanValues
}
