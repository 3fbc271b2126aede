import { GzipFraming } from './gzip-framing.ts'
import { limits } from './limits.ts'
import type { DecodedTaker, StreamFormat } from './stream-decoder.ts'
import { StreamDecoder, canDecode } from './stream-decoder.ts'

/** Content codings that can be decoded, RFC 9110 section 8.4.1, RFC 7932, RFC 8878. */
export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd'

/**
 * Why a content was not, or not wholly, decoded. `mismatch`: it is not in the coding that it declares, and is handed
 * on as it is. `trailing`: more came after the end of the compressed data. The others end the decoding.
 */
export type DecodeProblem = 'corrupt' | 'mismatch' | 'trailing' | 'ratio' | 'size' | 'memory' | 'unsupported'

/** Takes what a layer decoded, bytes valid only during the call. */
export interface LayerTaker {
  /** Bytes that went into the first layer so far: what all layers together may make of them is limited. */
  readonly inputBytes: number
  layerDecoded(layer: number, bytes: Uint8Array, start: number, end: number): void
  layerProblem(problem: DecodeProblem): void
}

const Frame = { none: 0, gzip: 1, zlib: 2 } as const
const State = { sniffing: 0, proving: 1, plain: 2, framing: 3, data: 4, ended: 5, stopped: 6 } as const

const DEFLATE_WINDOW = 32 * 1024
const MAGIC_BYTES = 2
const ZLIB_HEADER_BYTES = 2

/** One buffer for each depth: a layer writes into the next while its own output is still being read. */
const OUTPUTS: Uint8Array[] = []

/** One coding being taken off: tells what the bytes really are, then decodes them within the limits. */
export class DecodingLayer implements DecodedTaker {
  readonly #layer: number
  readonly #taker: LayerTaker
  readonly #output: Uint8Array
  readonly #gzip = new GzipFraming()
  /** First bytes, until it is known what they are. Brotli and raw deflate have no magic number: they prove themselves. */
  readonly #first = new Uint8Array(limits.provingBytes)
  #firstLength = 0
  #coding: Coding = 'gzip'
  #state: number = State.stopped
  #frame: number = Frame.none
  #decoder: StreamDecoder | undefined
  #members = 0
  #bytesOut = 0

  constructor(layer: number, taker: LayerTaker, nesting: number) {
    this.#layer = layer
    this.#taker = taker
    this.#output = OUTPUTS[nesting * limits.layers + layer] ??= new Uint8Array(limits.outputBytes)
  }

  begin(coding: Coding): void {
    this.#coding = coding
    this.#state = State.sniffing
    this.#frame = Frame.none
    this.#firstLength = 0
    this.#members = 0
    this.#bytesOut = 0
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (this.#state === State.data) at = this.#decode(bytes, at, end)
      else if (this.#state === State.framing) at = this.#readFrame(bytes, at, end)
      else if (this.#state <= State.proving) at = this.#collectFirst(bytes, at, end)
      else {
        if (this.#state === State.plain) this.#taker.layerDecoded(this.#layer, bytes, at, end)
        return
      }
    }
  }

  /** No more comes. Whether the compressed data came to its own end; nothing at all is whole, too. */
  end(): boolean {
    if (this.#firstLength > 0 && this.#state <= State.proving) this.#prove()
    let whole = this.#state === State.plain || this.#state === State.ended || this.#state === State.sniffing
    if (this.#state === State.data) whole = this.#decoder?.finished(this.#output) ?? false
    if (this.#state === State.framing) whole = this.#members > 0
    this.close()
    return whole
  }

  close(): void {
    this.#decoder?.close()
    this.#decoder = undefined
    this.#state = State.stopped
  }

  decoded(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytesOut += end - start
    if (this.#bytesOut > limits.decodedBytes) return this.#stop('size')
    if (this.#bytesOut > limits.ratioFromBytes && this.#bytesOut > this.#taker.inputBytes * limits.ratio) {
      return this.#stop('ratio')
    }
    this.#taker.layerDecoded(this.#layer, bytes, start, end)
    return this.#state === State.data
  }

  #collectFirst(bytes: Uint8Array, start: number, end: number): number {
    const wanted = this.#state === State.sniffing ? MAGIC_BYTES : limits.provingBytes
    const at = Math.min(end, start + wanted - this.#firstLength)
    this.#first.set(bytes.subarray(start, at), this.#firstLength)
    this.#firstLength += at - start
    if (this.#firstLength < wanted) return at
    if (this.#state === State.proving) this.#prove()
    else this.#decide(this.#first[0], this.#first[1])
    return at
  }

  /** Servers confuse deflate with zlib and gzip (RFC 9110 section 8.4.1.2), so the first bytes decide. */
  #decide(first: number, second: number): void {
    const isGzip = first === 0x1f && second === 0x8b
    if (this.#coding === 'br') {
      this.#state = State.proving
    } else if (this.#coding === 'zstd') {
      if (isZstd(first, second)) this.#open('zstd', 1 << limits.zstdWindowLog)
      else this.#passAsItIs()
      this.write(this.#first, 0, MAGIC_BYTES)
    } else if (isGzip || this.#coding === 'gzip') {
      if (isGzip) this.#openFramed(Frame.gzip)
      else this.#passAsItIs()
      this.write(this.#first, 0, MAGIC_BYTES)
    } else if (isZlib(first, second)) {
      this.#openFramed(Frame.zlib)
      this.write(this.#first, 0, MAGIC_BYTES)
    } else {
      this.#state = State.proving
    }
  }

  /** What fails within its first bytes was never compressed, and is handed on as it is. */
  #prove(): void {
    const isBrotli = this.#coding === 'br'
    if (isBrotli) this.#open('br', brotliWindow(this.#first[0]))
    else if (this.#coding === 'deflate') this.#open('deflate-raw', DEFLATE_WINDOW)
    else this.#passAsItIs()
    this.write(this.#first, 0, this.#firstLength)
  }

  #passAsItIs(): void {
    this.#state = State.plain
    this.#taker.layerProblem('mismatch')
  }

  #openFramed(frame: number): void {
    this.#open('deflate-raw', DEFLATE_WINDOW)
    if (this.#state !== State.data) return
    this.#frame = frame
    this.#gzip.begin()
    this.#state = State.framing
  }

  #open(format: StreamFormat, windowBytes: number): void {
    if (!canDecode(format)) {
      this.#stop('unsupported')
      return
    }
    this.#decoder = StreamDecoder.open(format, windowBytes)
    this.#state = State.data
    if (this.#decoder === undefined) this.#stop('memory')
  }

  #readFrame(bytes: Uint8Array, start: number, end: number): number {
    if (this.#frame === Frame.zlib) {
      // Both bytes were seen by `#decide`.
      this.#state = State.data
      return start + ZLIB_HEADER_BYTES
    }
    for (let at = start; at < end; at++) {
      if (!this.#gzip.take(bytes[at])) {
        if (this.#members > 0) this.#endBeforeTrailing()
        else this.#stop('corrupt')
        return end
      }
      if (this.#gzip.inData) {
        this.#state = State.data
        return at + 1
      }
    }
    return end
  }

  #decode(bytes: Uint8Array, start: number, end: number): number {
    const decoder = this.#decoder
    if (decoder === undefined) return end
    const at = decoder.decode(bytes, start, end, this.#output, this)
    if (decoder.failed) return this.#failed(bytes, start, end)
    if (at === end || this.#state !== State.data) return end
    if (this.#frame === Frame.gzip) {
      this.#members++
      this.#gzip.dataEnded()
      decoder.reset()
      this.#state = State.framing
      return at
    }
    // What follows zlib's data is its checksum.
    if (this.#frame === Frame.none) this.#taker.layerProblem('trailing')
    this.#state = State.ended
    return end
  }

  #failed(bytes: Uint8Array, start: number, end: number): number {
    const isProving = bytes === this.#first && this.#frame === Frame.none && this.#coding !== 'zstd'
    if (!isProving) {
      this.#stop('corrupt')
      return end
    }
    this.#passAsItIs()
    return start
  }

  #endBeforeTrailing(): void {
    this.#taker.layerProblem('trailing')
    this.#state = State.ended
  }

  #stop(problem: DecodeProblem): false {
    this.#taker.layerProblem(problem)
    this.#state = State.stopped
    return false
  }
}

/** RFC 1950 section 2.2: deflate, window of at most 32 KiB, check bits. */
function isZlib(first: number, second: number): boolean {
  return (first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0
}

/** Half of the magic number of a frame or a skippable frame, RFC 8878 sections 3.1.1 and 3.1.2. */
function isZstd(first: number, second: number): boolean {
  return (first === 0x28 && second === 0xb5) || ((first & 0xf0) === 0x50 && second === 0x2a)
}

/** Window of a brotli stream from its first byte, RFC 7932 section 9.1. */
function brotliWindow(first: number): number {
  if ((first & 1) === 0) return 1 << 16
  const upper = (first >> 1) & 7
  if (upper !== 0) return 1 << (17 + upper)
  const lower = (first >> 4) & 7
  return lower === 0 ? 1 << 17 : 1 << (8 + lower)
}
