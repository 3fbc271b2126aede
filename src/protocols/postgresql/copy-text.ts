import type { ContentStream } from '../protocol.ts'

const BACKSLASH = 0x5c
const SPACE = 0x20

/** Where in an escape the bytes are. */
const State = { plain: 0, escape: 1, octal: 2, hex: 3 } as const

/** Decoded bytes on their way: used within a call only. */
const decoded = new Uint8Array(4096)

/**
 * Undoes the escapes of COPY's text format (PostgreSQL documentation, `COPY`, "Text Format"), cut anywhere. What would
 * read as the end of a value or of a line, but is a part of a value, becomes a space; `\N`, no value, becomes nothing.
 */
export class CopyText {
  #state: number = State.plain
  #separator = 0
  /** Value and count of the digits of `\101` or `\x41` so far. */
  #code = 0
  #digits = 0
  #length = 0

  begin(separator: number): void {
    this.#state = State.plain
    this.#separator = separator
    this.#length = 0
  }

  read(bytes: Uint8Array, start: number, end: number, to: ContentStream): void {
    let plain = start
    if (this.#state === State.plain) {
      while (plain < end && bytes[plain] !== BACKSLASH) plain++
      if (plain > start) to.write(bytes, start, plain)
    }
    for (let i = plain; i < end;) {
      // A byte gives two at most: itself and the number before it.
      if (this.#length + 2 > decoded.length) this.#flush(to)
      if (this.#state === State.plain && bytes[i] !== BACKSLASH) i = this.#copyPlain(bytes, i, end)
      else this.#readByte(bytes[i++])
    }
    this.#flush(to)
  }

  end(to: ContentStream): void {
    this.#endNumber()
    this.#flush(to)
  }

  /** Copies what is no escape, as far as there is room; returns where it stopped. */
  #copyPlain(bytes: Uint8Array, start: number, end: number): number {
    let to = this.#length
    let i = start
    while (i < end && to < decoded.length && bytes[i] !== BACKSLASH) decoded[to++] = bytes[i++]
    this.#length = to
    return i
  }

  #readByte(c: number): void {
    if (this.#state === State.escape) this.#readEscaped(c)
    else if (this.#state === State.plain || !this.#readDigit(c)) {
      this.#endNumber()
      if (c === BACKSLASH) this.#state = State.escape
      else decoded[this.#length++] = c
    }
  }

  #readEscaped(c: number): void {
    this.#state = State.plain
    this.#code = 0
    this.#digits = 0
    if (isOctal(c)) {
      this.#state = State.octal
      this.#readDigit(c)
    } else if (c === 0x78) this.#state = State.hex
    else if (BLANKS.has(c)) this.#put(SPACE)
    else if (c !== 0x4e) this.#put(c)
  }

  /** Takes a digit of a number; false when the byte is none of it. */
  #readDigit(c: number): boolean {
    const isOctalNumber = this.#state === State.octal
    if (this.#digits === (isOctalNumber ? 3 : 2)) return false
    const digit = isOctalNumber ? (isOctal(c) ? c - 0x30 : -1) : hexDigit(c)
    if (digit < 0) return false
    this.#code = this.#code * (isOctalNumber ? 8 : 16) + digit
    this.#digits++
    return true
  }

  #endNumber(): void {
    // `\x` without a digit is an x.
    if (this.#state === State.hex && this.#digits === 0) this.#code = 0x78
    if (this.#state === State.octal || this.#state === State.hex) this.#put(this.#code & 0xff)
    this.#state = State.plain
  }

  #put(c: number): void {
    decoded[this.#length++] = c < SPACE || c === this.#separator ? SPACE : c
  }

  #flush(to: ContentStream): void {
    if (this.#length > 0) to.write(decoded, 0, this.#length)
    this.#length = 0
  }
}

/** What `\b`, `\f`, `\n`, `\r`, `\t` and `\v` end in: all are white space or no part of a text. */
const BLANKS = new Set([0x62, 0x66, 0x6e, 0x72, 0x74, 0x76])

function isOctal(c: number): boolean {
  return c >= 0x30 && c <= 0x37
}

function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30
  const lower = c | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
