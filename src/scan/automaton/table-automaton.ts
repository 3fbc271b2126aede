import type { ByteSet } from '../expression/byte-set.ts'
import { limits } from '../limits.ts'
import type { PositionAutomaton } from './position-automaton.ts'

/**
 * A deterministic automaton as a table. A state is the index of its row in `next`; row 0 is dead. Rows of accepting
 * states come next, so that one comparison tells all that is special: `state <= lastAccepting`.
 */
export interface TableAutomaton {
  /** Class of each byte, 0 to `classCount - 1`. Bytes of a class are the same to every state. */
  classes: Uint8Array
  classCount: number
  /** `next[state + class]` is the state after a byte. */
  next: Uint16Array
  start: number
  lastAccepting: number
  accepts: Accepts
}

/** Expressions that end in accepting states. Those of `state` are `expressions[begins[i], begins[i + 1])`, i = state / classCount, ascending. */
export interface Accepts {
  begins: Int32Array<ArrayBuffer>
  expressions: Int32Array<ArrayBuffer>
}

/** There are about as many states as positions: with this many times more than fit, the table need not be tried. */
const hopelessFactor = 2

/** Builds the table by subset construction; undefined when it would have more than `limits.tableEntries` entries. */
export function buildTable(automaton: PositionAutomaton): TableAutomaton | undefined {
  const { classes, classCount, classesOf } = byteClasses(automaton.sets)
  const maxStates = Math.floor(limits.tableEntries / classCount)
  if (automaton.sets.length > hopelessFactor * maxStates) return undefined
  const builder = new SubsetBuilder(automaton, classesOf, classCount)
  return builder.run(maxStates) ? numbered(builder, classes, classCount) : undefined
}

interface ByteClasses {
  classes: Uint8Array
  classCount: number
  /** Classes of each position's bytes. */
  classesOf: Uint8Array[]
}

/** Bytes that lie in the same positions' sets are one class. */
function byteClasses(sets: readonly ByteSet[]): ByteClasses {
  const distinct = new Map<string, ByteSet>()
  for (const set of new Set(sets)) distinct.set(set.key(), set)
  const classes = new Uint8Array(256)
  let classCount = 1
  for (const set of distinct.values()) classCount = refine(classes, classCount, set)
  const members = new Map<string, Uint8Array>()
  for (const [key, set] of distinct) {
    members.set(key, Uint8Array.from(new Set([...set].map((byte) => classes[byte]))))
  }
  return { classes, classCount, classesOf: sets.map((set) => members.get(set.key()) ?? new Uint8Array(0)) }
}

/** Splits every class that has bytes both inside and outside the set. */
function refine(classes: Uint8Array, classCount: number, set: ByteSet): number {
  const outside = new Set<number>()
  for (let byte = 0; byte < 256; byte++) if (!set.has(byte)) outside.add(classes[byte])
  const split = new Map<number, number>()
  for (const byte of set) {
    const known = classes[byte]
    if (!outside.has(known)) continue
    const made = split.get(known) ?? classCount++
    split.set(known, made)
    classes[byte] = made
  }
  return classCount
}

/** Subsets of positions, each a state; 0 is the empty, dead one. */
class SubsetBuilder {
  readonly transitions: Int32Array[] = []
  /** Expressions that end in each state. */
  readonly accepted: number[][] = []
  readonly #automaton: PositionAutomaton
  readonly #classesOf: readonly Uint8Array[]
  readonly #classCount: number
  readonly #states = new Map<string, number>()
  readonly #subsets: number[][] = []
  /** Per class, positions reached while one state is expanded. */
  readonly #reached: number[][]
  /** Positions put in subsets so far. */
  #steps = 0
  /** Stamps of the positions already looked at, so that none is taken twice. */
  readonly #seen: Int32Array

  constructor(automaton: PositionAutomaton, classesOf: readonly Uint8Array[], classCount: number) {
    this.#automaton = automaton
    this.#classesOf = classesOf
    this.#classCount = classCount
    this.#reached = Array.from({ length: classCount }, () => [])
    this.#seen = new Int32Array(automaton.sets.length).fill(-1)
  }

  /** State 1 is the start. False when there are more than `maxStates`, or finding them takes too long. */
  run(maxStates: number): boolean {
    this.#state([])
    this.transitions[0] = new Int32Array(this.#classCount)
    // Not by `#state`: the start has no positions of its own, only followers.
    this.#subsets.push([])
    this.accepted.push([])
    this.#expand(
      1,
      this.#automaton.first.toSorted((a, b) => a - b),
    )
    for (let state = 2; state < this.#subsets.length; state++) {
      if (this.#subsets.length > maxStates || this.#steps > limits.automatonSteps) return false
      this.#expand(state, this.#followers(state))
    }
    return this.#subsets.length <= maxStates
  }

  #followers(state: number): number[] {
    const followers: number[] = []
    for (const position of this.#subsets[state]) {
      for (const next of this.#automaton.follow[position]) {
        if (this.#seen[next] === state) continue
        this.#seen[next] = state
        followers.push(next)
      }
    }
    return followers.sort((a, b) => a - b)
  }

  #expand(state: number, followers: readonly number[]): void {
    const row = new Int32Array(this.#classCount)
    const touched: number[] = []
    for (const position of followers) {
      for (const byteClass of this.#classesOf[position]) {
        this.#steps++
        const reached = this.#reached[byteClass]
        if (reached.push(position) === 1) touched.push(byteClass)
      }
    }
    for (const byteClass of touched) {
      row[byteClass] = this.#state(this.#reached[byteClass])
      this.#reached[byteClass] = []
    }
    this.transitions[state] = row
  }

  #state(subset: number[]): number {
    const key = String.fromCharCode(...subset)
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state = this.#subsets.push(subset) - 1
    this.#states.set(key, state)
    const ends = new Set(subset.map((position) => this.#automaton.ends[position]))
    ends.delete(-1)
    this.accepted.push([...ends].sort((a, b) => a - b))
    return state
  }
}

/** Orders the rows (dead, accepting, others) and writes the transitions as row indices. */
function numbered(builder: SubsetBuilder, classes: Uint8Array, classCount: number): TableAutomaton {
  const { transitions, accepted } = builder
  const states = transitions.map((_, state) => state)
  const accepting = states.filter((state) => accepted[state].length > 0)
  const order = [0, ...accepting, ...states.filter((state) => state > 0 && accepted[state].length === 0)]
  const rowOf = new Int32Array(states.length)
  for (const [i, state] of order.entries()) rowOf[state] = i * classCount
  const next = new Uint16Array(states.length * classCount)
  for (const state of states) {
    for (let c = 0; c < classCount; c++) next[rowOf[state] + c] = rowOf[transitions[state][c]]
  }
  return {
    classes,
    classCount,
    next,
    start: rowOf[1],
    lastAccepting: accepting.length * classCount,
    accepts: acceptsOf([0, ...accepting].map((state) => accepted[state])),
  }
}

function acceptsOf(accepted: readonly (readonly number[])[]): Accepts {
  const begins = new Int32Array(accepted.length + 1)
  for (const [i, expressions] of accepted.entries()) begins[i + 1] = begins[i] + expressions.length
  return { begins, expressions: Int32Array.from(accepted.flat()) }
}
