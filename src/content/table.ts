import { utf8 } from '../lib/bytes.ts'
import type { TableForm } from '../model/content-format.ts'
import { anyName, fieldName, hasValueForm, isIdentifier, isKnownName } from './field-name.ts'
import type { ValueSink, ValueTracker } from './field-tracker.ts'
import { KeptValue } from './kept-value.ts'
import { limits } from './limits.ts'

const QUOTE = 0x22
const SEPARATORS = [0x2c, 0x3b, 0x09, 0x7c] as const

/**
 * Comma-, semicolon-, tab- or bar-separated values (RFC 4180 and its relatives). The first record names the columns if
 * it looks like names: none of its cells looks like a value, and most are what fields are called or how programmers
 * write them. Otherwise it is data, of people perhaps, and columns are `column 1`, `column 2`.
 */
export class TableTracker implements ValueTracker {
  values: ValueSink | undefined
  readonly #value = new KeptValue()
  /** Columns whose whole values are wanted. */
  #telling: boolean[] = []
  /** Of the byte at hand, in the content. */
  #at = 0
  readonly #names: string[] = []
  readonly #cell = new Uint8Array(limits.nameBytes)
  readonly #fixedSeparator: number
  #separator = 0
  #length = 0
  #column = 0
  #row = 0
  #quoted = false
  /** The byte before was an escape that is not the quote itself. */
  #escaped = false
  #quote = QUOTE
  #escape = QUOTE
  #hasHeader = false

  /** `separator` is a byte, or 0 to take the first of `, ; tab |` that the first record holds. */
  constructor(separator: number) {
    this.#fixedSeparator = separator
    this.reset()
  }

  /** Begins a table whose form is known. Columns without a name and without a header are named by number. */
  begin(form: TableForm): void {
    this.reset()
    this.#separator = form.separator
    this.#quote = form.quote
    this.#escape = form.escape
    for (let i = 0; i < form.columns.length && i < limits.columns; i++) this.#names.push(form.columns[i])
    this.#hasHeader = form.hasHeader && form.columns.length === 0
    if (this.#hasHeader) return
    this.#row = 1
    this.#findTelling()
    this.#beginCell()
  }

  reset(): void {
    this.#names.length = 0
    this.#separator = this.#fixedSeparator
    this.#length = 0
    this.#column = 0
    this.#row = 0
    this.#quoted = false
    this.#escaped = false
    this.#quote = QUOTE
    this.#escape = QUOTE
    this.#hasHeader = false
    this.#telling = []
    this.#at = 0
    this.#value.drop()
  }

  end(): void {
    if (this.#row > 0) this.#endCell()
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#quoted) this.#readQuoted(c)
      else if (c === this.#quote && c !== 0) this.#quoted = true
      else if (c === 0x0a) this.#endRow()
      else if (this.#isSeparator(c)) this.#nextCell()
      else this.#keep(c)
      this.#at++
    }
  }

  #readQuoted(c: number): void {
    if (this.#escaped) this.#escaped = false
    else if (c === this.#escape && c !== this.#quote) this.#escaped = true
    else if (c === this.#quote) this.#quoted = false
    else this.#keep(c)
  }

  #isSeparator(c: number): boolean {
    if (this.#separator !== 0) return c === this.#separator
    if (!SEPARATORS.some((separator) => separator === c)) return false
    this.#separator = c
    return true
  }

  #keep(c: number): void {
    if (this.#value.isOpen) this.#value.add(c, this.#at)
    if (this.#row > 0 || c === 0x0d) return
    if (this.#length < limits.nameBytes) this.#cell[this.#length++] = c
  }

  #nextCell(): void {
    this.#endCell()
    this.#beginCell()
  }

  #beginCell(): void {
    if (this.#telling[this.#column]) this.#value.begin()
  }

  #findTelling(): void {
    const { values } = this
    if (values !== undefined) this.#telling = this.#names.map((name) => values.isTelling(fieldName(name)))
  }

  #endCell(): void {
    if (this.#value.isOpen && this.values !== undefined) this.#value.end(this.field(), this.values)
    if (this.#row === 0 && this.#column < limits.columns)
      this.#names.push(utf8(this.#cell, 0, this.#length).trim())
    this.#length = 0
    this.#column++
  }

  #endRow(): void {
    this.#endCell()
    if (this.#row === 0 && !this.#hasHeader && !isHeader(this.#names)) this.#names.length = 0
    if (this.#row === 0) this.#findTelling()
    this.#column = 0
    this.#row++
    this.#beginCell()
  }

  /** A row. */
  record(): number {
    return this.#row
  }

  isInRecord(record: number): boolean {
    return this.#row === record
  }

  field(): string {
    const name = this.#row > 0 ? fieldName(this.#names[this.#column] ?? '') : ''
    return name === '' || name === anyName ? `column ${this.#column + 1}` : name
  }
}

/** Whether the cells of a first record are names of columns rather than values. */
export function isHeader(cells: readonly string[]): boolean {
  const named = cells.filter((cell) => cell !== '')
  if (named.some((cell) => hasValueStart(cell) || hasValueForm(cell))) return false
  const known = named.filter((cell) => isKnownName(cell) || isIdentifier(cell))
  return 2 * known.length > named.length
}

function hasValueStart(cell: string): boolean {
  const c = cell.charCodeAt(0)
  return c === 0x2b || (c >= 0x30 && c <= 0x39)
}
