import { limits } from '../limits.ts'
import { ScanError, type ScanErrorCode } from '../scan-error.ts'
import { ByteSet } from './byte-set.ts'
import type { Expression } from './expression.ts'
import { minLength, positionCount } from './expression.ts'

interface Source {
  /** Names the pattern in errors. */
  id: string
  expression: string
  ignoreCase?: boolean
}

/**
 * Reads an expression of the subset in readme.md. Throws a ScanError that names the pattern, the place and what to
 * write instead: a set is compiled when it is configured, never while scanning.
 */
export function parseExpression(source: Source): Expression {
  const parser = new Parser(source)
  const expression = parser.parse()
  if (minLength(expression) === 0) {
    throw parser.error(
      'PATTERN_MATCHES_EMPTY',
      0,
      'matches nothing at all',
      'make at least one part of it required',
    )
  }
  if (positionCount(expression) > limits.positionsPerPattern) {
    throw parser.error(
      'PATTERN_TOO_LARGE',
      0,
      'is too large with its repeats written out',
      'lower the counts',
    )
  }
  return expression
}

const digits = ByteSet.range(0x30, 0x39)
const wordCharacters = digits
  .union(ByteSet.range(0x41, 0x5a))
  .union(ByteSet.range(0x61, 0x7a))
  .union(ByteSet.of(0x5f))
const spaces = ByteSet.range(0x09, 0x0d).union(ByteSet.of(0x20))

const classEscapes: Record<string, ByteSet> = {
  d: digits,
  D: digits.complement(),
  w: wordCharacters,
  W: wordCharacters.complement(),
  s: spaces,
  S: spaces.complement(),
}

const controlEscapes: Record<string, number> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d, 0: 0x00 }

const anchorAdvice = 'leave it out: matches end at word boundaries unless the pattern says `boundary: none`'

const exactBytes: Expression[] = []
const foldedBytes: Expression[] = []

class Parser {
  readonly #source: Source
  readonly #text: string
  /** Literals by their byte: a list of words has each of its letters hundreds of times. */
  readonly #bytes: Expression[]
  #at = 0
  #depth = 0

  constructor(source: Source) {
    this.#source = source
    this.#text = source.expression
    this.#bytes = source.ignoreCase === true ? foldedBytes : exactBytes
  }

  parse(): Expression {
    if (this.#text.length > limits.expressionLength) {
      throw this.error('PATTERN_TOO_LARGE', 0, 'is too long', 'split it into several patterns')
    }
    const expression = this.#choice()
    if (this.#at < this.#text.length) throw this.#invalid(this.#at, 'has a `)` that closes nothing')
    return expression
  }

  error(code: ScanErrorCode, at: number, problem: string, advice: string): ScanError {
    const where = `Pattern ${this.#source.id}, character ${at + 1}`
    const excerpt = this.#text.slice(Math.max(0, at - 10), at + 20)
    return new ScanError(code, `${where} (near ${JSON.stringify(excerpt)}): the expression ${problem}`, {
      nextStep: advice,
    })
  }

  #invalid(at: number, problem: string): ScanError {
    return this.error('PATTERN_INVALID', at, problem, 'escape it with \\ if it is meant as it stands')
  }

  #unsupported(at: number, problem: string, advice: string): ScanError {
    return this.error('PATTERN_UNSUPPORTED', at, problem, advice)
  }

  #choice(): Expression {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 ? options[0] : { kind: 'choice', options }
  }

  #sequence(): Expression {
    const items: Expression[] = []
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at])) items.push(this.#repeat())
    return items.length === 1 ? items[0] : { kind: 'sequence', items }
  }

  #repeat(): Expression {
    let item = this.#item()
    for (let counts = this.#counts(); counts !== undefined; counts = this.#counts()) {
      if ('?+'.includes(this.#text[this.#at] || ' ')) {
        throw this.#unsupported(
          this.#at,
          'has a lazy or possessive repeat',
          'matches are always longest: use a class that excludes what ends it',
        )
      }
      item = { kind: 'repeat', item, ...counts }
    }
    return item
  }

  #counts(): { min: number; max: number } | undefined {
    if (this.#take('?')) return { min: 0, max: 1 }
    if (this.#take('*')) return { min: 0, max: Infinity }
    if (this.#take('+')) return { min: 1, max: Infinity }
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (counted === null) return undefined
    const start = this.#at
    this.#at += counted[0].length
    const min = Number(counted[1])
    const max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3])
    if (max < min) throw this.#invalid(start, 'has a repeat whose bounds are the wrong way round')
    if (min > limits.repeatCount || (max !== Infinity && max > limits.repeatCount)) {
      throw this.error(
        'PATTERN_TOO_LARGE',
        start,
        `repeats more than ${limits.repeatCount} times`,
        'lower the count',
      )
    }
    return { min, max }
  }

  #item(): Expression {
    const start = this.#at
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
    this.#at += character.length
    switch (character) {
      case '(':
        return this.#group(start)
      case '[':
        return this.#class(start)
      case '.':
        return { kind: 'bytes', set: ByteSet.of(0x0a).complement() }
      case '\\':
        return this.#escape(start)
      case '^':
      case '$':
        throw this.#unsupported(start, `has the anchor ${character}`, anchorAdvice)
      case '?':
      case '*':
      case '+':
        throw this.#invalid(start, `has a ${character} with nothing before it to repeat`)
      default:
        return this.#literal(character)
    }
  }

  #group(start: number): Expression {
    if (this.#take('?') && !this.#take(':')) {
      throw this.#unsupported(
        start,
        'has a group that looks around, is named or sets flags',
        'write (?:…); what must stand beside a value is for its context words, case is for `ignoreCase`',
      )
    }
    if (++this.#depth > limits.groupDepth) {
      throw this.error('PATTERN_TOO_LARGE', start, 'nests its groups too deeply', 'write it flatter')
    }
    const expression = this.#choice()
    this.#depth--
    if (!this.#take(')')) throw this.#invalid(start, 'has a `(` that is not closed')
    return expression
  }

  #escape(start: number): Expression {
    const set = this.#escapedSet(start)
    return { kind: 'bytes', set: this.#folded(set) }
  }

  /** What stands after a backslash, in a class or outside. */
  #escapedSet(start: number): ByteSet {
    const character = this.#text[this.#at++]
    if (character === undefined) throw this.#invalid(start, 'ends in a \\')
    if (character in classEscapes) return classEscapes[character]
    if (character in controlEscapes) return ByteSet.of(controlEscapes[character])
    if (character === 'x') return ByteSet.of(this.#hexByte(start))
    if (/[a-z1-9]/i.test(character)) throw this.#unknownEscape(start, character)
    if (character > '\x7f') throw this.#invalid(start, 'escapes a character that needs none')
    return ByteSet.of(character.charCodeAt(0))
  }

  #hexByte(start: number): number {
    const hex = this.#text.slice(this.#at, this.#at + 2)
    if (!/^[0-9a-f]{2}$/i.test(hex)) throw this.#invalid(start, 'has a \\x without two hexadecimal digits')
    this.#at += 2
    return Number.parseInt(hex, 16)
  }

  #unknownEscape(start: number, character: string): ScanError {
    if (/[1-9k]/.test(character)) {
      return this.#unsupported(
        start,
        'refers back to a group',
        'write the alternatives out; check equality in code',
      )
    }
    if (/[bBAzZG]/.test(character))
      return this.#unsupported(start, `has the anchor \\${character}`, anchorAdvice)
    return this.#unsupported(
      start,
      `has the escape \\${character}`,
      'write a class of bytes, such as [a-z\\x80-\\xff]',
    )
  }

  #class(start: number): Expression {
    const negated = this.#take('^')
    const characters: Expression[] = []
    let set = new ByteSet()
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      if (this.#at >= this.#text.length) throw this.#invalid(start, 'has a `[` that is not closed')
      const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
      if (character > '\x7f') {
        this.#at += character.length
        if (this.#isRange()) throw this.#rangeBeyondAscii(this.#at - character.length)
        characters.push(this.#literal(character))
      } else {
        set = set.union(this.#classRange())
      }
    }
    this.#at++
    if (characters.length === 0) {
      const folded = this.#folded(set)
      return { kind: 'bytes', set: negated ? folded.complement() : folded }
    }
    if (negated)
      throw this.#unsupported(start, 'excludes characters beyond ASCII', 'exclude bytes: [^\\x80-\\xff]')
    return { kind: 'choice', options: [{ kind: 'bytes', set: this.#folded(set) }, ...characters] }
  }

  /** One character, escape or range of a class. */
  #classRange(): ByteSet {
    const start = this.#at
    const first = this.#classByte()
    if (!this.#isRange()) return first
    this.#at++
    const last = this.#classByte()
    const [from, ...moreFrom] = first
    const [to, ...moreTo] = last
    if (moreFrom.length + moreTo.length > 0 || to < from)
      throw this.#invalid(start, 'has a range without two ends')
    return ByteSet.range(from, to)
  }

  #classByte(): ByteSet {
    const start = this.#at
    const character = this.#text[this.#at++]
    if (character === undefined) throw this.#invalid(start, 'has a `[` that is not closed')
    if (character === '\\') return this.#escapedSet(start)
    if (character === '[' && this.#text[this.#at] === ':') {
      throw this.#unsupported(start, 'has a named class', 'write its ranges: [a-zA-Z0-9]')
    }
    if (character > '\x7f') throw this.#rangeBeyondAscii(start)
    return ByteSet.of(character.charCodeAt(0))
  }

  /** Between the ends of a range, rather than before a hyphen that stands for itself. */
  #isRange(): boolean {
    return this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']'
  }

  #rangeBeyondAscii(at: number): ScanError {
    const advice = 'list the characters, or use bytes: [\\x80-\\xff]'
    return this.#unsupported(at, 'has a range beyond ASCII', advice)
  }

  /** A character as its bytes in UTF-8; case is folded for ASCII letters only. */
  #literal(character: string): Expression {
    const items = [...Buffer.from(character)].map((byte) => this.#byte(byte))
    return items.length === 1 ? items[0] : { kind: 'sequence', items }
  }

  #byte(byte: number): Expression {
    return (this.#bytes[byte] ??= { kind: 'bytes', set: this.#folded(ByteSet.of(byte)) })
  }

  #folded(set: ByteSet): ByteSet {
    if (this.#source.ignoreCase !== true) return set
    const other: number[] = []
    for (const byte of set) {
      const upper = byte & ~0x20
      if (upper >= 0x41 && upper <= 0x5a) other.push(byte ^ 0x20)
    }
    return set.union(ByteSet.of(...other))
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }
}
