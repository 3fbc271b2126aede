import { CHUNK_BYTES } from './segment-chunks.ts'
import { Comparison } from './segment-digests.ts'
import { SegmentQueues } from './segment-queues.ts'
import { StreamFlag, type TcpStreams } from './tcp-streams.ts'

/**
 * What streams have said and their receivers have not acknowledged, byte for byte: whoever says it again with another content is
 * told, however the segments are cut. `SegmentDigests` does the same for a capture, where nothing depends on it.
 */
export class SentBytes {
  readonly #streams: TcpStreams
  readonly #queues: SegmentQueues
  /** Of each stream, 0 without. */
  #queueOf = new Int32Array(1024)

  /** @param limits - bytes in all and of one stream */
  constructor(streams: TcpStreams, limits: { bytes: number; bytesPerStream: number }) {
    this.#streams = streams
    this.#queues = new SegmentQueues({
      chunks: Math.trunc(limits.bytes / CHUNK_BYTES),
      chunksPerQueue: Math.trunc(limits.bytesPerStream / CHUNK_BYTES),
      overlapPolicy: 'first',
    })
  }

  /** Memory in use. */
  get bytes(): number {
    return this.#queues.chunks.count * CHUNK_BYTES
  }

  /** Keeps what comes next in a stream, before the stream has moved on. */
  append(stream: number, bytes: Uint8Array, start: number, end: number): void {
    const next = this.#streams.next(stream)
    const queue = this.#open(stream)
    if (queue === 0 || this.#queues.insert(queue, next, bytes, start, end, 0)) return
    // What was kept is given up for what is: the room is that of one stream, or shared by all.
    const full = this.#queues.isFull(queue) ? stream : this.#queues.eldestStream
    this.forget(full)
    const again = this.#open(stream)
    if (again === 0 || !this.#queues.insert(again, next, bytes, start, end, 0)) this.forget(stream)
  }

  /**
   * Compares bytes that all lie before what comes next in a stream. What its receiver has acknowledged it does not take again, so
   * that is `equal`; what is not kept any more is `unknown`.
   */
  compare(stream: number, sequence: number, bytes: Uint8Array, start: number, end: number): Comparison {
    const streams = this.#streams
    const taken = streams.has(stream, StreamFlag.acknowledged)
      ? Math.max(0, (streams.acknowledged(stream) - sequence) | 0)
      : 0
    const from = start + taken
    if (from >= end) return Comparison.equal
    const queue = this.#queue(stream)
    const head = queue === 0 ? 0 : this.#queues.head[queue]
    if (head === 0) return Comparison.unknown
    const missing = Math.max(0, (this.#queues.chunks.sequence[head] - sequence - taken) | 0)
    const isKnown = missing === 0
    if (from + missing < end)
      this.#queues.insert(queue, sequence + taken + missing, bytes, from + missing, end, 0)
    if (!this.#queues.differed) return isKnown ? Comparison.equal : Comparison.unknown
    this.#queues.differed = false
    return Comparison.differs
  }

  /** Nothing that was kept of a stream is of use any more: it is over, or some of it is missing. */
  forget(stream: number): void {
    const queue = this.#queue(stream)
    if (queue === 0) return
    this.#queues.close(queue)
    this.#queueOf[stream] = 0
  }

  #queue(stream: number): number {
    return stream < this.#queueOf.length ? this.#queueOf[stream] : 0
  }

  #open(stream: number): number {
    const known = this.#queue(stream)
    if (known !== 0) return known
    if (stream >= this.#queueOf.length) this.#grow(stream + 1)
    return (this.#queueOf[stream] = this.#queues.open(stream))
  }

  /** Lets go of what its receiver has acknowledged. At once: who says no more would hold on to its last words. */
  release(stream: number): void {
    const queue = this.#queue(stream)
    if (queue === 0 || !this.#streams.has(stream, StreamFlag.acknowledged)) return
    const { chunks, head } = this.#queues
    const acknowledged = this.#streams.acknowledged(stream)
    for (let chunk = head[queue]; chunk !== 0; chunk = this.#queues.head[queue]) {
      if (((acknowledged - chunks.sequence[chunk] - chunks.length[chunk]) | 0) < 0) return
      this.#queues.pop(queue)
    }
    this.forget(stream)
  }

  #grow(least: number): void {
    const larger = new Int32Array(Math.max(least, this.#queueOf.length * 2))
    larger.set(this.#queueOf)
    this.#queueOf = larger
  }
}
