import { copyBytes } from '../lib/bytes.ts'
import type { Microseconds } from '../lib/time.ts'
import { CHUNK_BYTES, SegmentChunks } from './segment-chunks.ts'

/** Which bytes count when segments overlap with differing content that was not given on yet. */
export type SegmentOverlapPolicy = 'first' | 'last'

export interface SegmentQueueLimits {
  /** Of all queues, and of one. */
  chunks: number
  chunksPerQueue: number
  overlapPolicy: SegmentOverlapPolicy
}

const FIRST_QUEUES = 64

/**
 * For each stream with a hole, the segments beyond it: runs in order of their sequence numbers, without overlaps.
 * Sequence numbers are compared as RFC 9293 section 3.4 does, modulo 2^32. Queue 0 is none.
 */
export class SegmentQueues {
  readonly chunks: SegmentChunks
  /** Set by `insert` when bytes differed from those that waited already; whoever reads it clears it. */
  differed = false
  /** The stream that a queue belongs to. */
  stream = new Int32Array(FIRST_QUEUES)
  /** First chunk, 0 without. */
  head = new Int32Array(FIRST_QUEUES)
  /** Position of a FIN beyond the hole, where `hasFin` is set. */
  finAt = new Int32Array(FIRST_QUEUES)
  hasFin = new Uint8Array(FIRST_QUEUES)
  /** How often the receiver said that it has what is missing here. */
  claims = new Uint8Array(FIRST_QUEUES)
  #tail = new Int32Array(FIRST_QUEUES)
  #size = new Int32Array(FIRST_QUEUES)
  /** All queues, by their age. A free queue keeps the next free one in `younger`. */
  #elder = new Int32Array(FIRST_QUEUES)
  #younger = new Int32Array(FIRST_QUEUES)
  #eldest = 0
  #youngest = 0
  #free = 0
  #used = 1
  readonly #most: number
  readonly #mostPerQueue: number
  readonly #lastWins: boolean
  /** What `insert` is about; null: the capture cut these bytes off. */
  #source: Uint8Array | null = null
  #time: Microseconds = 0

  constructor(limits: SegmentQueueLimits) {
    this.chunks = new SegmentChunks(limits.chunks)
    this.#most = limits.chunks
    this.#mostPerQueue = limits.chunksPerQueue
    this.#lastWins = limits.overlapPolicy === 'last'
  }

  /** The stream whose hole is the oldest; -1 when nothing waits. */
  get eldestStream(): number {
    return this.#eldest === 0 ? -1 : this.stream[this.#eldest]
  }

  isFull(queue: number): boolean {
    return this.#size[queue] >= this.#mostPerQueue
  }

  /** A queue for `stream`; 0 when there are as many as there may be. */
  open(stream: number): number {
    const queue = this.#take()
    if (queue === 0) return 0
    this.stream[queue] = stream
    this.head[queue] = 0
    this.#tail[queue] = 0
    this.#size[queue] = 0
    this.hasFin[queue] = 0
    this.claims[queue] = 0
    this.#elder[queue] = this.#youngest
    this.#younger[queue] = 0
    if (this.#youngest === 0) this.#eldest = queue
    else this.#younger[this.#youngest] = queue
    this.#youngest = queue
    return queue
  }

  /** Gives the queue back with all that waits in it. */
  close(queue: number): void {
    while (this.head[queue] !== 0) this.pop(queue)
    const elder = this.#elder[queue]
    const younger = this.#younger[queue]
    if (elder === 0) this.#eldest = younger
    else this.#younger[elder] = younger
    if (younger === 0) this.#youngest = elder
    else this.#elder[younger] = elder
    this.#younger[queue] = this.#free
    this.#free = queue
  }

  /** Drops the first chunk. */
  pop(queue: number): void {
    const chunk = this.head[queue]
    this.head[queue] = this.chunks.next[chunk]
    if (this.head[queue] === 0) this.#tail[queue] = 0
    this.#size[queue]--
    this.chunks.release(chunk)
  }

  /**
   * Keeps a copy of `bytes[start, end)`, which begins at `sequence`, as far as it is new; what was there already is
   * compared. False when there was no room for all of it: some may have been kept.
   */
  insert(
    queue: number,
    sequence: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    time: Microseconds,
  ): boolean {
    this.#source = bytes
    this.#time = time
    return this.#spread(queue, sequence, start, end)
  }

  /** The same for `length` bytes that the capture cut off. */
  insertMissing(queue: number, sequence: number, length: number, time: Microseconds): boolean {
    this.#source = null
    this.#time = time
    return this.#spread(queue, sequence, 0, length)
  }

  /** Compares `bytes[start, end)` with the first chunk, which begins at the same place. */
  compareHead(queue: number, bytes: Uint8Array, start: number, end: number): void {
    this.#source = bytes
    this.#compare(this.head[queue], this.chunks.sequence[this.head[queue]], start, end)
  }

  /** Fills the space between the runs that are there, and compares with them. */
  #spread(queue: number, sequence: number, start: number, end: number): boolean {
    const { chunks } = this
    const isBeyond = this.#tail[queue] !== 0 && this.#isBefore(this.#tail[queue], sequence)
    let previous = isBeyond ? this.#tail[queue] : 0
    let chunk = isBeyond ? 0 : this.head[queue]
    let position = sequence | 0
    for (let from = start; from < end;) {
      while (chunk !== 0 && this.#isBefore(chunk, position)) {
        previous = chunk
        chunk = chunks.next[chunk]
      }
      const space = chunk === 0 ? end - from : (chunks.sequence[chunk] - position) | 0
      if (space > 0) {
        const part = Math.min(space, end - from)
        previous = this.#place(queue, previous, position, from, from + part)
        if (previous === 0) return false
        position = (position + part) | 0
        from += part
      } else {
        const skipped = this.#compare(chunk, position, from, end)
        position = (position + skipped) | 0
        from += skipped
      }
    }
    return true
  }

  /** Whether the chunk ends at or before `position`. */
  #isBefore(chunk: number, position: number): boolean {
    return ((this.chunks.sequence[chunk] + this.chunks.length[chunk] - position) | 0) <= 0
  }

  /** Puts `source[from, to)` after `previous`; the last chunk of it, 0 when there was not room enough. */
  #place(queue: number, previous: number, sequence: number, from: number, to: number): number {
    let at = from + this.#append(previous, sequence, from, to)
    let last = previous
    while (at < to) {
      const chunk = this.#size[queue] < this.#mostPerQueue ? this.chunks.take() : 0
      if (chunk === 0) return 0
      const length = this.#source === null ? to - at : Math.min(CHUNK_BYTES, to - at)
      this.#link(queue, last, chunk)
      this.chunks.sequence[chunk] = sequence + (at - from)
      this.chunks.length[chunk] = length
      this.chunks.time[chunk] = this.#time
      this.chunks.stored[chunk] = this.#source === null ? 0 : 1
      this.#write(chunk, 0, at, at + length)
      at += length
      last = chunk
    }
    return last
  }

  /** Uses what room the chunk before has left, when the bytes follow right on: one-byte segments take no chunk each. */
  #append(chunk: number, sequence: number, from: number, to: number): number {
    const { chunks } = this
    if (chunk === 0 || this.#source === null || chunks.stored[chunk] === 0) return 0
    const length = chunks.length[chunk]
    if (((chunks.sequence[chunk] + length - sequence) | 0) !== 0) return 0
    const part = Math.min(CHUNK_BYTES - length, to - from)
    this.#write(chunk, length, from, from + part)
    chunks.length[chunk] = length + part
    return part
  }

  #link(queue: number, previous: number, chunk: number): void {
    const next = previous === 0 ? this.head[queue] : this.chunks.next[previous]
    this.chunks.next[chunk] = next
    if (previous === 0) this.head[queue] = chunk
    else this.chunks.next[previous] = chunk
    if (next === 0) this.#tail[queue] = chunk
    this.#size[queue]++
  }

  #write(chunk: number, into: number, from: number, to: number): void {
    if (this.#source === null) return
    copyBytes(this.#source, from, to, this.chunks.slab(chunk), this.chunks.offset(chunk) + into)
  }

  /** Compares what `source` from `from` on has in common with a chunk that holds `position`; how many bytes that is. */
  #compare(chunk: number, position: number, from: number, end: number): number {
    const { chunks } = this
    const into = (position - chunks.sequence[chunk]) | 0
    const common = Math.min(chunks.length[chunk] - into, end - from)
    if (this.#source === null || chunks.stored[chunk] === 0) return common
    if (this.#isEqual(chunk, into, this.#source, from, from + common)) return common
    this.differed = true
    if (this.#lastWins) this.#write(chunk, into, from, from + common)
    return common
  }

  #isEqual(chunk: number, into: number, bytes: Uint8Array, start: number, end: number): boolean {
    const slab = this.chunks.slab(chunk)
    const at = this.chunks.offset(chunk) + into - start
    for (let i = start; i < end; i++) {
      if (slab[at + i] !== bytes[i]) return false
    }
    return true
  }

  #take(): number {
    const queue = this.#free
    if (queue !== 0) {
      this.#free = this.#younger[queue]
      return queue
    }
    if (this.#used > this.#most) return 0
    if (this.#used === this.head.length) this.#grow()
    return this.#used++
  }

  #grow(): void {
    const size = this.head.length * 2
    this.stream = enlarged(this.stream, size)
    this.head = enlarged(this.head, size)
    this.finAt = enlarged(this.finAt, size)
    this.#tail = enlarged(this.#tail, size)
    this.#size = enlarged(this.#size, size)
    this.#elder = enlarged(this.#elder, size)
    this.#younger = enlarged(this.#younger, size)
    const { hasFin, claims } = this
    this.hasFin = new Uint8Array(size)
    this.hasFin.set(hasFin)
    this.claims = new Uint8Array(size)
    this.claims.set(claims)
  }
}

function enlarged(column: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size)
  larger.set(column)
  return larger
}
