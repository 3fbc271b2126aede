import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

const FLUSHED_CHARACTERS = 262_144

/** Lines in large writes: one write a record would cost more than inspecting it. */
export class LineOutput {
  readonly #stream: Writable
  #text = ''

  constructor(stream: Writable) {
    this.#stream = stream
  }

  line(text: string): void {
    this.#text += `${text}\n`
    if (this.#text.length > FLUSHED_CHARACTERS) this.#flush()
  }

  /** Resolves when there is room again for what was written. */
  async drained(): Promise<void> {
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain')
    else await setImmediate()
  }

  /** Resolves when all has been written. */
  async end(): Promise<void> {
    const text = this.#text
    this.#text = ''
    await new Promise<void>((resolve) => this.#stream.write(text, () => resolve()))
  }

  /** As bytes: a text that waits to be written would grow old, and old texts are collected late. */
  #flush(): void {
    this.#stream.write(Buffer.from(this.#text))
    this.#text = ''
  }
}
