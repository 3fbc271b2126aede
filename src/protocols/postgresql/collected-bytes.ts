import { limits } from './limits.ts'

const FIRST_BYTES = 2048
const NONE = new Uint8Array(0)

/** Capacity of all buffers in use on this thread. */
let inUseBytes = 0
const FREE: Uint8Array<ArrayBuffer>[] = []

/** Bytes that are kept until what they belong to is whole. Room grows with what comes, not with what is announced. */
export class CollectedBytes {
  bytes = NONE
  length = 0

  /** Takes all of `bytes[start, end)`, or nothing and false where `limits.collectedBytes` is reached. */
  append(bytes: Uint8Array, start: number, end: number): boolean {
    const needed = this.length + end - start
    if (needed > this.bytes.length && !this.#grow(needed)) return false
    if (end - start < 16) for (let i = start, to = this.length; i < end; i++, to++) this.bytes[to] = bytes[i]
    else this.bytes.set(bytes.subarray(start, end), this.length)
    this.length = needed
    return true
  }

  /** Drops the first `count` bytes. */
  drop(count: number): void {
    this.bytes.copyWithin(0, count, this.length)
    this.length -= count
  }

  /** Gives back the memory. What `bytes` was may still be read until something else is collected. */
  clear(): void {
    this.length = 0
    if (this.bytes === NONE) return
    inUseBytes -= this.bytes.length
    if (this.bytes.length === FIRST_BYTES && FREE.length < limits.pooled) FREE.push(this.bytes)
    this.bytes = NONE
  }

  #grow(needed: number): boolean {
    let size = Math.max(FIRST_BYTES, this.bytes.length)
    while (size < needed) size *= 2
    if (inUseBytes + size - this.bytes.length > limits.collectedBytes) return false
    const grown = (size === FIRST_BYTES ? FREE.pop() : undefined) ?? new Uint8Array(size)
    grown.set(this.bytes.subarray(0, this.length))
    const { length } = this
    this.clear()
    this.length = length
    this.bytes = grown
    inUseBytes += size
    return true
  }
}

/** Memory that incomplete messages of this thread hold. */
export function collectedMemoryBytes(): number {
  return inUseBytes
}
