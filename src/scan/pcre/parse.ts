import { ByteSet } from '../expression/byte-set.ts'
import { limits } from '../limits.ts'
import { ScanError, type ScanErrorCode } from '../scan-error.ts'
import { byteEscapes, classEscapes, foldedCase, lineFeed, namedClasses } from './byte-classes.ts'
import { type Filling, fillingsOf } from './references.ts'
import { empty, type Node } from './syntax.ts'

/** `(?i)`, `(?s)`, `(?m)`, `(?x)`. */
interface Flags {
  ignoreCase: boolean
  dotAll: boolean
  multiLine: boolean
  extended: boolean
}

const flagNames: Readonly<Record<string, keyof Flags | undefined>> = {
  i: 'ignoreCase',
  s: 'dotAll',
  m: 'multiLine',
  x: 'extended',
}

const backReferenceAdvice =
  'Write the alternatives out, (?:aa|bb), or let the group stand for a few strings, outside of repeats: ([- ]?).'

/**
 * Reads a pattern in the syntax of PCRE2, byte by byte as NeuVector does. Captures are groups, lazy and possessive repeats are
 * plain ones, `\K` is nothing: what matches is the same or a little more, only where a match ends may differ.
 *
 * @param id - names the pattern in errors
 * @throws ScanError for what cannot be matched in linear time, with its place and what to write instead.
 */
export function parsePcre(id: string, text: string): Node {
  const parser = new PcreParser(id, text, new Map())
  const node = parser.parse()
  const groups = parser.referredGroups()
  if (groups.size === 0) return node
  const fillings = fillingsOf(groups)
  if (fillings === undefined) throw parser.tooManyFillings()
  return { kind: 'choice', options: fillings.map((filling) => new PcreParser(id, text, filling).parse()) }
}

class PcreParser {
  readonly #id: string
  readonly #text: string
  #at = 0
  #depth = 0
  /** Up to where `\Q` says that all stands for itself. */
  #quotedUntil = 0
  /** What groups that are referred to stand for, once that is known. */
  readonly #filling: Filling
  /** Groups by their number, those that have a name by that, and those that stand in a repeat. */
  readonly #groups = new Map<number, Node>()
  readonly #names = new Map<string, number>()
  readonly #repeated = new Set<number>()
  #groupCount = 0
  /** Groups that are referred to, and where that is. */
  readonly #references = new Map<number, number>()
  #flags: Flags = { ignoreCase: false, dotAll: false, multiLine: false, extended: false }

  constructor(id: string, text: string, filling: Filling) {
    this.#id = id
    this.#text = text
    this.#filling = filling
  }

  parse(): Node {
    const node = this.#choice()
    if (this.#at < this.#text.length) throw this.#invalid(this.#at, 'has a `)` that closes nothing')
    return node
  }

  /** Groups that are referred to. @throws ScanError where one stands in a repeat: it is another at each turn. */
  referredGroups(): Map<number, Node> {
    const groups = new Map<number, Node>()
    for (const [index, at] of this.#references) {
      if (this.#repeated.has(index))
        throw this.#unsupported(at, 'refers back to a group in a repeat', backReferenceAdvice)
      groups.set(index, this.#groups.get(index) ?? empty)
    }
    return groups
  }

  tooManyFillings(): ScanError {
    const [at = 0] = this.#references.values()
    return this.#unsupported(at, 'refers back to a group that may be much', backReferenceAdvice)
  }

  #error(code: ScanErrorCode, at: number, problem: string, advice: string): ScanError {
    const excerpt = this.#text.slice(Math.max(0, at - 10), at + 20)
    const where = `${this.#id}, character ${at + 1} (near ${JSON.stringify(excerpt)})`
    return new ScanError(code, `${where}: the expression ${problem}`, { nextStep: advice })
  }

  #invalid(at: number, problem: string): ScanError {
    return this.#error('PATTERN_INVALID', at, problem, 'Escape it with \\ if it is meant as it stands.')
  }

  #unsupported(at: number, problem: string, advice: string): ScanError {
    return this.#error('PATTERN_UNSUPPORTED', at, problem, advice)
  }

  /** Flags that are set in a group end with it. */
  #choice(): Node {
    const flags = this.#flags
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    this.#flags = flags
    return options.length === 1 ? options[0] : { kind: 'choice', options }
  }

  #sequence(): Node {
    const items: Node[] = []
    for (this.#skipSpace(); this.#goesOn(); this.#skipSpace()) items.push(this.#repeat())
    return items.length === 1 ? items[0] : { kind: 'sequence', items }
  }

  #goesOn(): boolean {
    if (this.#isAtEnd()) return false
    return this.#isQuoted() || !'|)'.includes(this.#text[this.#at])
  }

  #isQuoted(): boolean {
    return this.#at < this.#quotedUntil
  }

  #repeat(): Node {
    const start = this.#at
    const firstGroup = this.#groupCount + 1
    let item = this.#item()
    this.#skipSpace()
    for (let counts = this.#counts(); counts !== undefined; counts = this.#counts()) {
      if (!this.#take('?')) this.#take('+')
      if (counts.max < counts.min)
        throw this.#invalid(start, 'has a repeat whose bounds are the wrong way round')
      item = { kind: 'repeat', item, ...counts }
      if (counts.max > 1) for (let i = firstGroup; i <= this.#groupCount; i++) this.#repeated.add(i)
      this.#skipSpace()
    }
    return item
  }

  #counts(): { min: number; max: number } | undefined {
    if (this.#isQuoted()) return undefined
    if (this.#take('?')) return { min: 0, max: 1 }
    if (this.#take('*')) return { min: 0, max: Infinity }
    if (this.#take('+')) return { min: 1, max: Infinity }
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (counted === null) return undefined
    const start = this.#at
    this.#at += counted[0].length
    const min = Number(counted[1])
    const max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3])
    if (min > limits.repeatCount || (max !== Infinity && max > limits.repeatCount)) {
      const advice = `Lower the count; a match is at most ${limits.lookaheadBytes} bytes long behind what is looked for first.`
      throw this.#error('PATTERN_TOO_LARGE', start, `repeats more than ${limits.repeatCount} times`, advice)
    }
    return { min, max }
  }

  #item(): Node {
    const start = this.#at
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
    this.#at += character.length
    if (start < this.#quotedUntil) return this.#quotedLiteral(character)
    switch (character) {
      case '(':
        return this.#group(start)
      case '[':
        return this.#class(start)
      case '.':
        return { kind: 'bytes', set: this.#flags.dotAll ? ByteSet.all() : lineFeed.complement() }
      case '^':
        return { kind: 'assertion', is: this.#flags.multiLine ? 'line-start' : 'content-start' }
      case '$':
        return { kind: 'assertion', is: this.#flags.multiLine ? 'line-end' : 'last-line-end' }
      case '\\':
        return this.#escape(start)
      case '?':
      case '*':
      case '+':
        throw this.#invalid(start, `has a ${character} with nothing before it to repeat`)
      default:
        return this.#literal(character)
    }
  }

  #group(start: number): Node {
    if (++this.#depth > limits.groupDepth)
      throw this.#error('PATTERN_TOO_LARGE', start, 'nests its groups too deeply', 'Write it flatter.')
    if (this.#text[this.#at] === '*')
      throw this.#unsupported(start, 'has a verb, (*…)', 'Leave it out: there is no backtracking to control.')
    const node = this.#take('?') ? this.#special(start) : this.#capture(start)
    this.#depth--
    return node
  }

  #capture(start: number, name?: string): Node {
    const index = ++this.#groupCount
    if (name !== undefined) this.#names.set(name, index)
    const node = this.#closed(start)
    this.#groups.set(index, node)
    return this.#filling.get(index) ?? node
  }

  /** A group by its number, or, below 0, counted from here. */
  #reference(start: number, index: number): Node {
    const filled = this.#filling.get(index)
    if (filled !== undefined) return filled
    if (!this.#groups.has(index))
      throw this.#unsupported(start, 'refers to a group that does not stand before it', backReferenceAdvice)
    if (!this.#references.has(index)) this.#references.set(index, start)
    return empty
  }

  /** `\1`, `\g{1}`, `\g{-1}`, `\k<name>`, from behind the backslash on; undefined where it is none of them. */
  #referenceAt(start: number): Node | undefined {
    const syntax = /^(?:([1-9]\d?)|g\{?(-?\d{1,2})\}?|[kg](?:\{([A-Za-z_]\w*)\}|<(\w+)>|'(\w+)'))/
    const found = syntax.exec(this.#text.slice(this.#at, this.#at + 64))
    if (found === null) return undefined
    this.#at += found[0].length
    const [, digits, number, ...names] = found
    const name = names.find((each) => each !== undefined)
    if (name !== undefined) return this.#reference(start, this.#names.get(name) ?? 0)
    const index = Number(digits ?? number)
    return this.#reference(start, index < 0 ? this.#groupCount + 1 + index : index)
  }

  #closed(start: number): Node {
    const node = this.#choice()
    if (!this.#take(')')) throw this.#invalid(start, 'has a `(` that is not closed')
    return node
  }

  /** What begins with `(?`. */
  #special(start: number): Node {
    if (this.#take('#')) return this.#comment(start)
    if (this.#take(':') || this.#take('>') || this.#take('|')) return this.#closed(start)
    if (this.#take('=')) return this.#look(start, false, false)
    if (this.#take('!')) return this.#look(start, false, true)
    if (this.#take('<=')) return this.#look(start, true, false)
    if (this.#take('<!')) return this.#look(start, true, true)
    const rest = this.#text.slice(this.#at)
    const name = /^P?(?:<(\w+)>|'(\w+)')/.exec(rest)
    if (name !== null) {
      this.#at += name[0].length
      return this.#capture(start, name[1] ?? name[2])
    }
    const referred = /^P=(\w+)\)/.exec(rest)
    if (referred !== null) {
      this.#at += referred[0].length
      return this.#reference(start, this.#names.get(referred[1]) ?? 0)
    }
    const flags = /^(\^?[a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(rest)
    if (flags !== null && !/^[RP]/.test(rest)) return this.#flagged(start, flags)
    if (/^[R&\d+-]|^P>/.test(rest))
      throw this.#unsupported(start, 'calls another group', 'Write what it stands for in its place.')
    if (rest.startsWith('('))
      throw this.#unsupported(start, 'has a condition, (?(…)…)', 'Write both cases as alternatives: (?:a|b).')
    throw this.#unsupported(start, 'has a group of a kind that is not known', 'Write (?:…).')
  }

  #look(start: number, isBehind: boolean, isNegated: boolean): Node {
    return { kind: 'look', isBehind, isNegated, item: this.#closed(start) }
  }

  #comment(start: number): Node {
    const end = this.#text.indexOf(')', this.#at)
    if (end < 0) throw this.#invalid(start, 'has a `(` that is not closed')
    this.#at = end + 1
    return empty
  }

  /** `(?i)` for what follows in the group, `(?i:…)` for what is in it. */
  #flagged(start: number, [whole, on, off = '', end]: RegExpExecArray): Node {
    const before = this.#flags
    const flags = { ...before }
    const set = (letters: string, value: boolean) => {
      for (const letter of letters) {
        const flag = flagNames[letter]
        if (flag !== undefined) flags[flag] = value
        else if (!'UJn^'.includes(letter))
          throw this.#unsupported(start, `sets the flag ${letter}`, 'Leave it out.')
      }
    }
    if (on.startsWith('^')) set('ismx', false)
    set(on, true)
    set(off, false)
    this.#at += whole.length
    this.#flags = flags
    if (end === ')') return empty
    const node = this.#closed(start)
    this.#flags = before
    return node
  }

  #escape(start: number): Node {
    const character = this.#text[this.#at]
    switch (character) {
      case 'b':
        return this.#assertion('word-boundary')
      case 'B':
        return this.#assertion('no-word-boundary')
      case 'A':
        return this.#assertion('content-start')
      case 'z':
        return this.#assertion('content-end')
      case 'Z':
        return this.#assertion('last-line-end')
      case 'K':
        this.#at++
        return empty
      case 'R':
        this.#at++
        return lineEnds
      case 'Q':
        return this.#quoted()
      default:
        return this.#referenceAt(start) ?? { kind: 'bytes', set: this.#folded(this.#escapedSet(start)) }
    }
  }

  #assertion(is: Extract<Node, { kind: 'assertion' }>['is']): Node {
    this.#at++
    return { kind: 'assertion', is }
  }

  /** `\Q…\E`: what is between stands for itself. */
  #quoted(): Node {
    this.#at++
    const end = this.#text.indexOf('\\E', this.#at)
    this.#quotedUntil = end < 0 ? this.#text.length : end
    if (end === this.#at) this.#at += 2
    return empty
  }

  #quotedLiteral(character: string): Node {
    if (this.#at === this.#quotedUntil) this.#take('\\E')
    return this.#literal(character)
  }

  /** What stands after a backslash and is bytes, in a class or outside. */
  #escapedSet(start: number): ByteSet {
    const character = this.#text[this.#at++]
    if (character === undefined) throw this.#invalid(start, 'ends in a \\')
    if (Object.hasOwn(classEscapes, character)) return classEscapes[character]
    if (Object.hasOwn(byteEscapes, character)) return ByteSet.of(byteEscapes[character])
    if (character === 'x')
      return ByteSet.of(this.#number(start, /^(?:\{([\da-f]{1,6})\}|([\da-f]{0,2}))/i, 16))
    if (character === 'o') return ByteSet.of(this.#number(start, /^\{([0-7]{1,6})\}/, 8))
    if (character === '0') return ByteSet.of(this.#number(start, /^([0-7]{0,2})/, 8))
    if (/[1-9gk]/.test(character))
      throw this.#unsupported(start, 'refers back to a group', backReferenceAdvice)
    if (/[pPX]/.test(character)) {
      const advice = 'Write the characters or bytes: [A-Za-zÄÖÜäöüß], [\\x80-\\xff].'
      throw this.#unsupported(start, `has the Unicode property \\${character}`, advice)
    }
    if (/[a-zA-Z]/.test(character))
      throw this.#unsupported(
        start,
        `has the escape \\${character}`,
        'Write a class of bytes: [a-z\\x80-\\xff].',
      )
    if (character > '\x7f') throw this.#invalid(start, 'escapes a character that needs none')
    return ByteSet.of(character.charCodeAt(0))
  }

  #number(start: number, syntax: RegExp, radix: number): number {
    const found = syntax.exec(this.#text.slice(this.#at, this.#at + 8))
    const byte = Number.parseInt(found?.[1] ?? found?.[2] ?? '', radix) || 0
    if (found === null || byte > 0xff)
      throw this.#unsupported(start, 'names a character by a number above 255', 'Write the character itself.')
    this.#at += found[0].length
    return byte
  }

  #class(start: number): Node {
    const isNegated = this.#take('^')
    const characters: Node[] = []
    let set = new ByteSet()
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      if (this.#isAtEnd()) throw this.#invalid(start, 'has a `[` that is not closed')
      const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
      if (character > '\x7f') {
        this.#at += character.length
        characters.push(this.#literal(character))
      } else {
        set = set.union(this.#classPart())
      }
    }
    this.#at++
    const folded = this.#folded(set)
    if (characters.length === 0) return { kind: 'bytes', set: isNegated ? folded.complement() : folded }
    if (isNegated)
      throw this.#unsupported(
        start,
        'excludes characters beyond ASCII',
        'Exclude their bytes: [^\\x80-\\xff].',
      )
    return { kind: 'choice', options: [...(set.isEmpty() ? [] : [bytesNode(folded)]), ...characters] }
  }

  /** One character, escape, named class or range of a class. */
  #classPart(): ByteSet {
    const start = this.#at
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.#text.slice(start, start + 16))
    if (named !== null) {
      const [whole, negation, name] = named
      if (!Object.hasOwn(namedClasses, name))
        throw this.#invalid(start, `has no class that is called ${name}`)
      this.#at += whole.length
      return negation === '' ? namedClasses[name] : namedClasses[name].complement()
    }
    const first = this.#classByte()
    if (this.#text[this.#at] !== '-' || this.#text[this.#at + 1] === ']') return first
    const [from, ...moreFrom] = first
    if (moreFrom.length > 0) return first // a set before a hyphen: the hyphen stands for itself
    this.#at++
    if (!this.#isAtEnd() && (this.#text.codePointAt(this.#at) ?? 0) > 0x7f)
      throw this.#unsupported(
        start,
        'has a range beyond ASCII',
        'List the characters, or use bytes: [\\x80-\\xff].',
      )
    const [to, ...moreTo] = this.#classByte()
    if (moreTo.length > 0 || to < from) throw this.#invalid(start, 'has a range without two ends')
    return ByteSet.range(from, to)
  }

  #classByte(): ByteSet {
    const start = this.#at
    const character = this.#text[this.#at++]
    if (character === undefined) throw this.#invalid(start, 'has a `[` that is not closed')
    if (character !== '\\') return ByteSet.of(character.charCodeAt(0))
    if (this.#take('b')) return ByteSet.of(0x08)
    return this.#escapedSet(start)
  }

  /** A character as its bytes in UTF-8. */
  #literal(character: string): Node {
    const items = [...Buffer.from(character)].map((byte) => bytesNode(this.#folded(ByteSet.of(byte))))
    return items.length === 1 ? items[0] : { kind: 'sequence', items }
  }

  #folded(set: ByteSet): ByteSet {
    return this.#flags.ignoreCase ? foldedCase(set) : set
  }

  /** White space and comments where the flag `x` is set. */
  #skipSpace(): void {
    if (!this.#flags.extended || this.#isQuoted()) return
    const skipped = /^(?:\s|#[^\n]*)*/.exec(this.#text.slice(this.#at))
    this.#at += skipped?.[0].length ?? 0
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

function bytesNode(set: ByteSet): Node {
  return { kind: 'bytes', set }
}

/** `\R`. */
const lineEnds: Node = {
  kind: 'choice',
  options: [
    { kind: 'sequence', items: [bytesNode(ByteSet.of(0x0d)), bytesNode(ByteSet.of(0x0a))] },
    bytesNode(classEscapes.v),
  ],
}
