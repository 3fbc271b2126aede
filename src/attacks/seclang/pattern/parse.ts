import { SecLangError } from '../problem.ts'
import { anyByte, classOf, literal, named, shorthand } from './byte-tests.ts'
import type { ByteTest, Node } from './syntax.ts'

interface Flags {
  ignoreCase: boolean
  multiLine: boolean
}

/** Reads a pattern in the syntax of PCRE. @throws SecLangError where it is none, or has what is not known here. */
export function parsePattern(text: string): { node: Node; groups: number } {
  const parser = new Parser(text)
  const node = parser.choice()
  parser.end()
  return { node, groups: parser.groups }
}

const places: Readonly<Record<string, (Node & { kind: 'place' })['is']>> = {
  b: 'word',
  B: 'no-word',
  A: 'start',
  z: 'end',
  Z: 'end',
}

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, e: 27, 0: 0 }

class Parser {
  groups = 0
  readonly #text: string
  #at = 0
  #flags: Flags = { ignoreCase: false, multiLine: false }

  constructor(text: string) {
    this.#text = text
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#error('a `)` that closes nothing')
  }

  choice(): Node {
    const flags = this.#flags
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    this.#flags = flags
    return options.length === 1 ? options[0] : { kind: 'choice', options }
  }

  #sequence(): Node {
    const items: Node[] = []
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at])) {
      const item = this.#atom()
      if (item !== undefined) items.push(this.#repeated(item))
    }
    return items.length === 1 ? items[0] : { kind: 'sequence', items }
  }

  #atom(): Node | undefined {
    const character = this.#text[this.#at++]
    switch (character) {
      case '(':
        return this.#group()
      case '[':
        return { kind: 'byte', is: this.#class() }
      case '.':
        return { kind: 'byte', is: anyByte }
      case '^':
        return { kind: 'place', is: this.#flags.multiLine ? 'line-start' : 'start' }
      case '$':
        return { kind: 'place', is: this.#flags.multiLine ? 'line-end' : 'end' }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#error(`nothing that "${character}" repeats`)
      default:
        return { kind: 'byte', is: literal(character, this.#flags.ignoreCase) }
    }
  }

  #repeated(item: Node): Node {
    const [min, max] = this.#counts()
    if (max < 0) return item
    const how = this.#take('?') ? 'lazy' : this.#take('+') ? 'possessive' : 'greedy'
    return this.#repeated({ kind: 'repeat', item, min, max, how })
  }

  /** The second is -1 where none stand here. */
  #counts(): [min: number, max: number] {
    if (this.#take('*')) return [0, Infinity]
    if (this.#take('+')) return [1, Infinity]
    if (this.#take('?')) return [0, 1]
    const counts = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (counts === null) return [0, -1]
    this.#at += counts[0].length
    const min = Number(counts[1])
    if (counts[2] === undefined) return [min, min]
    return [min, counts[3] === '' ? Infinity : Number(counts[3])]
  }

  #group(): Node | undefined {
    if (!this.#take('?')) {
      const index = ++this.groups
      return { kind: 'group', index, item: this.#closed() }
    }
    if (this.#take('#')) {
      while (this.#at < this.#text.length && this.#text[this.#at] !== ')') this.#at++
      this.#at++
      return undefined
    }
    if (this.#take(':')) return this.#closed()
    if (this.#take('>')) return { kind: 'atomic', item: this.#closed() }
    for (const [opening, isBehind] of [
      ['<', true],
      ['', false],
    ] as const)
      for (const sign of ['=', '!'])
        if (this.#take(opening + sign))
          return { kind: 'look', isBehind, isNegated: sign === '!', item: this.#closed() }
    return this.#flagged()
  }

  /** `(?i)` from here on, or `(?i:…)`. */
  #flagged(): Node | undefined {
    const found = /^([ims]*)(-[ims]+)?([:)])/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (found === null) throw this.#error('a group that is not known here')
    this.#at += found[0].length
    const flags = {
      ignoreCase: (this.#flags.ignoreCase || found[1].includes('i')) && !(found[2] ?? '').includes('i'),
      multiLine: (this.#flags.multiLine || found[1].includes('m')) && !(found[2] ?? '').includes('m'),
    }
    const before = this.#flags
    this.#flags = flags
    if (found[3] === ')') return undefined
    const node = this.#closed()
    this.#flags = before
    return node
  }

  #closed(): Node {
    const node = this.choice()
    if (!this.#take(')')) throw this.#error('a group that is not closed')
    return node
  }

  #escape(): Node {
    const character = this.#text[this.#at]
    const place = places[character]
    if (place !== undefined) {
      this.#at++
      return { kind: 'place', is: place }
    }
    if (/[1-9]/.test(character ?? '')) {
      this.#at++
      return { kind: 'back', index: Number(character), ignoreCase: this.#flags.ignoreCase }
    }
    const set = shorthand(character)
    if (set !== undefined) {
      this.#at++
      return { kind: 'byte', is: set }
    }
    return { kind: 'byte', is: literal(String.fromCharCode(this.#code()), this.#flags.ignoreCase) }
  }

  /** Behind the backslash: the byte that is meant. */
  #code(): number {
    const rest = this.#text.slice(this.#at, this.#at + 8)
    const hexadecimal = /^x([0-9a-fA-F]{1,2})/.exec(rest) ?? /^x\{([0-9a-fA-F]{1,2})\}/.exec(rest)
    if (hexadecimal !== null) {
      this.#at += hexadecimal[0].length
      return Number.parseInt(hexadecimal[1], 16)
    }
    const character = this.#text[this.#at++]
    if (character === undefined) throw this.#error('a backslash at its end')
    if (character in controls) return controls[character]
    if (/[a-zA-Z0-9]/.test(character)) throw this.#error(`\\${character}, which is not known here`)
    return character.charCodeAt(0)
  }

  #class(): ByteTest {
    const isNegated = this.#take('^')
    const parts: (ByteTest | [from: number, to: number])[] = []
    for (let isFirst = true; isFirst || this.#text[this.#at] !== ']'; isFirst = false) {
      if (this.#at >= this.#text.length) throw this.#error('a class that is not closed')
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.#text.slice(this.#at, this.#at + 16))
      if (posix !== null) {
        parts.push(named(posix[2], posix[1] === '^'))
        this.#at += posix[0].length
      } else parts.push(this.#range())
    }
    this.#at++
    return classOf(parts, isNegated, this.#flags.ignoreCase)
  }

  #range(): ByteTest | [from: number, to: number] {
    const from = this.#member()
    if (typeof from !== 'number') return from
    if (this.#text[this.#at] !== '-' || this.#text[this.#at + 1] === ']') return [from, from]
    this.#at++
    const to = this.#member()
    if (typeof to !== 'number' || to < from) throw this.#error('a range that ends before it begins')
    return [from, to]
  }

  #member(): ByteTest | number {
    const character = this.#text[this.#at++]
    if (character !== '\\') return character.charCodeAt(0)
    const set = shorthand(this.#text[this.#at])
    if (set !== undefined) {
      this.#at++
      return set
    }
    if (this.#text[this.#at] === 'b') {
      this.#at++
      return 8
    }
    return this.#code()
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #error(what: string): SecLangError {
    return new SecLangError(`the pattern has, at character ${this.#at}, ${what}`)
  }
}
