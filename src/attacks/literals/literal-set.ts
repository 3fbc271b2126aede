import { isAsciiLetter } from '../../lib/ascii.ts'

/** Classes of characters: each ASCII character that a literal has is one of its own, and all others are one together. */
const otherClass = 0

/**
 * Finds all of many literals in one pass (Aho and Corasick, 1975), as a table of states by classes of characters. Texts are given in
 * lower case, and so are literals; both ASCII, where a character beyond is no part of any literal.
 */
export class LiteralSet<T> {
  readonly #values: readonly T[]
  readonly #lengths: readonly number[]
  /** By code; capitals are in the class of their small letters. */
  readonly #classes = new Uint8Array(256)
  /** Classes are numbers of so many bits. */
  readonly #shift: number
  readonly #next: Uint16Array
  /** For each state the literals that end there. */
  readonly #ends: readonly (readonly number[] | undefined)[]
  readonly #isEnd: Uint8Array

  /** @throws RangeError if the literals need more than 65,535 states, or one is empty: they are part of the program. */
  constructor(entries: readonly (readonly [literal: string, value: T])[]) {
    this.#values = entries.map(([, value]) => value)
    this.#lengths = entries.map(([literal]) => literal.length)
    this.#shift = 32 - Math.clz32(this.#classify(entries) - 1)
    const trie = this.#plant(entries.map(([literal]) => literal))
    this.#next = trie.next
    this.#ends = trie.ends
    this.#isEnd = new Uint8Array(this.#next.length >> this.#shift)
    for (const [state, ends] of trie.ends.entries()) if (ends !== undefined) this.#isEnd[state] = 1
  }

  /** Whether one of them stands in a text; whoever asks `find` only then makes no function for the others. */
  isInText(lower: string): boolean {
    const next = this.#next
    const shift = this.#shift
    let state = 0
    for (let i = 0; i < lower.length; i++) {
      const code = lower.charCodeAt(i)
      state = next[(state << shift) + (code < 128 ? this.#classes[code] : otherClass)]
      if (this.#isEnd[state] === 1) return true
    }
    return false
  }

  /** Calls `visit` with the value of each literal found, and where it stands. */
  find(lower: string, visit: (value: T, start: number, end: number) => void): void {
    let state = 0
    for (let i = 0; i < lower.length; i++) {
      const code = lower.charCodeAt(i)
      state = this.#next[(state << this.#shift) + (code < 128 ? this.#classes[code] : otherClass)]
      const ends = this.#ends[state]
      if (ends !== undefined)
        for (const literal of ends) visit(this.#values[literal], i + 1 - this.#lengths[literal], i + 1)
    }
  }

  /** Whether one of them stands in bytes, in letters of any case. */
  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    let state = 0
    for (let i = start; i < end; i++) {
      state = this.#next[(state << this.#shift) + this.#classes[bytes[i]]]
      if (this.#isEnd[state] === 1) return true
    }
    return false
  }

  #classify(entries: readonly (readonly [literal: string, value: T])[]): number {
    let classes = 1
    for (const [literal] of entries)
      for (let i = 0; i < literal.length; i++) {
        const code = literal.charCodeAt(i) & 0x7f
        if (this.#classes[code] === otherClass) this.#classes[code] = classes++
        if (isAsciiLetter(code)) this.#classes[code & ~0x20] = this.#classes[code]
      }
    return classes
  }

  #plant(literals: readonly string[]): { next: Uint16Array; ends: (number[] | undefined)[] } {
    const states = literals.reduce((sum, { length }) => sum + length, 1)
    if (states > 0xffff) throw new RangeError('too many literals for one set')
    const next = new Uint16Array(states << this.#shift)
    const ends: (number[] | undefined)[] = []
    let used = 1
    for (const [index, literal] of literals.entries()) {
      let state = 0
      for (let i = 0; i < literal.length; i++) {
        const cell = (state << this.#shift) + this.#classes[literal.charCodeAt(i) & 0x7f]
        if (next[cell] === 0) next[cell] = used++
        state = next[cell]
      }
      ;(ends[state] ??= []).push(index)
    }
    this.#link(next, ends)
    return { next, ends }
  }

  /** Breadth first: where a literal goes on no more, the longest end of what was read that begins one does. */
  #link(next: Uint16Array, ends: (number[] | undefined)[]): void {
    const fallbacks = new Uint16Array(next.length >> this.#shift)
    const queue: number[] = []
    for (let c = 0; c < 1 << this.#shift; c++) if (next[c] !== 0) queue.push(next[c])
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]
      const fallback = fallbacks[state]
      const inherited = ends[fallback]
      if (inherited !== undefined) ends[state] = [...(ends[state] ?? []), ...inherited]
      for (let c = 0; c < 1 << this.#shift; c++) {
        const cell = (state << this.#shift) + c
        const target = next[cell]
        if (target === 0) next[cell] = next[(fallback << this.#shift) + c]
        else {
          fallbacks[target] = next[(fallback << this.#shift) + c]
          queue.push(target)
        }
      }
    }
  }
}
