import type { ContentFormat, ContentStream } from '../../protocols/protocol.ts'
import { limits } from './limits.ts'

/** Bytes that the bodies of an engine take together. */
export interface BodyMemory {
  bytes: number
}

/** What is done with a body that has come. */
export interface BodyTaker {
  body(format: ContentFormat, bytes: Uint8Array, start: number, end: number): void
  /** It was longer than is judged, or there was no room for it. */
  cut(): void
}

const NO_BYTES = new Uint8Array(0)

/** Collects a body until it is whole: values of it are judged where they stand, however they were cut. */
export class BodyCollector implements ContentStream {
  readonly #format: ContentFormat
  readonly #taker: BodyTaker
  readonly #memory: BodyMemory
  #bytes: Uint8Array = NO_BYTES
  #length = 0
  #isCut = false
  #isOver = false

  constructor(format: ContentFormat, taker: BodyTaker, memory: BodyMemory) {
    this.#format = format
    this.#taker = taker
    this.#memory = memory
  }

  write(bytes: Uint8Array, start: number, end: number, isLast = false): void {
    if (this.#isOver) return
    if (isLast && this.#length === 0 && end - start <= limits.bodyBytes) {
      this.#isOver = true
      this.#taker.body(this.#format, bytes, start, end)
      return
    }
    const taken = Math.min(end - start, limits.bodyBytes - this.#length)
    if (taken < end - start) this.#isCut = true
    if (!this.#makeRoom(this.#length + taken)) return
    this.#bytes.set(bytes.subarray(start, start + taken), this.#length)
    this.#length += taken
  }

  close(): void {
    if (!this.#isOver && this.#length > 0) this.#taker.body(this.#format, this.#bytes, 0, this.#length)
    if (this.#isCut) this.#taker.cut()
    this.drop()
  }

  /** Nobody waits for it any more. */
  drop(): void {
    this.#memory.bytes -= this.#bytes.length
    this.#bytes = NO_BYTES
    this.#length = 0
    this.#isCut = false
    this.#isOver = true
  }

  #makeRoom(length: number): boolean {
    if (length <= this.#bytes.length) return true
    const size = Math.min(limits.bodyBytes, Math.max(length, this.#bytes.length * 2, 2048))
    if (this.#memory.bytes + size - this.#bytes.length > limits.bodiesBytes) {
      this.#isCut = true
      return false
    }
    this.#memory.bytes += size - this.#bytes.length
    const grown = new Uint8Array(size)
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
    return true
  }
}
