import { isDigit } from '../lib/ascii.ts'
import type { ValueSink, ValueTracker } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { KeptValue } from './kept-value.ts'
import { limits } from './limits.ts'

const QUOTE = 0x27

const State = { code: 0, word: 1, string: 2, quotedName: 3, lineComment: 4, blockComment: 5 } as const

/** Words that stand before a value without being its column. */
const OPERATORS = new Set([
  'like',
  'ilike',
  'in',
  'is',
  'not',
  'between',
  'any',
  'values',
  'array',
  'e',
  'n',
  'date',
  'and',
])

/** Words that begin a clause: what follows is compared with nothing yet. */
const CLAUSES = new Set(['select', 'from', 'where', 'set', 'or', 'having', 'returning'])

/**
 * SQL text. The field of a literal is the column it is compared with or assigned to (`email = '…'`, `name LIKE '…'`),
 * in an `INSERT` the column of the same place in the list. A lexer, not a grammar: where the statement does not tell,
 * the field is `''`.
 */
export class SqlTracker implements ValueTracker {
  values: ValueSink | undefined
  readonly #value = new KeptValue()
  /** Whether whole values of the columns of an `INSERT` are wanted. */
  #telling: boolean[] = []
  /** Of the byte at hand, in the content. */
  #at = 0
  readonly #word = new Uint8Array(limits.nameBytes)
  #length = 0
  #state: number = State.code
  #previous = 0
  #column = ''
  readonly #insertColumns: string[] = []
  #insert: 'no' | 'into' | 'columns' | 'after' | 'values' = 'no'
  #depth = 0
  #position = 0
  /** Number of the row at hand of an `INSERT`, or of the statement. */
  #record = 1

  /** Whether the position reached is outside of literals, quoted names and comments. */
  get inCode(): boolean {
    return this.#state === State.code || this.#state === State.word
  }

  reset(): void {
    this.#length = 0
    this.#state = State.code
    this.#previous = 0
    this.#at = 0
    this.#record = 0
    this.#endStatement()
  }

  end(): void {
    this.#endValue()
  }

  #endStatement(): void {
    this.#record++
    this.#column = ''
    this.#insertColumns.length = 0
    this.#insert = 'no'
    this.#depth = 0
    this.#position = 0
    this.#telling = []
    this.#value.drop()
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#state === State.string) this.#inString(c)
      else if (this.#state === State.quotedName) this.#inQuotedName(c)
      else if (this.#state === State.lineComment) this.#until(c, 0x0a)
      else if (this.#state === State.blockComment) this.#inBlockComment(c)
      else this.#code(c)
      this.#previous = c
      this.#at++
    }
  }

  #inString(c: number): void {
    if (c === QUOTE) this.#state = State.code
    else if (this.#value.isOpen) this.#value.add(c, this.#at)
  }

  /** A literal begins, or goes on behind a quote that stands for itself: `'O''Brien'`. */
  #beginString(): void {
    this.#state = State.string
    if (this.#value.isOpen && this.#previous === QUOTE) this.#value.add(QUOTE, this.#at)
    else if (this.#depth === 1 && this.#telling[this.#position]) this.#value.begin()
  }

  #endValue(): void {
    if (this.#value.isOpen && this.values !== undefined) this.#value.end(this.field(), this.values)
  }

  #until(c: number, stop: number): void {
    if (c === stop) this.#state = State.code
  }

  #inBlockComment(c: number): void {
    if (c === 0x2f && this.#previous === 0x2a) this.#state = State.code
  }

  #inQuotedName(c: number): void {
    if (c === 0x22 || c === 0x60 || c === 0x5d) this.#endWord()
    else this.#keep(c)
  }

  #keep(c: number): void {
    if (this.#length < limits.nameBytes) this.#word[this.#length++] = c
  }

  #code(c: number): void {
    if (isWordByte(c)) {
      this.#state = State.word
      this.#keep(c)
      return
    }
    if (this.#state === State.word) this.#endWord()
    if (c === QUOTE) this.#beginString()
    else if (c === 0x22 || c === 0x60) this.#state = State.quotedName
    else if (c === 0x2d && this.#previous === 0x2d) this.#state = State.lineComment
    else if (c === 0x2a && this.#previous === 0x2f) this.#state = State.blockComment
    else this.#punctuation(c)
  }

  #punctuation(c: number): void {
    if (this.#value.isOpen && c > 0x20) this.#endValue()
    if (c === 0x3b) this.#endStatement()
    else if (c === 0x28) this.#open()
    else if (c === 0x29) this.#close()
    else if (c === 0x2c && this.#insert === 'values' && this.#depth === 1) this.#position++
  }

  #open(): void {
    if (this.#insert === 'into') this.#insert = 'columns'
    if (this.#insert !== 'values') return
    if (this.#depth === 0) this.#beginRow()
    this.#depth++
  }

  #beginRow(): void {
    this.#position = 0
    this.#record++
  }

  #close(): void {
    if (this.#insert === 'columns') this.#insert = 'after'
    else if (this.#depth > 0) this.#depth--
  }

  #endWord(): void {
    const word = Buffer.from(this.#word.subarray(0, this.#length)).toString('utf8')
    this.#length = 0
    this.#state = State.code
    const lower = word.toLowerCase()
    if (lower === 'insert') this.#insert = 'into'
    else if (lower === 'values' && this.#insert !== 'no') this.#beginValues()
    else if (this.#insert === 'columns') this.#addColumn(word)
    else if (CLAUSES.has(lower)) this.#column = ''
    else if (!OPERATORS.has(lower) && !isDigit(word.charCodeAt(0))) this.#column = word
  }

  #beginValues(): void {
    this.#insert = 'values'
    const { values } = this
    if (values !== undefined)
      this.#telling = this.#insertColumns.map((name) => values.isTelling(fieldName(name)))
  }

  #addColumn(word: string): void {
    if (this.#insertColumns.length < limits.columns) this.#insertColumns.push(word)
  }

  record(): number {
    return this.#record
  }

  isInRecord(record: number): boolean {
    return this.#record === record
  }

  field(): string {
    const name = this.#insert === 'values' ? (this.#insertColumns[this.#position] ?? '') : this.#column
    return fieldName(name)
  }
}

function isWordByte(c: number): boolean {
  return isDigit(c) || (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x5f || c >= 0x80
}

const INSERT = Buffer.from('insert')

/** Whether a statement that begins with `bytes[start, end)` may be an `INSERT`: only there columns are named apart from values. */
export function mayBeInsert(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end && bytes[at] <= 0x20) at++
  for (let i = 0; i < INSERT.length && at + i < end; i++)
    if ((bytes[at + i] | 0x20) !== INSERT[i]) return false
  return true
}
