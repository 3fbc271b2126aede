import { limits } from './limits.ts'
import { CR, LF } from './octets.ts'

const FIRST_BYTES = 1024
const KEPT_BYTES = 4096

/** Capacity of all buffers in use on this thread. */
let inUseBytes = 0

/** Bytes of one direction that are kept until what they belong to is whole; bounded each and all together. */
export class CollectedBytes {
  bytes = new Uint8Array(FIRST_BYTES)
  length = 0
  #lineStart = 0
  #lastLineStart = 0

  /** Undefined when `limits.collectedBytes` is reached. */
  static open(): CollectedBytes | undefined {
    const reused = FREE.pop()
    if (reused === undefined && inUseBytes + FIRST_BYTES > limits.collectedBytes) return undefined
    const collected = reused ?? new CollectedBytes()
    inUseBytes += collected.bytes.length
    collected.length = 0
    collected.#lineStart = 0
    collected.#lastLineStart = 0
    return collected
  }

  /** The object is not to be used again. */
  close(): void {
    inUseBytes -= this.bytes.length
    if (this.bytes.length <= KEPT_BYTES && FREE.length < limits.pooled) FREE.push(this)
  }

  /** Whether the last byte ended a line. */
  get endsLine(): boolean {
    return this.#lineStart === this.length && this.length > 0
  }

  /** Whether the line that just ended is empty. */
  get endsEmptyLine(): boolean {
    if (!this.endsLine) return false
    const length = this.length - this.#lastLineStart
    return length === 1 || (length === 2 && this.bytes[this.#lastLineStart] === CR)
  }

  /** Whether no further byte can be taken: the head is too large, or there is too much in all. */
  get isFull(): boolean {
    return this.length === limits.headBytes || (this.length === this.bytes.length && !this.#mayGrow())
  }

  /** Takes `bytes[start, end)` as far as there is room; returns where it stopped. */
  append(bytes: Uint8Array, start: number, end: number): number {
    this.#reserve(end - start)
    const next = Math.min(end, start + this.bytes.length - this.length)
    this.bytes.set(bytes.subarray(start, next), this.length)
    this.length += next - start
    return next
  }

  /** Takes bytes up to and with the next line feed, as far as there is room; returns where it stopped. */
  appendLine(bytes: Uint8Array, start: number, end: number): number {
    let lf = start
    while (lf < end && bytes[lf] !== LF) lf++
    const next = this.append(bytes, start, Math.min(end, lf + 1))
    if (next === lf + 1) {
      this.#lastLineStart = this.#lineStart
      this.#lineStart = this.length
    }
    return next
  }

  /** Drops the first `count` bytes. */
  drop(count: number): void {
    this.bytes.copyWithin(0, count, this.length)
    this.length -= count
    this.#lineStart = Math.max(0, this.#lineStart - count)
    this.#lastLineStart = Math.max(0, this.#lastLineStart - count)
  }

  #reserve(count: number): void {
    const needed = Math.min(this.length + count, limits.headBytes)
    while (this.bytes.length < needed && this.#mayGrow()) {
      const grown = new Uint8Array(this.bytes.length * 2)
      grown.set(this.bytes.subarray(0, this.length))
      inUseBytes += this.bytes.length
      this.bytes = grown
    }
  }

  #mayGrow(): boolean {
    return this.bytes.length < limits.headBytes && inUseBytes + this.bytes.length <= limits.collectedBytes
  }
}

const FREE: CollectedBytes[] = []

/** Memory that incomplete heads of this thread hold. */
export function collectedMemoryBytes(): number {
  return inUseBytes
}
