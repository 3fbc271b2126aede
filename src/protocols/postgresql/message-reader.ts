import { u32 } from '../../lib/bytes.ts'
import { limits } from './limits.ts'

/** Takes the messages of one direction. Offsets are those of the body, without type and length. */
export interface MessageHandler {
  message(type: number, bytes: Uint8Array, start: number, end: number): void
  /** A message beyond `limits.messageBytes`, piece by piece; `last` with the final one. */
  longMessage(type: number, bytes: Uint8Array, start: number, end: number, last: boolean): void
  /** The length field cannot be: the stream is not in step. */
  broken(): void
}

const HEADER = 5

/**
 * Frames of the protocol (PostgreSQL documentation, 55.7): a type byte, a big-endian length that counts itself, the
 * body. A message that lies whole in the bytes at hand is handed on in place; one that is cut is collected.
 */
export class MessageReader {
  readonly #header = new Uint8Array(HEADER)
  #headerLength = 0
  /** Body bytes still to come; -1 between messages. */
  #missing = -1
  #long = false
  #kept: Uint8Array | undefined
  #keptLength = 0

  /** True between two messages: a good place to find the other side's protocol change. */
  get idle(): boolean {
    return this.#missing < 0 && this.#headerLength === 0
  }

  read(bytes: Uint8Array, start: number, end: number, handler: MessageHandler): void {
    let i = start
    while (i < end)
      i =
        this.#missing < 0 ? this.#readHeader(bytes, i, end, handler) : this.#readBody(bytes, i, end, handler)
  }

  #readHeader(bytes: Uint8Array, start: number, end: number, handler: MessageHandler): number {
    let i = start
    while (i < end && this.#headerLength < HEADER) this.#header[this.#headerLength++] = bytes[i++]
    if (this.#headerLength < HEADER) return i
    this.#headerLength = 0
    const length = u32(this.#header, 1) - 4
    if (length < 0 || length > 0x3fffffff) {
      handler.broken()
      return end
    }
    this.#missing = length
    this.#long = length > limits.messageBytes
    this.#keptLength = 0
    // An empty body is complete at once.
    return length === 0 ? this.#readBody(bytes, i, i, handler) : i
  }

  #readBody(bytes: Uint8Array, start: number, end: number, handler: MessageHandler): number {
    const stop = Math.min(end, start + this.#missing)
    const complete = stop - start === this.#missing
    const type = this.#header[0]
    this.#missing -= stop - start
    if (this.#long) handler.longMessage(type, bytes, start, stop, complete)
    else if (complete && this.#keptLength === 0) handler.message(type, bytes, start, stop)
    else this.#collect(bytes, start, stop, complete, handler)
    if (complete) this.#missing = -1
    return stop
  }

  #collect(bytes: Uint8Array, start: number, end: number, complete: boolean, handler: MessageHandler): void {
    const needed = this.#keptLength + end - start
    let kept = this.#kept
    if (kept === undefined || kept.length < needed) {
      const grown = new Uint8Array(Math.min(limits.messageBytes, Math.max(1024, needed * 2)))
      if (kept !== undefined) grown.set(kept.subarray(0, this.#keptLength))
      this.#kept = kept = grown
    }
    kept.set(bytes.subarray(start, end), this.#keptLength)
    this.#keptLength = needed
    if (!complete) return
    handler.message(this.#header[0], kept, 0, needed)
    this.#keptLength = 0
    this.#kept = undefined
  }
}
