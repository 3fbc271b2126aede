import { utf8 } from '../lib/bytes.ts'
import { anyName, fieldName, hasValueForm, isIdentifier, isKnownName } from './field-name.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'

const QUOTE = 0x22
const SEPARATORS = [0x2c, 0x3b, 0x09, 0x7c] as const

/**
 * Comma-, semicolon-, tab- or bar-separated values (RFC 4180 and its relatives). The first record names the columns if
 * it looks like names: none of its cells looks like a value, and most are what fields are called or how programmers
 * write them. Otherwise it is data, of people perhaps, and columns are `column 1`, `column 2`.
 */
export class TableTracker implements FieldTracker {
  readonly #names: string[] = []
  readonly #cell = new Uint8Array(limits.nameBytes)
  readonly #fixedSeparator: number
  #separator = 0
  #length = 0
  #column = 0
  #row = 0
  #quoted = false

  /** `separator` is a byte, or 0 to take the first of `, ; tab |` that the first record holds. */
  constructor(separator: number) {
    this.#fixedSeparator = separator
    this.reset()
  }

  /** Begins a table without a header line whose columns are known, or not known (`[]`) but named by number. */
  beginWithout(columns: readonly string[]): void {
    this.reset()
    this.#names.push(...columns.slice(0, limits.columns))
    this.#row = 1
  }

  reset(): void {
    this.#names.length = 0
    this.#separator = this.#fixedSeparator
    this.#length = 0
    this.#column = 0
    this.#row = 0
    this.#quoted = false
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (c === QUOTE) this.#quoted = !this.#quoted
      else if (this.#quoted) this.#keep(c)
      else if (c === 0x0a) this.#endRow()
      else if (this.#isSeparator(c)) this.#endCell()
      else this.#keep(c)
    }
  }

  #isSeparator(c: number): boolean {
    if (this.#separator !== 0) return c === this.#separator
    if (!SEPARATORS.some((separator) => separator === c)) return false
    this.#separator = c
    return true
  }

  #keep(c: number): void {
    if (this.#row > 0 || c === 0x0d) return
    if (this.#length < limits.nameBytes) this.#cell[this.#length++] = c
  }

  #endCell(): void {
    if (this.#row === 0 && this.#column < limits.columns)
      this.#names.push(utf8(this.#cell, 0, this.#length).trim())
    this.#length = 0
    this.#column++
  }

  #endRow(): void {
    this.#endCell()
    if (this.#row === 0 && !isHeader(this.#names)) this.#names.length = 0
    this.#column = 0
    this.#row++
  }

  field(): string {
    const name = this.#row > 0 ? fieldName(this.#names[this.#column] ?? '') : ''
    return name === '' || name === anyName ? `column ${this.#column + 1}` : name
  }
}

/** Whether the cells of a first record are names of columns rather than values. */
function isHeader(cells: readonly string[]): boolean {
  const named = cells.filter((cell) => cell !== '')
  if (named.some((cell) => hasValueStart(cell) || hasValueForm(cell))) return false
  const known = named.filter((cell) => isKnownName(cell) || isIdentifier(cell))
  return 2 * known.length > named.length
}

function hasValueStart(cell: string): boolean {
  const c = cell.charCodeAt(0)
  return c === 0x2b || (c >= 0x30 && c <= 0x39)
}
