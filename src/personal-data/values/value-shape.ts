import { isLetterOrBeyondAscii } from '../../lib/ascii.ts'

/** What the whole value of a field is made of. One object is reused: read, then ask. */
class ValueShape {
  /** Runs of letters, with the apostrophes, hyphens and dots inside or behind them. */
  words = 0
  /** Words that begin with a capital; letters beyond ASCII count as either. */
  capitalised = 0
  /** Letters of the longest word, in bytes. */
  longestWord = 0
  letters = 0
  digits = 0
  /** Runs of digits. */
  numbers = 0
  commas = 0
  /** Bytes that are none of these and no blank: `@`, `/`, brackets, control characters. */
  others = 0

  /** Reads `bytes[start, end)`. */
  read(bytes: Uint8Array, start: number, end: number): this {
    this.words = this.capitalised = this.longestWord = this.letters = 0
    this.digits = this.numbers = this.commas = this.others = 0
    let wordLength = 0
    let isNumber = false
    for (let i = start; i < end; i++) {
      const byte = bytes[i]
      const isDigit = byte >= 0x30 && byte <= 0x39
      if (isDigit) {
        this.digits++
        if (!isNumber) this.numbers++
      }
      isNumber = isDigit
      if (isLetterOrBeyondAscii(byte)) {
        this.letters++
        if (wordLength++ === 0) this.#beginWord(byte)
        if (wordLength > this.longestWord) this.longestWord = wordLength
      } else if (!isInner(byte) || wordLength === 0) {
        wordLength = 0
        if (!isDigit) this.#punctuation(byte)
      }
    }
    return this
  }

  #beginWord(byte: number): void {
    this.words++
    if (byte > 0x7f || (byte >= 0x41 && byte <= 0x5a)) this.capitalised++
  }

  #punctuation(byte: number): void {
    if (byte === 0x2c) this.commas++
    else if (byte !== 0x20 && !isInner(byte)) this.others++
  }
}

/** `'`, `-` and `.` */
function isInner(byte: number): boolean {
  return byte === 0x27 || byte === 0x2d || byte === 0x2e
}

const shape = new ValueShape()

/** What `bytes[start, end)` is made of. Valid until the next call. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): ValueShape {
  return shape.read(bytes, start, end)
}
