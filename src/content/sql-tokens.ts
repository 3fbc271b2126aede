/** A word in lower case, a quoted name or a literal without its quotes, or a single other character. */
export interface SqlToken {
  kind: 'word' | 'name' | 'string' | 'mark'
  text: string
}

/** What a backslash makes of the letter behind it in `E'…'`. */
const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f' }

/** Takes a statement apart (PostgreSQL documentation, 4.1). For a text of bounded length, off the packet path. */
export function readTokens(text: string): SqlToken[] {
  const lexer = new Lexer(text)
  const tokens: SqlToken[] = []
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) tokens.push(token)
  return tokens
}

class Lexer {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): SqlToken | undefined {
    this.#skipBlanks()
    if (this.#at >= this.#text.length) return undefined
    const c = this.#text[this.#at]
    if (c === "'") return { kind: 'string', text: this.#quoted(c, false) }
    if (c === '"') return { kind: 'name', text: this.#quoted(c, false) }
    if (c === '$') return this.#dollarQuoted() ?? this.#mark()
    return isWordPart(c) ? this.#word() : this.#mark()
  }

  #mark(): SqlToken {
    return { kind: 'mark', text: this.#text[this.#at++] }
  }

  #word(): SqlToken {
    const start = this.#at
    while (this.#at < this.#text.length && isWordPart(this.#text[this.#at])) this.#at++
    const text = this.#text.slice(start, this.#at).toLowerCase()
    if (text === 'e' && this.#text[this.#at] === "'") return { kind: 'string', text: this.#quoted("'", true) }
    return { kind: 'word', text }
  }

  /** From the quote here to the one that closes; a doubled one is one of the text. */
  #quoted(quote: string, hasEscapes: boolean): string {
    let read = ''
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]
      if (c === quote && this.#text[this.#at + 1] !== quote) break
      if (c === quote) this.#at++
      if (hasEscapes && c === '\\') {
        const escaped = this.#text[++this.#at] ?? ''
        read += ESCAPES[escaped] ?? escaped
      } else read += c
    }
    this.#at++
    return read
  }

  /** `$tag$ … $tag$`; undefined where the dollar begins none. */
  #dollarQuoted(): SqlToken | undefined {
    let end = this.#at + 1
    while (end < this.#text.length && isWordPart(this.#text[end]) && this.#text[end] !== '$') end++
    if (this.#text[end] !== '$') return undefined
    const tag = this.#text.slice(this.#at, end + 1)
    const close = this.#text.indexOf(tag, end + 1)
    const text = this.#text.slice(end + 1, close < 0 ? this.#text.length : close)
    this.#at = close < 0 ? this.#text.length : close + tag.length
    return { kind: 'string', text }
  }

  #skipBlanks(): void {
    for (;;) {
      while (this.#text.charCodeAt(this.#at) <= 0x20) this.#at++
      if (this.#text.startsWith('--', this.#at)) this.#skipTo('\n')
      else if (this.#text.startsWith('/*', this.#at)) this.#skipTo('*/')
      else return
    }
  }

  #skipTo(mark: string): void {
    const at = this.#text.indexOf(mark, this.#at + 2)
    this.#at = at < 0 ? this.#text.length : at + mark.length
  }
}

/** Letters, digits, `_` and `$`; everything beyond ASCII counts as a letter, as for PostgreSQL. */
function isWordPart(c: string): boolean {
  const code = c.charCodeAt(0)
  const lower = code | 0x20
  return (
    code > 0x7f ||
    c === '_' ||
    c === '$' ||
    (code >= 0x30 && code <= 0x39) ||
    (lower >= 0x61 && lower <= 0x7a)
  )
}
