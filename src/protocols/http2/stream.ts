import type { Body } from '../http/body.ts'
import type { ContentStream } from '../protocol.ts'
import { limits } from './limits.ts'

/** One direction of a stream: a message (RFC 9113 section 8.1). */
export class StreamSide {
  /** Its head was read; what fields come then are trailers. */
  hasHead = false
  hasEnded = false
  /** Content-Length, -1 without one that counts. */
  declaredBytes = -1
  receivedBytes = 0
  body: Body | undefined
  /** After CONNECT: what is in the tunnel. */
  tunnel: ContentStream | undefined

  clear(): void {
    this.hasHead = this.hasEnded = false
    this.declaredBytes = -1
    this.receivedBytes = 0
    this.body = undefined
    this.tunnel = undefined
  }

  /** A body, or a tunnel, is under way. */
  get isOpen(): boolean {
    return this.body !== undefined || this.tunnel !== undefined
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    this.receivedBytes += end - start
    if (this.tunnel === undefined) this.body?.write(bytes, start, end)
    else this.tunnel.write(bytes, start, end)
  }

  gap(length: number): void {
    this.receivedBytes += length
    this.body?.gap()
  }

  /** No more comes; `isWhole` tells whether all of it was there. */
  close(isWhole: boolean): void {
    this.body?.end(isWhole)
    this.tunnel?.close(isWhole)
    this.body = undefined
    this.tunnel = undefined
    this.hasEnded = true
  }
}

/** A request and its response. */
export class Stream {
  id = 0
  /** Its request has the method HEAD: the response has no body, whatever it declares. */
  isHead = false
  isConnect = false
  readonly sides: readonly [StreamSide, StreamSide] = [new StreamSide(), new StreamSide()]

  begin(id: number): this {
    this.id = id
    this.isHead = this.isConnect = false
    this.sides[0].clear()
    this.sides[1].clear()
    return this
  }
}

/** The open streams of a connection, the oldest first. */
export class StreamTable {
  readonly #streams = new Map<number, Stream>()

  get size(): number {
    return this.#streams.size
  }

  get(id: number): Stream | undefined {
    return this.#streams.get(id)
  }

  /** There is room for it: `isFull` was asked. */
  open(id: number): Stream {
    const stream = (FREE.pop() ?? new Stream()).begin(id)
    this.#streams.set(id, stream)
    return stream
  }

  get isFull(): boolean {
    return this.#streams.size >= limits.streams
  }

  oldest(): Stream | undefined {
    for (const stream of this.#streams.values()) return stream
    return undefined
  }

  /** The object is not to be used again. */
  close(stream: Stream): void {
    if (this.#streams.delete(stream.id) && FREE.length < limits.pooled) FREE.push(stream)
  }

  values(): Iterable<Stream> {
    return this.#streams.values()
  }
}

const FREE: Stream[] = []
