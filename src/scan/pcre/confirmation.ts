import { limits } from '../limits.ts'
import type { Match } from '../scanner.ts'
import { wordCharacters } from './byte-classes.ts'
import { buildNfa, type Condition, type Nfa, StateKind } from './nfa.ts'
import { type Node, reversed } from './syntax.ts'

/** Bytes around a match that conditions are held against: the longest match with its context on both sides. */
const windowBytes = limits.lookbehindBytes + limits.lookaheadBytes + 2 * limits.contextBytes

/**
 * Holds what the scanner found for a pattern's bytes against the pattern with its conditions. Time is linear in the bytes that
 * are known around the match, times the size of the pattern.
 */
export class Confirmation {
  readonly #main: Run
  readonly #places = new Places()

  /** @throws ScanError where the pattern is too large. */
  constructor(id: string, node: Node) {
    this.#main = new Run(buildNfa(id, node))
    this.#places.learn(id, node)
  }

  /** Where the longest match ends that begins where the given one does, as an index in its bytes; -1 where there is none. */
  endOf(match: Match): number {
    this.#places.begin(match)
    return this.#main.endOf(match, this.#places)
  }
}

/** States of one automaton that are reached at a place. Reused. */
class StateSet {
  readonly states: Int32Array
  readonly #marks: Int32Array
  #mark = 0
  count = 0

  constructor(size: number) {
    this.states = new Int32Array(size)
    this.#marks = new Int32Array(size)
  }

  clear(): void {
    this.count = 0
    this.#mark++
  }

  /** False where it is in the set already. */
  add(state: number): boolean {
    if (this.#marks[state] === this.#mark) return false
    this.#marks[state] = this.#mark
    this.states[this.count++] = state
    return true
  }
}

/** One automaton and the room that running it takes. */
class Run {
  readonly #nfa: Nfa
  #now: StateSet
  #next: StateSet
  #isAccepted = false

  constructor(nfa: Nfa) {
    this.#nfa = nfa
    this.#now = new StateSet(nfa.kinds.length)
    this.#next = new StateSet(nfa.kinds.length)
  }

  endOf({ bytes, start, to }: Match, places: Places): number {
    let end = -1
    this.#begin()
    this.#reach(this.#now, this.#nfa.start, start, places)
    for (let at = start; ; at++) {
      if (this.#isAccepted) end = at
      if (at === to || this.#now.count === 0) return end
      this.#step(bytes[at], at + 1, places)
    }
  }

  /** Marks each place of the window at which a match that began anywhere before it ends, read forwards or backwards. */
  markEnds(window: Match, isBackwards: boolean, marks: Uint8Array, places: Places): void {
    const { bytes, from, to } = window
    const step = isBackwards ? -1 : 1
    const last = isBackwards ? from : to
    this.#begin()
    for (let at = isBackwards ? to : from; ; at += step) {
      this.#reach(this.#now, this.#nfa.start, at, places)
      marks[at - from] = this.#isAccepted ? 1 : 0
      if (at === last) return
      this.#step(bytes[isBackwards ? at - 1 : at], at + step, places)
    }
  }

  #begin(): void {
    this.#now.clear()
    this.#isAccepted = false
  }

  #step(byte: number, to: number, places: Places): void {
    const { tables, nexts } = this.#nfa
    const now = this.#now
    const next = this.#next
    next.clear()
    this.#isAccepted = false
    for (let i = 0; i < now.count; i++) {
      const state = now.states[i]
      if (tables[state]?.[byte] === 1) this.#reach(next, nexts[state], to, places)
    }
    this.#now = next
    this.#next = now
  }

  /** Adds a state and all that follow it without a byte. */
  #reach(set: StateSet, first: number, at: number, places: Places): void {
    const { kinds, nexts, others, conditions } = this.#nfa
    let state = first
    while (set.add(state)) {
      const kind = kinds[state]
      if (kind === StateKind.accept) this.#isAccepted = true
      if (kind === StateKind.bytes || kind === StateKind.accept) return
      if (kind === StateKind.split) this.#reach(set, others[state], at, places)
      else if (!places.holds(conditions[state], at)) return
      state = nexts[state]
    }
  }
}

/** A look-around: where it holds in the window at hand is found out once, when it is first asked for. */
interface Look {
  run: Run
  isBehind: boolean
  marks: Uint8Array
  isKnown: boolean
}

/** Tells at which places of a window conditions hold. */
class Places {
  readonly #looks = new Map<Condition, Look>()
  #window: Match | undefined
  #contentStart = 0
  #contentEnd = 0

  /** Makes ready for the look-arounds in a pattern, and those in them. */
  learn(id: string, node: Node): void {
    if (node.kind === 'sequence') for (const item of node.items) this.learn(id, item)
    else if (node.kind === 'choice') for (const option of node.options) this.learn(id, option)
    else if (node.kind === 'repeat') this.learn(id, node.item)
    else if (node.kind === 'look') {
      const { isBehind } = node
      const run = new Run(buildNfa(id, isBehind ? node.item : reversed(node.item)))
      this.#looks.set(node, { run, isBehind, marks: new Uint8Array(windowBytes + 1), isKnown: false })
      this.learn(id, node.item)
    }
  }

  begin(match: Match): void {
    this.#window = match
    const { start, end, from, to, offset } = match
    this.#contentStart = start - offset
    // The scanner shows as much context as there is, up to its limit.
    this.#contentEnd = to - end < limits.contextBytes ? to : Infinity
    for (const look of this.#looks.values()) look.isKnown = false
    if (this.#contentStart < from) this.#contentStart = -Infinity
  }

  holds(condition: Condition | undefined, at: number): boolean {
    if (condition === undefined || this.#window === undefined) return true
    if (condition.kind === 'look') return this.#isSeen(condition, at)
    const { bytes } = this.#window
    switch (condition.is) {
      case 'content-start':
        return at === this.#contentStart
      case 'content-end':
        return at === this.#contentEnd
      case 'last-line-end':
        return at === this.#contentEnd || (at === this.#contentEnd - 1 && bytes[at] === 0x0a)
      case 'line-start':
        return at === this.#contentStart || bytes[at - 1] === 0x0a
      case 'line-end':
        return at === this.#contentEnd || bytes[at] === 0x0a
      case 'word-boundary':
        return this.#isWord(at - 1) !== this.#isWord(at)
      case 'no-word-boundary':
        return this.#isWord(at - 1) === this.#isWord(at)
    }
  }

  #isSeen(condition: Extract<Condition, { kind: 'look' }>, at: number): boolean {
    const look = this.#looks.get(condition)
    const window = this.#window
    if (look === undefined || window === undefined) return true
    if (!look.isKnown) {
      look.isKnown = true
      look.run.markEnds(window, !look.isBehind, look.marks, this)
    }
    return (look.marks[at - window.from] === 1) !== condition.isNegated
  }

  /** What lies beyond the window is beyond the content, or further from the match than a condition may reach. */
  #isWord(at: number): boolean {
    const window = this.#window
    return window !== undefined && at >= window.from && at < window.to && isWordByte[window.bytes[at]] === 1
  }
}

const isWordByte = new Uint8Array(256)
wordCharacters.forEach((byte) => (isWordByte[byte] = 1))
