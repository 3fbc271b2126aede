import type { Direction } from '../model/direction.ts'
import { limits } from './limits.ts'

type Replay = (direction: Direction, bytes: Uint8Array, start: number, end: number) => void

const FIRST_BYTES = 256

/** The first bytes of both directions of a flow whose protocol is not known yet, and the order in which they came. */
export class PendingBytes {
  readonly #buffers: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)]
  readonly #lengths: [number, number] = [0, 0]
  /** Runs in order of arrival: length × 2 + direction. */
  readonly #runs: number[] = []

  length(direction: Direction): number {
    return this.#lengths[direction]
  }

  /** All that a direction sent so far, from offset 0; valid until the next `append`. */
  bytes(direction: Direction): Uint8Array {
    return this.#buffers[direction]
  }

  /** Keeps a copy; false, and nothing kept, when a direction would exceed `limits.probeBytes`. */
  append(direction: Direction, bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.#lengths[direction]
    const needed = length + end - start
    if (needed > limits.probeBytes) return false
    if (needed > this.#buffers[direction].length) this.#grow(direction, needed)
    this.#buffers[direction].set(bytes.subarray(start, end), length)
    this.#lengths[direction] = needed
    this.#runs.push((end - start) * 2 + direction)
    return true
  }

  replay(take: Replay): void {
    const at = [0, 0]
    for (const run of this.#runs) {
      const direction = (run & 1) as Direction
      const end = at[direction] + (run >> 1)
      take(direction, this.#buffers[direction], at[direction], end)
      at[direction] = end
    }
  }

  #grow(direction: Direction, needed: number): void {
    let size = Math.max(FIRST_BYTES, this.#buffers[direction].length)
    while (size < needed) size *= 2
    const grown = new Uint8Array(size)
    grown.set(this.#buffers[direction].subarray(0, this.#lengths[direction]))
    this.#buffers[direction] = grown
  }
}
