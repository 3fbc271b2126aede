/** Where the screen is drawn: a terminal's stream. */
export interface Terminal {
  readonly columns?: number
  readonly rows?: number
  readonly writableNeedDrain?: boolean
  write(text: string): boolean
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

/** Taken where a terminal does not say how large it is. */
const usualSize = { columns: 80, rows: 24 }

/** Synchronized update: a terminal that knows it shows the frame at once, others ignore it. */
const begin = '\u001b[?2026h'
const end = '\u001b[?2026l'

/**
 * Lines that are drawn anew in their place. No alternate screen and the cursor stays visible, so that a terminal is
 * as it was however the program ends, and the last frame stays to be read.
 */
export class Screen {
  readonly #terminal: Terminal
  readonly #onResize = () => (this.#resized = true)
  /** Lines that stand there, above the cursor. */
  #drawn = 0
  #resized = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    terminal.on('resize', this.#onResize)
  }

  get columns(): number {
    return this.#terminal.columns ?? usualSize.columns
  }

  /** One less than there are: the cursor has the last. */
  get rows(): number {
    return (this.#terminal.rows ?? usualSize.rows) - 1
  }

  /** Draws over the last frame; left out while the terminal has not taken that one. */
  draw(lines: string[]): void {
    if (this.#terminal.writableNeedDrain) return
    const shown = lines.slice(0, this.rows)
    this.#terminal.write(`${begin}${this.#rewind()}${shown.map((line) => `${line}\n`).join('')}${end}`)
    this.#drawn = shown.length
  }

  close(): void {
    this.#terminal.off('resize', this.#onResize)
  }

  /** A resize wraps lines anew, so that where the frame began is not known: the whole screen is cleared. */
  #rewind(): string {
    if (this.#resized) {
      this.#resized = false
      return '\u001b[2J\u001b[H'
    }
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\u001b[J`
  }
}
