import type { RunSink } from './value-reader.ts'

/** Digits below which a number is no personal data by itself, nor an identifier of somebody. */
const leastDigits = 6

/** Writes numbers as they would stand in a text, where they are looked for. */
export class DecimalText {
  readonly #digits = new Uint8Array(16)

  /** Hands on a whole number from 0 on that is exact; smaller ones than identifiers have are left out. */
  handOn(value: number, sink: RunSink | undefined): void {
    if (sink === undefined || value < 10 ** (leastDigits - 1) || value > Number.MAX_SAFE_INTEGER) return
    let at = this.#digits.length
    for (let rest = value; rest > 0; rest = Math.floor(rest / 10)) this.#digits[--at] = 0x30 + (rest % 10)
    sink.value(this.#digits, at, this.#digits.length, true)
  }
}
