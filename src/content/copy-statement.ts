import type { TableForm } from '../model/content-format.ts'
import { limits } from './limits.ts'
import { readTokens, type SqlToken } from './sql-tokens.ts'

/** How PostgreSQL's `COPY … FROM STDIN` or `… TO STDOUT` writes its data, as the statement says. */
export interface CopyForm {
  format: 'text' | 'csv' | 'binary'
  table: TableForm
}

const TAB = 0x09
const COMMA = 0x2c
const QUOTE = 0x22

/** Options of a COPY as they are found; undefined where the default holds. */
interface Options {
  format: string
  header: boolean
  delimiter: string | undefined
  quote: string | undefined
  escape: string | undefined
}

/**
 * Reads a COPY statement (PostgreSQL documentation, `COPY`, with the syntax of versions 7.3 and 9.0 that is still taken);
 * undefined for another statement, one beyond `limits.copyStatementBytes`, or options that it does not understand.
 */
export function copyForm(bytes: Uint8Array, start: number, end: number): CopyForm | undefined {
  const at = skipBlanks(bytes, start, end)
  if (!startsWithCopy(bytes, at, end) || end - at > limits.copyStatementBytes) return undefined
  const tokens = readTokens(Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8'))
  return new CopyStatement(tokens).read()
}

const WORD = [0x63, 0x6f, 0x70, 0x79] // copy

function startsWithCopy(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at <= WORD.length) return false
  for (let i = 0; i < WORD.length; i++) if ((bytes[at + i] | 0x20) !== WORD[i]) return false
  return true
}

/** White space and comments before the first word. */
function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end) {
    if (bytes[at] <= 0x20) at++
    else if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) at = behind(bytes, 0x0a, at, end)
    else if (bytes[at] === 0x2f && bytes[at + 1] === 0x2a) {
      do at = behind(bytes, 0x2f, at + 2, end)
      while (at < end && bytes[at - 2] !== 0x2a)
    } else return at
  }
  return end
}

function behind(bytes: Uint8Array, byte: number, start: number, end: number): number {
  const at = bytes.indexOf(byte, start)
  return at < 0 || at >= end ? end : at + 1
}

class CopyStatement {
  readonly #tokens: readonly SqlToken[]
  #at = 1
  readonly #options: Options = {
    format: 'text',
    header: false,
    delimiter: undefined,
    quote: undefined,
    escape: undefined,
  }

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens
  }

  read(): CopyForm | undefined {
    if (!this.#isWord(0, 'copy')) return undefined
    if (this.#isWord(1, 'binary') && this.#tokens[2]?.kind !== 'mark' && !this.#isDirection(2)) {
      this.#options.format = 'binary'
      this.#at++
    }
    const columns = this.#source()
    if (columns === undefined || !this.#isDirection(this.#at)) return undefined
    this.#at++
    if (!this.#take('stdin') && !this.#take('stdout')) return undefined
    this.#take('with')
    if (this.#isMark('(')) this.#readOptions()
    else this.#readOldOptions()
    return toForm(this.#options, columns)
  }

  /** The table with its columns, or a query, whose columns are not told. */
  #source(): string[] | undefined {
    if (this.#isMark('(')) {
      this.#skipBrackets()
      return []
    }
    while (this.#tokens[this.#at]?.kind === 'name' || this.#tokens[this.#at]?.kind === 'word') {
      this.#at++
      if (!this.#isMark('.')) break
      this.#at++
    }
    return this.#isMark('(') ? this.#columns() : []
  }

  #columns(): string[] | undefined {
    const columns: string[] = []
    for (this.#at++; this.#at < this.#tokens.length; this.#at++) {
      const { kind, text } = this.#tokens[this.#at]
      if (kind === 'word' || kind === 'name') columns.push(text.slice(0, limits.nameBytes))
      else if (text === ')') {
        this.#at++
        return columns
      } else if (text !== ',') return undefined
    }
    return undefined
  }

  /** `(FORMAT csv, HEADER, DELIMITER ';')`: lists in brackets are of columns, which say nothing of the form. */
  #readOptions(): void {
    for (this.#at++; this.#at < this.#tokens.length && !this.#isMark(')'); this.#at++) {
      const option = this.#tokens[this.#at]
      if (option.kind !== 'word') continue
      const argument = this.#tokens[this.#at + 1]
      if (argument?.kind === 'mark' && argument.text === '(') {
        this.#at++
        this.#skipBrackets()
        this.#at--
      } else this.#option(option.text, argument)
      while (this.#at + 1 < this.#tokens.length && !this.#isEndOfOption(this.#at + 1)) this.#at++
    }
  }

  #option(name: string, argument: SqlToken | undefined): void {
    const text = argument?.kind === 'mark' ? undefined : argument?.text
    if (name === 'format') this.#options.format = text?.toLowerCase() ?? ''
    else if (name === 'header')
      this.#options.header = text === undefined || !['0', 'off', 'false'].includes(text.toLowerCase())
    else if (name === 'delimiter' || name === 'quote' || name === 'escape') this.#options[name] = text ?? ''
  }

  /** `WITH CSV HEADER QUOTE AS '"' FORCE QUOTE a, b`: one after the other, without commas between them. */
  #readOldOptions(): void {
    const options = this.#options
    for (; this.#at < this.#tokens.length && !this.#isMark(';'); this.#at++) {
      const { kind, text } = this.#tokens[this.#at]
      if (kind !== 'word') continue
      if (text === 'csv' || text === 'binary') options.format = text
      else if (text === 'header') options.header = true
      else if (text === 'force') this.#skipForced()
      else if (text === 'where') return
      else if (text === 'delimiter' || text === 'delimiters') options.delimiter = this.#oldArgument()
      else if (text === 'quote' || text === 'escape') options[text] = this.#oldArgument()
    }
  }

  /** `FORCE [NOT] NULL a, b`, `FORCE QUOTE a, b`: columns, whatever they are called. */
  #skipForced(): void {
    this.#at += this.#isWord(this.#at + 1, 'not') ? 3 : 2
    while (this.#tokens[this.#at + 1]?.text === ',') this.#at += 2
  }

  #oldArgument(): string {
    if (this.#isWord(this.#at + 1, 'as')) this.#at++
    const argument = this.#tokens[this.#at + 1]
    if (argument?.kind !== 'string') return ''
    this.#at++
    return argument.text
  }

  /** Leaves the position behind the bracket that closes the one here. */
  #skipBrackets(): void {
    let depth = 0
    for (; this.#at < this.#tokens.length; this.#at++) {
      if (this.#isMark('(')) depth++
      else if (this.#isMark(')') && --depth === 0) {
        this.#at++
        return
      }
    }
  }

  #isEndOfOption(at: number): boolean {
    const { kind, text } = this.#tokens[at]
    return kind === 'mark' && (text === ',' || text === ')')
  }

  #isDirection(at: number): boolean {
    return this.#isWord(at, 'from') || this.#isWord(at, 'to')
  }

  #isWord(at: number, text: string): boolean {
    return this.#tokens[at]?.kind === 'word' && this.#tokens[at].text === text
  }

  #isMark(text: string): boolean {
    return this.#tokens[this.#at]?.kind === 'mark' && this.#tokens[this.#at].text === text
  }

  #take(word: string): boolean {
    if (!this.#isWord(this.#at, word)) return false
    this.#at++
    return true
  }
}

function toForm(options: Options, columns: string[]): CopyForm | undefined {
  const { format, header: hasHeader } = options
  if (format !== 'text' && format !== 'csv' && format !== 'binary') return undefined
  const isCsv = format === 'csv'
  const separator = character(options.delimiter, isCsv ? COMMA : TAB)
  const quote = isCsv ? character(options.quote, QUOTE) : 0
  const escape = isCsv ? character(options.escape, quote) : 0
  if (separator < 0 || quote < 0 || escape < 0) return undefined
  return { format, table: { columns, hasHeader, separator, quote, escape } }
}

/** The one byte that an option names, -1 where it names none. */
function character(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  // Taken as a tab by servers without standard_conforming_strings, refused by the others.
  if (text === '\\t') return TAB
  const code = text.charCodeAt(0)
  return text.length === 1 && code < 0x80 ? code : -1
}
