import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

/** Lines in large writes: one write a record would cost more than inspecting it. */
export class LineOutput {
  readonly #stream: Writable
  #text = ''

  constructor(stream: Writable) {
    this.#stream = stream
  }

  line(text: string): void {
    this.#text += `${text}\n`
    if (this.#text.length > 1_048_576) this.#flush()
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

  #flush(): void {
    this.#stream.write(this.#text)
    this.#text = ''
  }
}
