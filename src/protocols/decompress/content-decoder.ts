import type { Coding, DecodeProblem, LayerTaker } from './decoding-layer.ts'
import { DecodingLayer } from './decoding-layer.ts'
import { limits } from './limits.ts'

export type { Coding, DecodeProblem } from './decoding-layer.ts'

/** Takes a content as it was before it was encoded; bytes are valid only during the call. */
export interface ContentTaker {
  decoded(bytes: Uint8Array, start: number, end: number): void
  /** Told once for each kind of problem that a content has. */
  undecodable(problem: DecodeProblem): void
}

/**
 * Takes the encodings off one content that comes in pieces, up to `limits.layers` of them. Synchronous, bounded in
 * memory and in what a small input may become; corrupt input is a problem told to the taker, never an error thrown.
 */
export class ContentDecoder implements LayerTaker {
  readonly #layers: readonly DecodingLayer[]
  readonly #nesting: number
  inputBytes = 0
  #used = 0
  #taker: ContentTaker | undefined
  readonly #problems: DecodeProblem[] = []

  private constructor(nesting: number) {
    this.#nesting = nesting
    this.#layers = Array.from(
      { length: limits.layers },
      (_, layer) => new DecodingLayer(layer, this, nesting),
    )
  }

  /**
   * `codings`, at most `limits.layers`, in the order in which they are taken off: the last applied first. To be given
   * back by `end` or `close`. What is opened while decoded bytes are taken has a `nesting` one higher than what they come from:
   * each has its own buffers.
   */
  static open(codings: readonly Coding[], taker: ContentTaker, nesting = 0): ContentDecoder {
    const decoder = (FREE[nesting] ??= []).pop() ?? new ContentDecoder(nesting)
    decoder.#begin(codings, taker)
    return decoder
  }

  #begin(codings: readonly Coding[], taker: ContentTaker): void {
    this.#taker = taker
    this.#used = Math.min(codings.length, limits.layers)
    this.#problems.length = 0
    this.inputBytes = 0
    for (let i = 0; i < this.#used; i++) this.#layers[i].begin(codings[i])
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    this.inputBytes += end - start
    this.#layers[0].write(bytes, start, end)
  }

  /** No more comes. Whether everything was decoded to its end. */
  end(): boolean {
    let whole = true
    for (let i = 0; i < this.#used; i++) whole = this.#layers[i].end() && whole
    whole &&= this.#problems.every((problem) => problem === 'trailing' || problem === 'mismatch')
    this.close()
    return whole
  }

  close(): void {
    if (this.#taker === undefined) return
    for (let i = 0; i < this.#used; i++) this.#layers[i].close()
    this.#taker = undefined
    const free = FREE[this.#nesting]
    if (free.length < limits.pooled) free.push(this)
  }

  layerDecoded(layer: number, bytes: Uint8Array, start: number, end: number): void {
    if (layer + 1 < this.#used) this.#layers[layer + 1].write(bytes, start, end)
    else this.#taker?.decoded(bytes, start, end)
  }

  layerProblem(problem: DecodeProblem): void {
    if (this.#problems.includes(problem)) return
    this.#problems.push(problem)
    this.#taker?.undecodable(problem)
  }
}

/** By their nesting. */
const FREE: ContentDecoder[][] = []
