import { limits } from './limits.ts'
import type { RunSink } from './value-reader.ts'

/** Hands short values on in one run, however the content is cut: by their field only whole values are judged. */
export class WholeRuns implements RunSink {
  readonly #sink: RunSink
  /** What is not handed on yet of a value: a `HeldValue`. */
  readonly bytes = new Uint8Array(limits.valueBytes)
  length = 0
  /** The value at hand is too long: the rest of it is handed on as it comes. */
  #isLong = false

  constructor(sink: RunSink) {
    this.#sink = sink
  }

  /** Begins a new content. */
  reset(): void {
    this.length = 0
    this.#isLong = false
  }

  value(bytes: Uint8Array, start: number, end: number, last: boolean): void {
    const isFirst = this.length === 0 && !this.#isLong
    const fits = this.length + end - start <= this.bytes.length
    if (this.#isLong || (isFirst && (last || !fits))) this.#sink.value(bytes, start, end, last)
    else if (!fits) {
      this.#sink.value(this.bytes, 0, this.length, false)
      this.#sink.value(bytes, start, end, last)
    } else {
      Buffer.prototype.copy.call(bytes, this.bytes, this.length, start, end)
      this.length += end - start
      if (last) this.#sink.value(this.bytes, 0, this.length, true)
      else return
    }
    this.length = 0
    this.#isLong = !last
  }
}
