import {
  type Coding,
  ContentDecoder,
  type ContentTaker,
  type DecodeProblem,
} from '../decompress/content-decoder.ts'
import type { ContentStream } from '../protocol.ts'
import { limits } from './limits.ts'

/** Before each message: a flag, and its length in big-endian order (gRPC over HTTP/2, Length-Prefixed-Message). */
const PREFIX_BYTES = 5
const COMPRESSED = 1

/** First bytes of what `grpc-encoding` calls `gzip` (RFC 1952 section 2.3.1) and `deflate` (zlib, RFC 1950 section 2.2). */
const codings: ReadonlyMap<number, Coding> = new Map([
  [0x1f, 'gzip'],
  [0x78, 'deflate'],
])

/** Bytes of messages that are decompressed for all connections of a thread. */
const held = { bytes: 0 }

/** Hands on messages of gRPC as if none of them had been compressed: each by itself, with the length that it then has. */
export class GrpcMessages implements ContentStream, ContentTaker {
  readonly #next: ContentStream
  readonly #tell: (problem: DecodeProblem) => void
  readonly #prefix = new Uint8Array(PREFIX_BYTES)
  #prefixLength = 0
  /** Of the message at hand, still to come. */
  #left = 0
  #isCompressed = false
  #decoder: ContentDecoder | undefined
  #parts: Uint8Array[] = []
  #decodedBytes = 0
  /** Something is off with the message at hand, which was told. */
  #hasProblem = false

  constructor(next: ContentStream, tell: (problem: DecodeProblem) => void) {
    this.#next = next
    this.#tell = tell
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (this.#left === 0) {
        this.#prefix[this.#prefixLength++] = bytes[at++]
        if (this.#prefixLength === PREFIX_BYTES) this.#begin()
        continue
      }
      const to = Math.min(end, at + this.#left)
      this.#left -= to - at
      if (this.#isCompressed) this.#compressed(bytes, at, to)
      else this.#next.write(bytes, at, to)
      at = to
      if (this.#left === 0) this.#endMessage()
    }
  }

  close(complete: boolean): void {
    if (this.#prefixLength > 0 && this.#left === 0) this.#next.write(this.#prefix, 0, this.#prefixLength)
    this.#endMessage()
    this.#next.close(complete)
  }

  decoded(bytes: Uint8Array, start: number, end: number): void {
    const room = Math.min(limits.grpcMessageBytes - this.#decodedBytes, limits.collectedBytes - held.bytes)
    const taken = Math.min(room, end - start)
    if (taken < end - start) this.#tell('size')
    if (taken <= 0) return
    this.#parts.push(bytes.slice(start, start + taken))
    this.#decodedBytes += taken
    held.bytes += taken
  }

  undecodable(problem: DecodeProblem): void {
    this.#hasProblem = true
    this.#tell(problem)
  }

  #begin(): void {
    const [flag, a, b, c, d] = this.#prefix
    this.#left = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    this.#isCompressed = flag === COMPRESSED && this.#left > 0
    this.#prefixLength = 0
    if (!this.#isCompressed) this.#next.write(this.#prefix, 0, PREFIX_BYTES)
  }

  #compressed(bytes: Uint8Array, start: number, end: number): void {
    if (this.#decoder === undefined && !this.#open(bytes[start], end - start)) {
      this.#next.write(bytes, start, end)
      return
    }
    this.#decoder?.write(bytes, start, end)
  }

  /** False for what is compressed in another way: it goes on as it is. @param length - of what is at hand of the message */
  #open(first: number, length: number): boolean {
    const coding = codings.get(first)
    if (coding !== undefined) {
      // The body may itself be encoded: its decoder is another.
      this.#decoder = ContentDecoder.open([coding], this, 1)
      return true
    }
    this.#tell('unsupported')
    this.#isCompressed = false
    this.#writePrefix(COMPRESSED, this.#left + length)
    return false
  }

  #endMessage(): void {
    const decoder = this.#decoder
    this.#decoder = undefined
    this.#isCompressed = false
    this.#left = 0
    if (decoder === undefined) return
    // Cut short: there is nothing wrong with what there is of it.
    if (!decoder.end() && !this.#hasProblem) this.#tell('corrupt')
    this.#hasProblem = false
    this.#writePrefix(0, this.#decodedBytes)
    for (const part of this.#parts) this.#next.write(part, 0, part.length)
    held.bytes -= this.#decodedBytes
    this.#parts = []
    this.#decodedBytes = 0
  }

  #writePrefix(flag: number, length: number): void {
    const prefix = Buffer.alloc(PREFIX_BYTES)
    prefix[0] = flag
    prefix.writeUInt32BE(length, 1)
    this.#next.write(prefix, 0, PREFIX_BYTES)
  }
}
