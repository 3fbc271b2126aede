import { limits } from '../limits.ts'

/** Numbers of an entry: where its name begins, how long name and value are. */
const NUMBERS = 3
/** Fewest octets in which a table of this size is begun. */
const FIRST_BYTES = 1024

/**
 * The dynamic table of one direction (RFC 7541 section 2.3.2): a ring of octets and a ring of entries, made when the first is added.
 * Where the connection was picked up in its middle, or something of it was lost, older entries are there and not known: what
 * is newer keeps its index.
 */
export class DynamicTable {
  #capacity: number = limits.initialTableBytes
  /** Sizes of the entries, as section 4.1 counts them. */
  #size = 0
  #octets = new Uint8Array(0)
  /** Octets of the newest entry end here. */
  #end = 0
  #entries = new Int32Array(0)
  #newest = 0
  #count = 0

  get capacity(): number {
    return this.#capacity
  }

  get count(): number {
    return this.#count
  }

  /** An encoder's new size (section 4.3), at most `limits.tableBytes`. */
  resize(capacity: number): void {
    this.#capacity = capacity
    this.#evictTo(capacity)
  }

  clear(): void {
    this.#count = 0
    this.#size = 0
  }

  /** Adds a field, name and value behind each other in `bytes[start, end)`. One that is larger than the table empties it (section 4.4). */
  add(bytes: Uint8Array, start: number, nameEnd: number, end: number): void {
    const size = end - start + limits.entryOverheadBytes
    this.#evictTo(this.#capacity - size)
    if (size > this.#capacity) return
    this.#makeRoom()
    const octets = this.#octets
    const from = this.#end
    const first = Math.min(end, start + octets.length - from)
    copy(bytes, start, first, octets, from)
    copy(bytes, first, end, octets, 0)
    this.#end = (from + end - start) % octets.length
    this.#newest = (this.#newest + NUMBERS) % this.#entries.length
    this.#entries[this.#newest] = from
    this.#entries[this.#newest + 1] = nameEnd - start
    this.#entries[this.#newest + 2] = end - nameEnd
    this.#count++
    this.#size += size
  }

  /** Length of the name of the entry at `index`, 0 for the newest. */
  nameLength(index: number): number {
    return this.#entries[this.#at(index) + 1]
  }

  valueLength(index: number): number {
    return this.#entries[this.#at(index) + 2]
  }

  /** Copies the name of an entry to `target`, and its value behind it where `isWhole`; there is room for them. */
  copyTo(target: Uint8Array, at: number, index: number, isWhole: boolean): void {
    const entry = this.#at(index)
    const octets = this.#octets
    const length = this.#entries[entry + 1] + (isWhole ? this.#entries[entry + 2] : 0)
    const from = this.#entries[entry]
    const first = Math.min(length, octets.length - from)
    copy(octets, from, from + first, target, at)
    copy(octets, 0, length - first, target, at + first)
  }

  #at(index: number): number {
    const { length } = this.#entries
    return (this.#newest - index * NUMBERS + length) % length
  }

  #evictTo(size: number): void {
    while (this.#count > 0 && this.#size > size) {
      const oldest = this.#at(this.#count - 1)
      this.#size -= this.#entries[oldest + 1] + this.#entries[oldest + 2] + limits.entryOverheadBytes
      this.#count--
    }
  }

  /** Room for as much as the capacity allows: entries are copied to larger rings when that was raised. */
  #makeRoom(): void {
    const bytes = Math.max(FIRST_BYTES, this.#capacity)
    if (this.#octets.length >= bytes) return
    const octets = new Uint8Array(bytes)
    const entries = new Int32Array(NUMBERS * (Math.floor(bytes / limits.entryOverheadBytes) + 1))
    let end = 0
    for (let index = this.#count - 1, to = 0; index >= 0; index--, to += NUMBERS) {
      const names = this.nameLength(index)
      const values = this.valueLength(index)
      this.copyTo(octets, end, index, true)
      entries.set([end, names, values], to)
      end += names + values
    }
    this.#newest = this.#count === 0 ? 0 : (this.#count - 1) * NUMBERS
    this.#octets = octets
    this.#entries = entries
    this.#end = end % bytes
  }
}

/** Up to here a loop is faster than a view. */
const SHORT = 48

function copy(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  if (end - start > SHORT) target.set(bytes.subarray(start, end), at)
  else for (let i = start, to = at; i < end; i++, to++) target[to] = bytes[i]
}
