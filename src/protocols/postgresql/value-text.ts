/** Type OIDs of PostgreSQL's catalogue (`src/include/catalog/pg_type.dat`) whose binary form is not the text itself. */
const INT2 = 21
const INT4 = 23
const INT8 = 20
const JSONB = 3802

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

  #integer(run: TextRun): boolean {
    const { bytes, start, end } = run
    let value = start < end && bytes[start] >= 0x80 ? -1n : 0n
    for (let i = start; i < end && i < start + 8; i++) value = (value << 8n) | BigInt(bytes[i])
    const text = value.toString()
    for (let i = 0; i < text.length; i++) this.#digits[i] = text.charCodeAt(i)
    run.bytes = this.#digits
    run.start = 0
    run.end = text.length
    return true
  }
}
