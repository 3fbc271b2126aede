import type { Direction } from '../../model/direction.ts'
import type { Coding, ContentTaker, DecodeProblem } from '../decompress/content-decoder.ts'
import { ContentDecoder } from '../decompress/content-decoder.ts'
import type { ContentStream, ProtocolSink } from '../protocol.ts'
import { bodyFormat } from './body-format.ts'
import { GrpcMessages } from './grpc-messages.ts'
import { limits } from './limits.ts'
import type { MediaType } from './media-type.ts'
import { UNDECLARED } from './media-type.ts'

/** Where a body's content and what is off with it go. */
export interface BodyOwner {
  readonly sink: ProtocolSink
  anomaly(code: string): void
}

/**
 * Text after lost bytes: where the fields of a structure begin is then not known; a form finds its place at the next `&`. What
 * follows in a compressed file is no text.
 */
function formatAfterGap(format: MediaType['format']): MediaType['format'] {
  if (format === 'zip' || format === 'pdf') return 'binary'
  return format === 'form' || format === 'binary' || format === 'csv' || format === 'tsv' ? format : 'text'
}

/**
 * The content of one message: takes the encodings off, tells the format, and hands the bytes on as they come, without
 * keeping more than the few that tell the format.
 */
export class Body implements ContentTaker {
  readonly #first = new Uint8Array(limits.sniffedBytes)
  #firstLength = 0
  #owner: BodyOwner | undefined
  #direction: Direction = 0
  #declared: MediaType = UNDECLARED
  #format: MediaType['format'] | undefined
  #decoder: ContentDecoder | undefined
  #stream: ContentStream | undefined
  #lost = false

  /** `codings` in the order in which they are taken off, at most two of them. To be ended by `end`. */
  static open(owner: BodyOwner, direction: Direction, declared: MediaType, codings: readonly Coding[]): Body {
    const body = FREE.pop() ?? new Body()
    body.#owner = owner
    body.#direction = direction
    body.#declared = declared
    body.#firstLength = 0
    body.#format = undefined
    body.#lost = false
    if (codings.length > 0) body.#decoder = ContentDecoder.open(codings, body)
    return body
  }

  /** `isLast`: these are the last bytes of the body, `end` follows. */
  write(bytes: Uint8Array, start: number, end: number, isLast = false): void {
    if (this.#lost) return
    if (this.#decoder === undefined) this.decoded(bytes, start, end, isLast)
    else this.#decoder.write(bytes, start, end)
  }

  /** Bytes of the body were lost. What follows is read on as text; compressed data cannot be. */
  gap(): void {
    if (this.#decoder !== undefined) {
      this.#lost = true
      return
    }
    this.#flushFirst()
    this.#stream?.close(false)
    this.#stream = undefined
    this.#format = formatAfterGap(this.#format ?? this.#declared.format)
  }

  /** The body is over; `complete` tells whether all of it was seen. The object is not to be used again. */
  end(complete: boolean): void {
    const whole = this.#decoder?.end() ?? true
    this.#decoder = undefined
    this.#flushFirst()
    this.#stream?.close(complete && whole && !this.#lost)
    this.#stream = undefined
    this.#owner = undefined
    if (FREE.length < limits.pooled) FREE.push(this)
  }

  decoded(bytes: Uint8Array, start: number, end: number, isLast = false): void {
    if (this.#stream !== undefined) this.#stream.write(bytes, start, end, isLast)
    else if (start < end) this.#begin(bytes, start, end, isLast)
  }

  undecodable(problem: DecodeProblem): void {
    this.#owner?.anomaly(`http-encoding-${problem}`)
  }

  #begin(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    if (this.#format !== undefined || this.#firstLength === 0) {
      this.#format ??= bodyFormat(this.#declared, bytes, start, end, isLast)
      if (this.#format !== undefined) {
        this.#open(this.#format).write(bytes, start, end, isLast)
        return
      }
    }
    this.#collectFirst(bytes, start, end)
  }

  /** Adds to the first bytes until they tell the format, then hands on the rest. */
  #collectFirst(bytes: Uint8Array, start: number, end: number): void {
    const taken = Math.min(end, start + limits.sniffedBytes - this.#firstLength)
    this.#first.set(bytes.subarray(start, taken), this.#firstLength)
    this.#firstLength += taken - start
    const format = bodyFormat(this.#declared, this.#first, 0, this.#firstLength, false)
    if (format === undefined) return
    this.#format = format
    const stream = this.#open(format)
    stream.write(this.#first, 0, this.#firstLength)
    this.#firstLength = 0
    if (taken < end) stream.write(bytes, taken, end)
  }

  #flushFirst(): void {
    if (this.#firstLength === 0) return
    this.#format = bodyFormat(this.#declared, this.#first, 0, this.#firstLength, true) ?? 'text'
    this.#open(this.#format).write(this.#first, 0, this.#firstLength)
    this.#firstLength = 0
  }

  #open(format: MediaType['format']): ContentStream {
    const owner = this.#owner
    if (owner === undefined) return IGNORED
    const stream = owner.sink.open(this.#direction, 'http.body', format, this.#declared.options)
    this.#stream =
      format === 'grpc' ? new GrpcMessages(stream, (problem) => this.undecodable(problem)) : stream
    return this.#stream
  }
}

const IGNORED: ContentStream = { write: () => undefined, close: () => undefined }
const FREE: Body[] = []
