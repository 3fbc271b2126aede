/** One segment of Ethernet's size with room to spare, or a part of a larger one. */
export const CHUNK_BYTES = 2048
const CHUNKS_PER_SLAB = 64

/**
 * Memory for segments that wait: chunks of one size out of slabs that are made as needed and never given back. A chunk
 * holds a run of one stream. Chunk 0 is none.
 */
export class SegmentChunks {
  /** Sequence number of the first byte. */
  sequence = new Int32Array(0)
  length = new Int32Array(0)
  /** 0 when the bytes themselves were cut off by the capture. */
  stored = new Uint8Array(0)
  /** The chunk that follows in its queue; of a free chunk, the next free one. */
  next = new Int32Array(0)
  /** When the packet that brought it came. */
  time = new Float64Array(0)
  /** In use. */
  count = 0
  readonly #most: number
  readonly #slabs: Uint8Array[] = []
  #free = 0
  #used = 1

  constructor(most: number) {
    this.#most = most
  }

  /** 0 when all are in use. */
  take(): number {
    if (this.count >= this.#most) return 0
    this.count++
    const chunk = this.#free
    if (chunk !== 0) {
      this.#free = this.next[chunk]
      return chunk
    }
    if (this.#used >= this.#slabs.length * CHUNKS_PER_SLAB) this.#grow()
    return this.#used++
  }

  release(chunk: number): void {
    this.next[chunk] = this.#free
    this.#free = chunk
    this.count--
  }

  /** What the chunk's bytes lie in, and where they begin there. */
  slab(chunk: number): Uint8Array {
    return this.#slabs[Math.trunc(chunk / CHUNKS_PER_SLAB)]
  }

  offset(chunk: number): number {
    return (chunk % CHUNKS_PER_SLAB) * CHUNK_BYTES
  }

  #grow(): void {
    this.#slabs.push(new Uint8Array(CHUNKS_PER_SLAB * CHUNK_BYTES))
    if (this.sequence.length >= this.#slabs.length * CHUNKS_PER_SLAB) return
    const size = Math.max(2 * this.sequence.length, CHUNKS_PER_SLAB)
    const { sequence, length, stored, next, time } = this
    this.sequence = new Int32Array(size)
    this.sequence.set(sequence)
    this.length = new Int32Array(size)
    this.length.set(length)
    this.stored = new Uint8Array(size)
    this.stored.set(stored)
    this.next = new Int32Array(size)
    this.next.set(next)
    this.time = new Float64Array(size)
    this.time.set(time)
  }
}
