import type { ValueSink } from './field-tracker.ts'
import { limits } from './limits.ts'

/** The value at hand of a field whose whole values are wanted: collected as it streams by, told when it ends. */
export class KeptValue {
  readonly #bytes = new Uint8Array(limits.valueBytes)
  #length = 0
  #from = 0
  #to = 0
  /** It is wanted. */
  isOpen = false

  begin(): void {
    this.isOpen = true
    this.#length = 0
  }

  /** The next byte of the value, at position `at` of the content; of one that is too long only the beginning is kept. */
  add(byte: number, at: number): void {
    if (this.#length === 0) this.#from = at
    if (this.#length < this.#bytes.length) this.#bytes[this.#length] = byte
    this.#length++
    this.#to = at + 1
  }

  /** The last `count` bytes that were added are none of the value's. */
  takeBack(count: number): void {
    this.#length = Math.max(0, this.#length - count)
    this.#to -= count
  }

  /** Tells of the value without the blanks around it, unless it was too long. */
  end(field: string, sink: ValueSink): void {
    this.isOpen = false
    const bytes = this.#bytes
    if (this.#length > bytes.length) return
    let start = 0
    let end = this.#length
    while (start < end && bytes[start] <= 0x20) start++
    while (end > start && bytes[end - 1] <= 0x20) end--
    if (start === end) return
    sink.value(field, bytes, start, end, this.#from + start, this.#to - (this.#length - end))
  }

  drop(): void {
    this.isOpen = false
  }
}
