/** A line and a column, both from 1; columns count characters, as editors do. */
export interface LinePlace {
  line: number
  column: number
}

/** Tells lines and columns of positions in a text; quick where they are asked for in order. */
export class LinePlaces {
  readonly #bytes: Uint8Array
  #at = 0
  #line = 1
  #column = 1

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  of(position: number): LinePlace {
    if (position < this.#at) this.#restart()
    for (; this.#at < position; this.#at++) this.#pass(this.#bytes[this.#at])
    return { line: this.#line, column: this.#column }
  }

  #pass(byte: number): void {
    if (byte === 0x0a) {
      this.#line++
      this.#column = 1
    } else if ((byte & 0xc0) !== 0x80) {
      // A byte of UTF-8 that goes on with a character is no column of its own.
      this.#column++
    }
  }

  #restart(): void {
    this.#at = 0
    this.#line = 1
    this.#column = 1
  }
}

export function placeText({ line, column }: LinePlace): string {
  return `${line}:${column}`
}
