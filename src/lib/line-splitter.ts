const newline = 0x0a

/**
 * Cuts a stream of bytes into lines of UTF-8 and holds no more than one unfinished line, of at most `limitBytes`.
 * The newline, and a carriage return before it, are left out.
 */
export class LineSplitter {
  readonly #limitBytes: number
  #parts: Buffer[] = []
  #length = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** The lines that `chunk` completes; null when one is longer than the limit, after which nothing can be read. */
  push(chunk: Buffer): string[] | null {
    const lines: string[] = []
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      if (!this.#keep(chunk.subarray(from, end))) return null
      lines.push(this.#take())
      from = end + 1
    }
    return this.#keep(chunk.subarray(from)) ? lines : null
  }

  /** What came after the last newline, for streams that may end without one. */
  end(): string {
    return this.#take()
  }

  #keep(part: Buffer): boolean {
    this.#length += part.length
    if (this.#length >= this.#limitBytes) return false
    if (part.length > 0) this.#parts.push(part)
    return true
  }

  #take(): string {
    const line = (this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts)).toString('utf8')
    this.#parts = []
    this.#length = 0
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }
}
