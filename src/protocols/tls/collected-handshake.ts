import { limits } from './limits.ts'

const FIRST_BYTES = 1024

/** Capacity of all buffers in use on this thread. */
let inUseBytes = 0

/** A handshake message that came in parts, of one direction. */
export class CollectedHandshake {
  bytes = new Uint8Array(0)
  length = 0

  /** Room grows with what comes, not with the length that was announced. False where there is none. */
  append(bytes: Uint8Array, start: number, end: number): boolean {
    const needed = this.length + end - start
    if (needed > this.bytes.length && !this.#grow(needed)) return false
    this.bytes.set(bytes.subarray(start, end), this.length)
    this.length = needed
    return true
  }

  clear(): void {
    inUseBytes -= this.bytes.length
    this.bytes = new Uint8Array(0)
    this.length = 0
  }

  #grow(needed: number): boolean {
    let size = Math.max(FIRST_BYTES, this.bytes.length)
    while (size < needed) size *= 2
    if (inUseBytes + size - this.bytes.length > limits.collectedBytes) return false
    inUseBytes += size - this.bytes.length
    const grown = new Uint8Array(size)
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    return true
  }
}
