import { policyLimits } from '../limits.ts'
import { parseRegex, type RegexNode, type RegexProblem } from './regex-syntax.ts'

type State =
  | { kind: 'characters'; ranges: readonly number[]; next: number }
  | { kind: 'split'; next: number; other: number }
  | { kind: 'start' | 'end'; next: number }
  | { kind: 'accept' }

/**
 * A regular expression over names and labels, found anywhere in them. It is run in lockstep over all states (Thompson, Regular
 * Expression Search Algorithm, 1968): time is linear in the text whatever the expression, which V8's is not.
 */
export class LinearRegex {
  readonly #states: readonly State[]
  readonly #marks: Int32Array
  #mark = 0
  #now: number[] = []
  #next: number[] = []

  private constructor(states: readonly State[]) {
    this.#states = states
    this.#marks = new Int32Array(states.length)
  }

  /** The expression, or what is wrong with it. */
  static compile(source: string): LinearRegex | RegexProblem {
    const node = parseRegex(source)
    if ('problem' in node) return node
    const builder = new StateBuilder()
    builder.build(node, builder.add({ kind: 'accept' }))
    if (builder.isFull) return { problem: 'it is too large' }
    return new LinearRegex(builder.states)
  }

  matches(text: string): boolean {
    this.#now.length = 0
    for (let at = 0; ; at++) {
      this.#mark++
      if (this.#reachAll(text, at)) return true
      if (at === text.length) return false
      this.#step(text.charCodeAt(at))
    }
  }

  /** What may follow without a character, from all states and from the beginning again. True where it accepts. */
  #reachAll(text: string, at: number): boolean {
    const from = this.#now
    const reached = this.#next
    reached.length = 0
    from.push(this.#states.length - 1)
    for (let state = from.pop(); state !== undefined; state = from.pop()) {
      if (this.#marks[state] === this.#mark) continue
      this.#marks[state] = this.#mark
      const entry = this.#states[state]
      if (entry.kind === 'accept') return true
      if (entry.kind === 'characters') reached.push(state)
      else if (entry.kind === 'split') from.push(entry.next, entry.other)
      else if (entry.kind === 'start' ? at === 0 : at === text.length) from.push(entry.next)
    }
    this.#now = reached
    this.#next = from
    return false
  }

  #step(code: number): void {
    const from = this.#now
    this.#next.length = 0
    for (const state of from) {
      const entry = this.#states[state]
      if (entry.kind === 'characters' && includes(entry.ranges, code)) this.#next.push(entry.next)
    }
    this.#now = this.#next
    this.#next = from
  }
}

function includes(ranges: readonly number[], code: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) if (code >= ranges[i] && code <= ranges[i + 1]) return true
  return false
}

/** Builds from the end, so that every state knows what follows it; the last one added is where to begin. */
class StateBuilder {
  readonly states: State[] = []
  isFull = false

  add(state: State): number {
    if (this.states.length >= policyLimits.regexStates) this.isFull = true
    else this.states.push(state)
    return this.states.length - 1
  }

  /** @returns the state that begins it. */
  build(node: RegexNode, next: number): number {
    const start = this.#part(node, next)
    return this.add({ kind: 'split', next: start, other: start })
  }

  #part(node: RegexNode, next: number): number {
    if (this.isFull) return next
    switch (node.kind) {
      case 'characters':
        return this.add({ kind: 'characters', ranges: node.ranges, next })
      case 'start':
      case 'end':
        return this.add({ kind: node.kind, next })
      case 'sequence':
        return node.items.reduceRight((following, item) => this.#part(item, following), next)
      case 'choice':
        return node.options
          .map((option) => this.#part(option, next))
          .reduce((other, start) => this.add({ kind: 'split', next: start, other }))
      case 'repeat':
        return this.#repeat(node, next)
    }
  }

  #repeat({ item, min, max }: Extract<RegexNode, { kind: 'repeat' }>, next: number): number {
    let following = max === Infinity ? this.#loop(item, next) : next
    const optional = max === Infinity ? 0 : max - min
    for (let i = 0; i < optional && !this.isFull; i++)
      following = this.add({ kind: 'split', next: this.#part(item, following), other: next })
    for (let i = 0; i < min && !this.isFull; i++) following = this.#part(item, following)
    return following
  }

  #loop(item: RegexNode, next: number): number {
    const split: State = { kind: 'split', next, other: next }
    const at = this.add(split)
    split.other = this.#part(item, at)
    return at
  }
}
