import type { FieldTracker } from './field-tracker.ts'
import { ProtobufTracker } from './protobuf.ts'
import type { ValueReader, RunSink } from './value-reader.ts'
import { endValue } from './value-reader.ts'

const State = {
  /** In the five bytes before each message: a flag, and its length. */
  prefix: 0,
  message: 1,
  /** Compressed, or trailers of gRPC-Web: nothing of it has a name. */
  bytes: 2,
  /** No frames. */
  lost: 3,
} as const

const prefixBytes = 5

/** Flags of gRPC over HTTP/2, and the one that gRPC-Web adds for trailers. */
const COMPRESSED = 0x01
const TRAILERS = 0x80

/** Length-prefixed protocol buffers of gRPC and gRPC-Web. */
export class GrpcTracker implements FieldTracker, ValueReader {
  readonly #message = new ProtobufTracker()
  #state: number = State.prefix
  #flags = 0
  #length = 0
  /** Bytes still to come of the prefix, or of what it announced. */
  #left = prefixBytes

  reset(): void {
    this.#beginPrefix()
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    let i = start
    while (i < end) {
      if (this.#state === State.prefix) this.#inPrefix(bytes[i++])
      else {
        const to = Math.min(end, i + this.#left)
        this.#left -= to - i
        const isLast = this.#left === 0
        if (this.#state === State.message) this.#message.read(bytes, i, to, sink)
        else sink?.value(bytes, i, to, isLast)
        if (isLast) this.#endFrame(sink)
        i = to
      }
    }
  }

  end(sink?: RunSink): void {
    if (this.#state === State.message) this.#message.end(sink)
    else if (this.#state !== State.prefix) endValue(sink)
    this.reset()
  }

  #beginPrefix(): void {
    this.#state = State.prefix
    this.#left = prefixBytes
    this.#length = 0
  }

  #inPrefix(c: number): void {
    if (this.#left === prefixBytes) this.#flags = c
    else this.#length = this.#length * 256 + c
    if (--this.#left === 0) this.#beginFrame()
  }

  #beginFrame(): void {
    this.#left = this.#length
    if ((this.#flags & ~(COMPRESSED | TRAILERS)) !== 0) {
      this.#state = State.lost
      this.#left = Number.POSITIVE_INFINITY
    } else if (this.#left === 0) this.#beginPrefix()
    else if (this.#flags === 0) {
      this.#state = State.message
      this.#message.begin(this.#left)
    } else this.#state = State.bytes
  }

  #endFrame(sink: RunSink | undefined): void {
    if (this.#state === State.message) this.#message.end(sink)
    this.#beginPrefix()
  }

  name(): string {
    return this.field()
  }

  field(): string {
    return this.#state === State.message ? this.#message.field() : ''
  }
}
