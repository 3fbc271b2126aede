import { copyBytes } from '../lib/bytes.ts'
import type { Direction } from '../model/direction.ts'
import type { ContentInspector } from './content-inspector.ts'
import { limits } from './limits.ts'

/** One for all: nothing of it is needed beyond a call. */
const SEAM = new Uint8Array(2 * limits.seamBytes)

/** The last bytes of both directions of a stream, so that a value across a seam is seen in what follows. */
export class StreamEnds {
  readonly #bytes: readonly [Uint8Array, Uint8Array] = [
    new Uint8Array(limits.seamBytes),
    new Uint8Array(limits.seamBytes),
  ]
  readonly #lengths: [number, number] = [0, 0]

  /** Categories in bytes that are next in a direction, read as text together with those before, as bits. */
  peek(
    inspector: ContentInspector,
    direction: Direction,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): number {
    const before = this.#lengths[direction]
    const behind = Math.min(end - start, limits.seamBytes)
    copyBytes(this.#bytes[direction], 0, before, SEAM, 0)
    copyBytes(bytes, start, start + behind, SEAM, before)
    const across = inspector.peekText(SEAM, 0, before + behind)
    return end - start > behind ? across | inspector.peekText(bytes, start, end) : across
  }

  /** The stream goes on behind these bytes. */
  pass(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const kept = this.#bytes[direction]
    const added = Math.min(end - start, kept.length)
    const before = Math.min(this.#lengths[direction], kept.length - added)
    kept.copyWithin(0, this.#lengths[direction] - before, this.#lengths[direction])
    copyBytes(bytes, end - added, end, kept, before)
    this.#lengths[direction] = before + added
  }
}
