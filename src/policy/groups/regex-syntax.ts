import { policyLimits } from '../limits.ts'

/** Characters, by code unit: ranges of first and last, in pairs. */
export interface CharacterSet {
  kind: 'characters'
  ranges: readonly number[]
}

export type RegexNode =
  | CharacterSet
  | { kind: 'start' }
  | { kind: 'end' }
  | { kind: 'sequence'; items: RegexNode[] }
  | { kind: 'choice'; options: RegexNode[] }
  | { kind: 'repeat'; item: RegexNode; min: number; max: number }

/** What is wrong with an expression, for its author. */
export interface RegexProblem {
  problem: string
}

const LAST = 0xffff
const digits = [0x30, 0x39]
const word = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]
const blanks = [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20]
const classes: Readonly<Record<string, readonly number[]>> = {
  d: digits,
  D: complement(digits),
  w: word,
  W: complement(word),
  s: blanks,
  S: complement(blanks),
}
const controls: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, v: 0x0b }

/** Reads an expression in RE2's syntax, as far as names and labels need it: no `\b`, no flags but `(?i)` at the beginning. */
export function parseRegex(source: string): RegexNode | RegexProblem {
  const ignoreCase = source.startsWith('(?i)')
  const parser = new RegexParser(ignoreCase ? source.slice(4) : source, ignoreCase)
  return parser.parse()
}

function complement(ranges: readonly number[]): number[] {
  const sorted = pairs(ranges).toSorted(([a], [b]) => a - b)
  const out: number[] = []
  let next = 0
  for (const [first, last] of sorted) {
    if (first > next) out.push(next, first - 1)
    next = Math.max(next, last + 1)
  }
  if (next <= LAST) out.push(next, LAST)
  return out
}

function pairs(ranges: readonly number[]): [number, number][] {
  const out: [number, number][] = []
  for (let i = 0; i < ranges.length; i += 2) out.push([ranges[i], ranges[i + 1]])
  return out
}

/** Recursive descent. The first problem ends it: from there on every read gives nothing. */
class RegexParser {
  readonly #source: string
  readonly #ignoreCase: boolean
  #at = 0
  #depth = 0
  #problem: string | undefined

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source
    this.#ignoreCase = ignoreCase
  }

  parse(): RegexNode | RegexProblem {
    const node = this.#choice()
    if (this.#problem === undefined && this.#at < this.#source.length) this.#fail('a ) without its (')
    return this.#problem === undefined ? node : { problem: this.#problem }
  }

  #fail(problem: string): void {
    this.#problem ??= `${problem}, at character ${this.#at + 1}`
    this.#at = this.#source.length
  }

  #choice(): RegexNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 ? options[0] : { kind: 'choice', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]))
      items.push(this.#repeated())
    return { kind: 'sequence', items }
  }

  #repeated(): RegexNode {
    let node = this.#atom()
    for (let isFirst = true; ; isFirst = false) {
      const bounds = this.#bounds()
      if (bounds === undefined) return node
      if (!isFirst) {
        this.#fail('a repeat of a repeat')
        return node
      }
      const [min, max] = bounds
      node = { kind: 'repeat', item: node, min, max }
      this.#take('?') // lazy or not, what matches is the same
    }
  }

  #bounds(): [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity]
    if (this.#take('+')) return [1, Infinity]
    if (this.#take('?')) return [0, 1]
    const counted = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (counted === null) return undefined
    this.#at += counted[0].length
    const min = Number(counted[1])
    const max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3])
    const most = max === Infinity ? min : max
    if (max < min || most > policyLimits.regexRepeats) this.#fail('a repeat out of bounds')
    return [min, max]
  }

  #atom(): RegexNode {
    const character = this.#source[this.#at++]
    switch (character) {
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      case '(':
        return this.#group()
      case '[':
        return this.#set()
      case '.':
        return { kind: 'characters', ranges: [0, 9, 11, LAST] }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        this.#at--
        this.#fail(`${character} with nothing before it to repeat`)
        return { kind: 'sequence', items: [] }
      default:
        return this.#characters([character.charCodeAt(0), character.charCodeAt(0)])
    }
  }

  #group(): RegexNode {
    if (++this.#depth > policyLimits.regexDepth) this.#fail('groups nested too deep')
    const named = /^\?(?::|P?<\w+>)/.exec(this.#source.slice(this.#at, this.#at + 80))
    if (named !== null) this.#at += named[0].length
    else if (this.#source[this.#at] === '?') this.#fail('a kind of group that RE2 does not have, or a flag')
    const node = this.#choice()
    if (!this.#take(')')) this.#fail('a ( without its )')
    this.#depth--
    return node
  }

  #escape(): RegexNode {
    const start = this.#at
    const ranges = this.#escapedRanges()
    if (ranges !== undefined) return this.#characters(ranges)
    const character = this.#source[start]
    if (character === 'A') return { kind: 'start' }
    if (character === 'z') return { kind: 'end' }
    this.#fail(`\\${character ?? ''} is not supported`)
    return { kind: 'sequence', items: [] }
  }

  /** Of what follows a backslash; undefined for what stands for no character. */
  #escapedRanges(): readonly number[] | undefined {
    const character = this.#source[this.#at++]
    if (character === undefined) return undefined
    if (classes[character] !== undefined) return classes[character]
    const control = controls[character]
    if (control !== undefined) return [control, control]
    if (character === 'x') {
      const hex = /^(?:\{([0-9a-f]{1,4})\}|([0-9a-f]{2}))/i.exec(this.#source.slice(this.#at, this.#at + 6))
      if (hex === null) return undefined
      this.#at += hex[0].length
      const code = Number.parseInt(hex[1] ?? hex[2], 16)
      return [code, code]
    }
    return /[A-Za-z0-9]/.test(character) ? undefined : [character.charCodeAt(0), character.charCodeAt(0)]
  }

  #set(): RegexNode {
    const isNegated = this.#take('^')
    const ranges: number[] = []
    for (let isFirst = true; isFirst || this.#source[this.#at] !== ']'; isFirst = false) {
      if (this.#at >= this.#source.length) {
        this.#fail('a [ without its ]')
        return { kind: 'sequence', items: [] }
      }
      ranges.push(...this.#setItem())
    }
    this.#at++
    const folded = this.#fold(ranges)
    return { kind: 'characters', ranges: isNegated ? complement(folded) : folded }
  }

  #setItem(): readonly number[] {
    const first = this.#setCharacter()
    if (first.length !== 2 || first[0] !== first[1]) return first
    if (this.#source[this.#at] !== '-' || this.#source[this.#at + 1] === ']') return first
    this.#at++
    const last = this.#setCharacter()
    if (last.length !== 2 || last[0] !== last[1] || last[0] < first[0])
      this.#fail('a range that has no order')
    return [first[0], last[0] ?? first[0]]
  }

  #setCharacter(): readonly number[] {
    const posix = /^\[:\w+:\]/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (posix !== null) this.#fail(`${posix[0]} is not supported`)
    if (this.#take('\\')) {
      const ranges = this.#escapedRanges()
      if (ranges === undefined) this.#fail('an escape that stands for no character')
      return ranges ?? []
    }
    const code = this.#source.charCodeAt(this.#at++)
    return Number.isNaN(code) ? [] : [code, code]
  }

  #characters(ranges: readonly number[]): CharacterSet {
    return { kind: 'characters', ranges: this.#fold(ranges) }
  }

  /** With the other case of ASCII letters. */
  #fold(ranges: readonly number[]): readonly number[] {
    if (!this.#ignoreCase) return ranges
    const other = pairs(ranges).flatMap(([first, last]) => [
      ...shifted(Math.max(first, 0x41), Math.min(last, 0x5a), 0x20),
      ...shifted(Math.max(first, 0x61), Math.min(last, 0x7a), -0x20),
    ])
    return [...ranges, ...other]
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false
    this.#at++
    return true
  }
}

function shifted(first: number, last: number, by: number): number[] {
  return first > last ? [] : [first + by, last + by]
}
