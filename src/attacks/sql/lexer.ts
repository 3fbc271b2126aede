import { isDigit } from '../../lib/ascii.ts'
import { isBlank, isHexDigit, isWordPart, isWordStart } from './characters.ts'

/** What a token is. `end`: nothing follows, or nothing that a database would read. */
export type SqlTokenKind =
  | 'word'
  | 'name'
  | 'number'
  | 'string'
  | 'variable'
  | 'operator'
  | 'open'
  | 'close'
  | 'comma'
  | 'semicolon'
  | 'dot'
  | 'comment'
  | 'other'
  | 'end'

const OPERATORS = [
  ...['<=>', '!==', '===', '->>', '#>>', '**=', '::'],
  ...[
    '<>',
    '!=',
    '<=',
    '>=',
    '==',
    '||',
    '&&',
    ':=',
    '<<',
    '>>',
    '->',
    '#>',
    '@>',
    '<@',
    '~*',
    '!~',
    '!<',
    '!>',
  ],
  ...['=', '<', '>', '+', '-', '*', '/', '%', '^', '|', '&', '~', '!', '?'],
]

/** By their first character, longest first. */
const operatorsByStart = new Map<string, readonly string[]>()
for (const operator of OPERATORS)
  operatorsByStart.set(operator[0], [...(operatorsByStart.get(operator[0]) ?? []), operator])

/**
 * Reads a fragment of SQL as MySQL, PostgreSQL, SQL Server, Oracle and SQLite would, token by token. Where they differ it
 * reads what does the most: `#` begins a comment unless it is an operator, a comment that begins with `!50000` is code, a backslash
 * escapes a quote. One object for many texts; what a token is stands in its fields.
 */
export class SqlLexer {
  kind: SqlTokenKind = 'end'
  /** Of a word, name, operator: as written in lower case. Of a string: what is between the quotes. */
  text = ''
  /** Place of the token. */
  start = 0
  /** Behind the token. */
  at = 0
  /** A string that nothing closes, a comment that goes to the end. */
  isOpen = false
  /** Comments between tokens, and code in comments, were met: what a person does not write. */
  inlineComments = 0
  #lower = ''
  /** Within a comment that is code. */
  #versioned = false

  /** @param lower - the text in lower case */
  begin(lower: string, at: number): void {
    this.#lower = lower
    this.at = at
    this.inlineComments = 0
    this.#versioned = false
    this.kind = 'end'
    this.text = ''
  }

  get isDone(): boolean {
    return this.at >= this.#lower.length
  }

  next(): SqlTokenKind {
    this.text = ''
    this.isOpen = false
    this.kind = this.#read()
    return this.kind
  }

  /** Whether the next thing but blanks is `character`; reads nothing. */
  isBefore(character: string): boolean {
    let at = this.at
    while (at < this.#lower.length && isBlank(this.#lower.charCodeAt(at))) at++
    return this.#lower[at] === character
  }

  #read(): SqlTokenKind {
    const text = this.#lower
    if (this.#skipBlanks()) return 'comment'
    this.start = this.at
    if (this.at >= text.length) return 'end'
    const code = text.charCodeAt(this.at)
    if (isDigit(code)) return this.#number()
    if (isWordStart(code)) return this.#word()
    return this.#mark(text[this.at])
  }

  #mark(c: string): SqlTokenKind {
    const text = this.#lower
    switch (c) {
      case "'":
      case '"':
        return this.#string(c)
      case '`':
        return this.#quotedName('`')
      case '(':
        return this.#single('open')
      case ')':
        return this.#single('close')
      case ',':
        return this.#single('comma')
      case ';':
        return this.#single('semicolon')
      case '@':
        return this.#variable()
      case '$':
        return this.#dollar()
      case '[':
        return this.#bracketed()
      case '{':
      case '}':
        return this.#single('other')
      case '\\':
        // MySQL reads \N as NULL.
        if (text[this.at + 1] === 'n') return this.#take('number', 2)
        return this.#single('other')
      case '.':
        return isDigit(text.charCodeAt(this.at + 1)) ? this.#number() : this.#single('dot')
      default:
        return this.#operator(c)
    }
  }

  #single(kind: SqlTokenKind): SqlTokenKind {
    return this.#take(kind, 1)
  }

  #take(kind: SqlTokenKind, length: number): SqlTokenKind {
    this.text = this.#lower.slice(this.at, this.at + length)
    this.at += length
    return kind
  }

  #operator(c: string): SqlTokenKind {
    for (const operator of operatorsByStart.get(c) ?? [])
      if (this.#lower.startsWith(operator, this.at)) return this.#take('operator', operator.length)
    if (c === ':' && isWordStart(this.#lower.charCodeAt(this.at + 1))) return this.#variable()
    return this.#single('other')
  }

  /** `12`, `1.5e3`, `0xff`, `0b1`; a number ends where it must: MySQL reads `1union` as a name, `1e0union` as two. */
  #number(): SqlTokenKind {
    const text = this.#lower
    const start = this.at
    if (text[start] === '0' && text[start + 1] === 'x' && isHexDigit(text.charCodeAt(start + 2))) {
      this.at += 2
      while (isHexDigit(text.charCodeAt(this.at))) this.at++
    } else {
      this.#digits()
      if (text[this.at] === '.') {
        this.at++
        this.#digits()
      }
      this.#exponent()
    }
    this.text = text.slice(start, this.at)
    return 'number'
  }

  #digits(): void {
    while (isDigit(this.#lower.charCodeAt(this.at))) this.at++
  }

  #exponent(): void {
    const text = this.#lower
    if (text[this.at] !== 'e') return
    const sign = text[this.at + 1] === '-' || text[this.at + 1] === '+' ? 1 : 0
    if (!isDigit(text.charCodeAt(this.at + 1 + sign))) return
    this.at += 1 + sign
    this.#digits()
  }

  #word(): SqlTokenKind {
    const text = this.#lower
    const start = this.at
    while (this.at < text.length && isWordPart(text.charCodeAt(this.at))) this.at++
    this.text = text.slice(start, this.at)
    const quote = text[this.at]
    if (quote === "'" && isStringPrefix(this.text)) return this.#string(quote)
    if (quote === "'" && (this.text === 'q' || this.text === 'nq')) return this.#oracleString()
    return 'word'
  }

  /** From the quote here to the one that closes; a doubled one and one behind a backslash are of the text. */
  #string(quote: string): SqlTokenKind {
    const text = this.#lower
    const start = ++this.at
    for (; this.at < text.length; this.at++) {
      const c = text[this.at]
      if (c === '\\') this.at++
      else if (c === quote) {
        if (text[this.at + 1] !== quote) break
        this.at++
      }
    }
    this.isOpen = this.at >= text.length
    this.text = text.slice(start, this.at)
    this.at = Math.min(this.at + 1, text.length)
    return 'string'
  }

  /** `q'[…]'`: what stands behind the quote closes it, too. */
  #oracleString(): SqlTokenKind {
    const text = this.#lower
    const opening = text[this.at + 1] ?? ''
    const closing = ({ '[': ']', '(': ')', '{': '}', '<': '>' }[opening] ?? opening) + "'"
    const start = this.at + 2
    const end = text.indexOf(closing, start)
    this.isOpen = end < 0
    this.text = text.slice(start, end < 0 ? text.length : end)
    this.at = end < 0 ? text.length : end + closing.length
    return 'string'
  }

  #quotedName(quote: string): SqlTokenKind {
    const start = this.at + 1
    const end = this.#lower.indexOf(quote, start)
    this.isOpen = end < 0
    this.text = this.#lower.slice(start, end < 0 ? this.#lower.length : end)
    this.at = end < 0 ? this.#lower.length : end + 1
    return 'name'
  }

  /** `[name]` of SQL Server; anything else in brackets is nothing of SQL. */
  #bracketed(): SqlTokenKind {
    let end = this.at + 1
    while (isWordPart(this.#lower.charCodeAt(end)) || this.#lower[end] === ' ') end++
    if (this.#lower[end] !== ']' || end === this.at + 1) return this.#single('other')
    this.text = this.#lower.slice(this.at + 1, end)
    this.at = end + 1
    return 'name'
  }

  /** `@a`, `@@version`, `@'a'`, `:a`. */
  #variable(): SqlTokenKind {
    const text = this.#lower
    const start = this.at++
    if (text[this.at] === '@') this.at++
    const quote = text[this.at]
    if (quote === '`') this.#quotedName(quote)
    else while (isWordPart(text.charCodeAt(this.at))) this.at++
    this.text = text.slice(start, this.at)
    return 'variable'
  }

  /** `$1`, money of SQL Server, or `$tag$ … $tag$` of PostgreSQL. */
  #dollar(): SqlTokenKind {
    const text = this.#lower
    let end = this.at + 1
    while (end - this.at < 64 && isWordPart(text.charCodeAt(end)) && text[end] !== '$') end++
    if (text[end] !== '$') {
      if (end === this.at + 1) return this.#single('other')
      return this.#take('variable', end - this.at)
    }
    const tag = text.slice(this.at, end + 1)
    const close = text.indexOf(tag, end + 1)
    this.isOpen = close < 0
    this.text = text.slice(end + 1, close < 0 ? text.length : close)
    this.at = close < 0 ? text.length : close + tag.length
    return 'string'
  }

  /** Blanks and comments; true where a comment takes the rest. */
  #skipBlanks(): boolean {
    const text = this.#lower
    for (;;) {
      while (this.at < text.length && isBlank(text.charCodeAt(this.at))) this.at++
      this.start = this.at
      const c = text[this.at]
      if (c === '/' && text[this.at + 1] === '*') {
        if (this.#blockComment()) return true
      } else if (c === '*' && text[this.at + 1] === '/' && this.#versioned) {
        this.#versioned = false
        this.at += 2
      } else if ((c === '-' && text[this.at + 1] === '-') || (c === '#' && !this.#isHashOperator())) {
        if (this.#lineComment(c === '#' ? 1 : 2)) return true
      } else return false
    }
  }

  #isHashOperator(): boolean {
    return this.#lower.startsWith('#>', this.at)
  }

  #blockComment(): boolean {
    const text = this.#lower
    if (text[this.at + 2] === '!' || text.startsWith('m!', this.at + 2)) {
      this.at += text[this.at + 2] === '!' ? 3 : 4
      this.#digits()
      this.#versioned = true
      this.inlineComments++
      return false
    }
    const end = text.indexOf('*/', this.at + 2)
    if (end >= 0) {
      this.at = end + 2
      this.inlineComments++
      return false
    }
    this.text = text.slice(this.at + 2)
    this.at = text.length
    this.isOpen = true
    return true
  }

  /** To the end of its line; true where there is no next line. */
  #lineComment(markLength: number): boolean {
    const text = this.#lower
    const end = text.indexOf('\n', this.at)
    if (end >= 0) {
      this.at = end + 1
      this.inlineComments++
      return false
    }
    this.text = text.slice(this.at + markLength)
    this.at = text.length
    return true
  }
}

/** `n'…'`, `e'…'`, `x'41'`, `b'1'`, `_utf8'…'`, `u&'…'` and dates as ODBC writes them. */
function isStringPrefix(word: string): boolean {
  return (word.length === 1 && 'nexb'.includes(word)) || (word.length > 2 && word.startsWith('_'))
}
