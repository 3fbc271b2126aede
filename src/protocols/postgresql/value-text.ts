/** Type OIDs of PostgreSQL's catalogue (`src/include/catalog/pg_type.dat`) whose binary form is not the text itself. */
const INT2 = 21
const INT4 = 23
const INT8 = 20
const JSONB = 3802

const MINUS = 0x2d

const NOT_TEXT = new Set([
  16, // bool
  700, // float4
  701, // float8
  1082, // date
  1083, // time
  1114, // timestamp
  1184, // timestamptz
  1700, // numeric
  2950, // uuid
])

/** A run of bytes to inspect for a value. */
export interface TextRun {
  bytes: Uint8Array
  start: number
  end: number
}

/** Turns values in binary form into what would be read of them; text goes through where it lies. */
export class ValueText {
  readonly #digits = new Uint8Array(24)

  /** Fills `run` with the value's text; false when its binary form holds no text. */
  of(type: number, run: TextRun): boolean {
    if (type === INT2 || type === INT4 || type === INT8) return this.#integer(run)
    if (type === JSONB) run.start = Math.min(run.end, run.start + 1)
    return !NOT_TEXT.has(type)
  }

  /** Two's complement, big-endian, of up to 8 bytes: by hand, since a BigInt and its text would be made for each value. */
  #integer(run: TextRun): boolean {
    const { bytes, start } = run
    const end = Math.min(run.end, start + 8)
    const isNegative = start < end && bytes[start] >= 0x80
    let high = 0
    let low = 0
    for (let i = start; i < end; i++) {
      const byte = isNegative ? 0xff - bytes[i] : bytes[i]
      high = ((high << 8) | (low >>> 24)) >>> 0
      low = ((low << 8) | byte) >>> 0
    }
    if (isNegative && ++low === 2 ** 32) {
      low = 0
      high++
    }
    run.bytes = this.#digits
    run.start = this.#write(high, low)
    if (isNegative) this.#digits[--run.start] = MINUS
    run.end = this.#digits.length
    return true
  }

  /** Writes a number of two halves in digits, up to the end of the room; returns where they begin. */
  #write(high: number, low: number): number {
    let at = this.#digits.length
    do {
      // Not by `%`, which is slow beyond 31 bits. All of it is exact: below 2^53.
      const nextHigh = Math.floor(high / 10)
      const rest = (high - nextHigh * 10) * 2 ** 32 + low
      const nextLow = Math.floor(rest / 10)
      this.#digits[--at] = 0x30 + rest - nextLow * 10
      high = nextHigh
      low = nextLow
    } while (high > 0 || low > 0)
    return at
  }
}
