import { PositionAutomaton } from '../automaton/position-automaton.ts'
import { windowFrequency } from '../automaton/byte-model.ts'
import { ByteSet, nonWordBytes } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'
import { minLength, reverse } from '../expression/expression.ts'

/**
 * One way in which a pattern matches: what stands before its anchor, and what begins there. The anchor is where a
 * candidate is looked for; it is chosen so that its surroundings are rare in ordinary text.
 */
export interface Branch {
  pattern: number
  /** What lies before the anchor, to be read backwards; undefined when matches begin at the anchor. */
  reversedPrefix: Expression | undefined
  suffix: Expression
  /** No letter or digit may stand next to a match. */
  word: boolean
  /** Bytes that can stand around the anchor of a match: before it, at it, after it. */
  window: readonly ByteSet[]
  frequency: number
}

/** Splits a pattern at its outermost choices and gives each branch its anchor. */
export function planBranches(
  pattern: number,
  expression: Expression,
  word: boolean,
  windowLength: number,
): Branch[] {
  const options = expression.kind === 'choice' ? expression.options : [expression]
  return options.map((option) => planBranch(pattern, option, word, windowLength))
}

/** A backward automaton costs another run: an anchor inside must be this much rarer than the beginning. */
const insideAnchorFactor = 0.5

function planBranch(pattern: number, expression: Expression, word: boolean, windowLength: number): Branch {
  const items = expression.kind === 'sequence' ? expression.items : [expression]
  let best = branchAt({ pattern, items, word, windowLength }, 0)
  for (let split = 1; split < items.length; split++) {
    if (!canAnchor(items, split)) continue
    const branch = branchAt({ pattern, items, word, windowLength }, split)
    const limit = best.reversedPrefix === undefined ? insideAnchorFactor : 1
    if (branch.frequency < best.frequency * limit) best = branch
  }
  return best
}

/**
 * The bytes that a suffix begins with may not occur in the prefix: then each byte belongs to one anchor's prefix at
 * most, and reading backwards stays linear whatever the text.
 */
function canAnchor(items: readonly Expression[], split: number): boolean {
  const prefix = sequence(items.slice(0, split))
  const suffix = sequence(items.slice(split))
  if (minLength(prefix) === 0 || minLength(suffix) === 0) return false
  const before = automatonOf(prefix)
  const anchor = unionOf(firstSets(automatonOf(suffix)))
  return before.sets.every((set) => !set.intersects(anchor))
}

function branchAt(
  plan: { pattern: number; items: readonly Expression[]; word: boolean; windowLength: number },
  split: number,
): Branch {
  const { pattern, items, word, windowLength } = plan
  const suffix = sequence(items.slice(split))
  const reversedPrefix = split === 0 ? undefined : reverse(sequence(items.slice(0, split)))
  const beginning = word ? nonWordBytes : ByteSet.all()
  const before = reversedPrefix === undefined ? beginning : unionOf(firstSets(automatonOf(reversedPrefix)))
  const window = [before, ...levels(automatonOf(suffix), word, windowLength - 1)]
  return { pattern, reversedPrefix, suffix, word, window, frequency: windowFrequency(window) }
}

/** Bytes that can stand at each of the first `count` places, past the end of a match too. */
function levels(automaton: PositionAutomaton, word: boolean, count: number): ByteSet[] {
  const sets: ByteSet[] = []
  let level = new Set(automaton.first)
  let beyond = new ByteSet()
  while (sets.length < count) {
    sets.push(unionOf([beyond, ...[...level].map((position) => automaton.sets[position])]))
    const isEnd = [...level].some((position) => automaton.ends[position] >= 0)
    if (!beyond.isEmpty()) beyond = ByteSet.all()
    else if (isEnd) beyond = word ? nonWordBytes : ByteSet.all()
    level = new Set([...level].flatMap((position) => automaton.follow[position]))
  }
  return sets
}

function sequence(items: readonly Expression[]): Expression {
  return items.length === 1 ? items[0] : { kind: 'sequence', items: [...items] }
}

function automatonOf(expression: Expression): PositionAutomaton {
  const automaton = new PositionAutomaton()
  automaton.add(expression, 0)
  return automaton
}

function firstSets(automaton: PositionAutomaton): ByteSet[] {
  return automaton.first.map((position) => automaton.sets[position])
}

function unionOf(sets: readonly ByteSet[]): ByteSet {
  return sets.reduce((union, set) => union.union(set), new ByteSet())
}
