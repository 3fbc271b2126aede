import type { CaptureProblem, PacketSink } from './capture.ts'
import type { CaptureReader } from './reader.ts'

/** Takes chunks of any size (a stream's) in place of a caller's buffer; copies only records cut between two chunks. */
export class CaptureFeed {
  readonly #reader: CaptureReader
  readonly #sink: PacketSink
  #carry = new Uint8Array(4096)
  #carried = 0

  constructor(reader: CaptureReader, sink: PacketSink) {
    this.#reader = reader
    this.#sink = sink
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (this.#carried > 0 && at < chunk.length) at += this.#completeCarried(chunk, at)
    if (at === chunk.length) return
    at += this.#reader.read(chunk, at, chunk.length, this.#sink)
    this.#keep(chunk, at, chunk.length)
  }

  /** Adds no more to what is carried than its record needs, so that the rest of the chunk is read where it lies. */
  #completeCarried(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#reader.needed - this.#carried, chunk.length - at)
    this.#keep(chunk, at, at + taken)
    const consumed = this.#reader.read(this.#carry, 0, this.#carried, this.#sink)
    this.#carry.copyWithin(0, consumed, this.#carried)
    this.#carried -= consumed
    return taken
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const size = this.#carried + to - from
    if (size > this.#carry.length) {
      const larger = new Uint8Array(Math.max(size, 2 * this.#carry.length))
      larger.set(this.#carry.subarray(0, this.#carried))
      this.#carry = larger
    }
    this.#carry.set(chunk.subarray(from, to), this.#carried)
    this.#carried = size
  }

  finish(): CaptureProblem | undefined {
    return this.#reader.finish()
  }
}
