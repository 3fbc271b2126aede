import type { WriteStream } from 'node:tty'

const WIDTH = 30
const SHOWN_EVERY_MS = 100

/** Bytes read of a file, drawn over itself on a terminal; elsewhere silent. */
export class ProgressBar {
  readonly #stream: WriteStream
  #shownAt = 0
  #isShown = false

  constructor(stream: WriteStream) {
    this.#stream = stream
  }

  show(file: string, read: number, size: number): void {
    const now = performance.now()
    if (!this.#stream.isTTY || size === 0 || now - this.#shownAt < SHOWN_EVERY_MS) return
    this.#shownAt = now
    this.#isShown = true
    const share = Math.min(1, read / size)
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·')
    this.#stream.write(`\r\u001b[K${bar} ${Math.floor(share * 100)} % of ${file.replace(/\p{Cc}/gu, '?')}`)
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K')
    this.#isShown = false
  }
}
