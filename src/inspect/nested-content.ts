import { binaryFormat } from '../content/binary-format.ts'
import { documentFormat } from '../content/document-format.ts'
import { encodedKind, type EncodedKind } from '../content/encoded-content.ts'
import type { ContentFormat } from '../model/content-format.ts'
import {
  ContentDecoder,
  type ContentTaker,
  type DecodeProblem,
} from '../protocols/decompress/content-decoder.ts'
import type { ContentStream } from '../protocols/protocol.ts'
import { limits } from './limits.ts'

/** Where a content is inspected that was found in another. */
export interface OpenNested {
  /** `how` it was encoded: `base64`, `base64 gzip`. */
  (format: ContentFormat, how: string): ContentStream
  /** Told of what was not inspected: `cut`, or why it could not be decompressed. */
  problem?(kind: 'cut' | DecodeProblem): void
}

/** A content that was decoded out of another: decompressed where it is compressed, and read by how it begins. */
export class NestedContent implements ContentTaker {
  readonly #open: OpenNested
  readonly #how: string
  /** How it is to be read whatever it begins with, except as a file. */
  readonly #declared: ContentFormat | undefined
  readonly #decoder: ContentDecoder | undefined
  readonly #head = new Uint8Array(limits.nestedHeadBytes)
  #headLength = 0
  #length = 0
  #stream: ContentStream | undefined
  #isOver = false

  /** @param nesting - how many contents it lies in */
  constructor(
    kind: EncodedKind,
    encoding: string,
    nesting: number,
    open: OpenNested,
    declared?: ContentFormat,
  ) {
    this.#open = open
    const isPacked = kind === 'gzip' || kind === 'deflate' || kind === 'zstd'
    this.#how = isPacked ? `${encoding} ${kind}`.trimStart() : encoding
    this.#declared = isPacked ? undefined : declared
    this.#decoder = isPacked ? ContentDecoder.open([kind], this, nesting) : undefined
  }

  /** Bytes as they were before the encoding. */
  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isOver) return
    if (this.#decoder === undefined) this.decoded(bytes, start, end)
    else this.#decoder.write(bytes, start, end)
  }

  decoded(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isOver) return
    const room = limits.nestedBytes - this.#length
    const to = Math.min(end, start + room)
    this.#length += to - start
    const at = this.#stream === undefined ? this.#fillHead(bytes, start, to) : start
    if (at < to) this.#stream?.write(bytes, at, to)
    if (to === end) return
    this.#isOver = true
    this.#open.problem?.('cut')
  }

  undecodable(problem: DecodeProblem): void {
    this.#open.problem?.(problem)
  }

  #fillHead(bytes: Uint8Array, start: number, end: number): number {
    const to = Math.min(end, start + this.#head.length - this.#headLength)
    Buffer.prototype.copy.call(bytes, this.#head, this.#headLength, start, to)
    this.#headLength += to - start
    if (this.#headLength === this.#head.length) this.#begin(false)
    return to
  }

  #begin(isLast: boolean): void {
    const head = this.#head.subarray(0, this.#headLength)
    const kind = encodedKind(head, head.length)
    const isKnown = kind === 'text' || kind === 'avro' || kind === 'file'
    const told = isKnown ? documentFormat(head) : (binaryFormat(head) ?? 'binary')
    const format = kind === 'file' ? told : (this.#declared ?? told)
    if (format === 'binary') this.#isOver = true
    else {
      this.#stream = this.#open(format, this.#how)
      this.#stream.write(head, 0, head.length, isLast)
    }
  }

  end(): void {
    this.#decoder?.end()
    if (this.#stream === undefined && !this.#isOver && this.#headLength > 0) this.#begin(true)
    this.#stream?.close(!this.#isOver)
    this.#stream = undefined
    this.#isOver = true
  }
}
