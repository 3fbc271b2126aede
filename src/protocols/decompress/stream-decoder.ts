import zlib from 'node:zlib'
import { latin1 } from '../../lib/bytes.ts'
import { limits } from './limits.ts'

/**
 * The only code that knows the inside of `node:zlib`. Node has synchronous decompression of whole buffers and streaming
 * decompression over the event loop, but nothing documented that is both; the native handle below its streams is
 * (docs/adr/0003-synchronous-decompression.md). Its shape is tested once, at load, by decoding with it; when a
 * release of Node changes it, `canDecode` says no and contents count as not decoded.
 */

export type StreamFormat = 'deflate-raw' | 'br' | 'zstd'

interface NativeHandle {
  /** Decodes; leaves the unused output and input lengths in the stream's `_writeState`, or calls `onerror`. */
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputLength: number,
    output: Uint8Array,
    outputAt: number,
    outputLength: number,
  ): void
  reset(): void
  close(): void
  onerror: (message: string, errorNumber: number, code: string) => void
}

interface NativeStream {
  _handle: NativeHandle
  _writeState: Uint32Array
}

const { constants } = zlib
const NO_FLUSH = 0
const FINISH: Record<StreamFormat, number> = {
  'deflate-raw': constants.Z_FINISH,
  br: constants.BROTLI_OPERATION_FINISH,
  zstd: constants.ZSTD_e_end,
}
const NOTHING = new Uint8Array(1)
/** What a decoder holds beside its window: Huffman tables and the JavaScript object around it. */
const STATE_BYTES = 16 * 1024

/** Takes decoded bytes, valid only during the call; false ends the decoding. */
export interface DecodedTaker {
  decoded(bytes: Uint8Array, start: number, end: number): boolean
}

export class StreamDecoder {
  readonly format: StreamFormat
  readonly #stream: NativeStream
  #failed = false
  #memoryBytes = 0
  #open = true

  constructor(format: StreamFormat) {
    this.format = format
    this.#stream = createStream(format)
    // The stream's own handler would destroy the stream and emit an event that nobody awaits.
    this.#stream._handle.onerror = () => {
      this.#failed = true
    }
  }

  /**
   * A decoder at its beginning, or undefined when `limits.memoryBytes` is reached. `windowBytes` is how far back the
   * content may refer, which is what its decoder may come to hold. To be asked only for formats that `canDecode`.
   */
  static open(format: StreamFormat, windowBytes: number): StreamDecoder | undefined {
    const memoryBytes = windowBytes + STATE_BYTES
    if (memoryInUse + memoryBytes > limits.memoryBytes) return undefined
    const decoder = pools[format].pop() ?? new StreamDecoder(format)
    decoder.#memoryBytes = memoryBytes
    decoder.#open = true
    memoryInUse += memoryBytes
    return decoder
  }

  /** Whether the input was corrupt; the decoder is then of no more use. */
  get failed(): boolean {
    return this.#failed
  }

  /**
   * Decodes `input[start, end)` through `output` to `taker`. Returns where it stopped: `end`, or less when the
   * compressed data ended there, the taker had enough, or the input is corrupt (`failed`).
   */
  decode(input: Uint8Array, start: number, end: number, output: Uint8Array, taker: DecodedTaker): number {
    if (!this.#open) return start
    const state = this.#stream._writeState
    let at = start
    while (true) {
      const offered = Math.min(end - at, limits.inputSliceBytes)
      this.#stream._handle.writeSync(NO_FLUSH, input, at, offered, output, 0, output.length)
      if (this.#failed) return at
      const produced = output.length - state[0]
      const taken = offered - state[1]
      at += taken
      if (produced > 0 && !taker.decoded(output, 0, produced)) return at
      if (produced === 0 && taken === 0) return at
      // With room left in the output nothing is held back inside.
      if (at === end && produced < output.length) return at
    }
  }

  /** Whether the compressed data came to its own end. */
  finished(output: Uint8Array): boolean {
    if (!this.#open || this.#failed) return false
    this.#stream._handle.writeSync(FINISH[this.format], NOTHING, 0, 0, output, 0, output.length)
    const whole = !this.#failed
    this.#failed = false
    return whole
  }

  /** Back to the beginning, for another compressed stream after this one. */
  reset(): void {
    if (this.#open && !this.#failed) this.#stream._handle.reset()
  }

  /** Gives the decoder back; its memory is freed or reused at once, not when the garbage collector comes. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    memoryInUse -= this.#memoryBytes
    this.#memoryBytes = 0
    // A zstd decoder forgets its window limit in `reset`, a failed one remembers its failure.
    if (this.#failed || this.format === 'zstd' || pools[this.format].length >= limits.pooled) {
      this.#stream._handle.close()
      return
    }
    this.#stream._handle.reset()
    pools[this.format].push(this)
  }
}

function createStream(format: StreamFormat): NativeStream {
  // The public types say nothing of the two members that are used here.
  return newStream(format) as unknown as NativeStream
}

function newStream(format: StreamFormat): object {
  if (format === 'deflate-raw') return zlib.createInflateRaw()
  if (format === 'br') return zlib.createBrotliDecompress()
  return zlib.createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: limits.zstdWindowLog } })
}

const pools: Record<StreamFormat, StreamDecoder[]> = { 'deflate-raw': [], br: [], zstd: [] }
let memoryInUse = 0

/** Memory that the open decoders of this thread may hold. */
export function decoderMemoryBytes(): number {
  return memoryInUse
}

/** `abcdefg` in each format. */
const SAMPLES: Record<StreamFormat, string> = {
  'deflate-raw': 'S0xKTklNSwcA',
  br: 'CwOAYWJjZGVmZwM=',
  zstd: 'KLUv/SAHOQAAYWJjZGVmZw==',
}

function works(format: StreamFormat): boolean {
  try {
    return hasShape(createStream(format)) && decodeSample(format) === 'abcdefg'
  } catch {
    return false
  }
}

function hasShape(stream: Partial<NativeStream>): boolean {
  const handle: Partial<NativeHandle> | undefined = stream._handle
  const fits =
    stream._writeState instanceof Uint32Array &&
    stream._writeState.length === 2 &&
    typeof handle?.writeSync === 'function' &&
    typeof handle.reset === 'function' &&
    typeof handle.onerror === 'function'
  handle?.close?.()
  return fits
}

function decodeSample(format: StreamFormat): string {
  const input = Buffer.from(SAMPLES[format], 'base64')
  const output = new Uint8Array(64)
  const decoder = new StreamDecoder(format)
  let text = ''
  const taker: DecodedTaker = {
    decoded(bytes, start, end) {
      text += latin1(bytes, start, end)
      return true
    },
  }
  decoder.decode(input, 0, 4, output, taker)
  decoder.decode(input, 4, input.length, output, taker)
  const whole = decoder.finished(output)
  decoder.close()
  return whole ? text : ''
}

const supported: Record<StreamFormat, boolean> = {
  'deflate-raw': works('deflate-raw'),
  br: works('br'),
  zstd: works('zstd'),
}

export function canDecode(format: StreamFormat): boolean {
  return supported[format]
}
