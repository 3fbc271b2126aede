import { PositionAutomaton } from '../automaton/position-automaton.ts'
import { windowFrequency } from '../automaton/byte-model.ts'
import { ByteSet, nonWordBytes } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'
import { bytesOf, firstBytes, minLength, reverse, unionOf } from '../expression/expression.ts'

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
  /** `Pattern.onlyLongest`. It is then the only branch of its pattern. */
  onlyLongest: boolean
  /** Bytes that can stand around the anchor of a match: before it, at it, after it. */
  window: readonly ByteSet[]
  frequency: number
}

/** What the branches of one pattern have in common. */
interface Plan {
  pattern: number
  word: boolean
  windowLength: number
  /** `Pattern.anchorInside` */
  inside: boolean
  onlyLongest: boolean
}

/** Share of positions that are candidates below which confirming them costs nothing to speak of: then simple is best. */
const negligibleFrequency = 1e-3

/** A backward automaton costs another run: an anchor inside must be this much rarer than the beginning. */
const insideAnchorFactor = 0.5

/** More branches take more buckets: taking a choice apart must make candidates this much rarer. */
const apartFactor = 0.5
/** Options of a choice that is taken apart, at most. */
const mostApart = 8

/** Items of a sequence among which an anchor is looked for. */
const anchoredItems = 16

/** Gives a pattern its anchor, or each option of its outermost choice one where that pays. */
export function planBranches(expression: Expression, plan: Plan): Branch[] {
  const whole = planBranch(expression, plan)
  if (expression.kind !== 'choice' || expression.options.length > mostApart) return [whole]
  if (plan.inside || plan.onlyLongest || whole.frequency < negligibleFrequency) return [whole]
  const apart = expression.options.map((option) => planBranch(option, plan))
  const frequency = apart.reduce((sum, branch) => sum + branch.frequency, 0)
  return frequency < whole.frequency * apartFactor ? apart : [whole]
}

function planBranch(expression: Expression, plan: Plan): Branch {
  const items = expression.kind === 'sequence' ? expression.items : [expression]
  let best = branchAt(items, 0, plan)
  if (best.frequency < negligibleFrequency && !plan.inside) return best
  for (let split = 1; split < Math.min(items.length, anchoredItems); split++) {
    if (!canAnchor(items, split)) continue
    const branch = branchAt(items, split, plan)
    const isFromBeginning = best.reversedPrefix === undefined
    const limit = isFromBeginning ? (plan.inside ? Infinity : insideAnchorFactor) : 1
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
  return !bytesOf(prefix).intersects(firstBytes(suffix))
}

function branchAt(items: readonly Expression[], split: number, plan: Plan): Branch {
  const { pattern, word, onlyLongest, windowLength } = plan
  const suffix = sequence(items.slice(split))
  const reversedPrefix = split === 0 ? undefined : reverse(sequence(items.slice(0, split)))
  const beginning = word ? nonWordBytes : ByteSet.all()
  const before = reversedPrefix === undefined ? beginning : firstBytes(reversedPrefix)
  const window = [before, ...places(items.slice(split), word, windowLength - 1)]
  const frequency = windowFrequency(window)
  return { pattern, reversedPrefix, suffix, word, onlyLongest, window, frequency }
}

/** Bytes that can stand at each of the first `count` places of a sequence, past the end of a match too. */
function places(items: readonly Expression[], word: boolean, count: number): ByteSet[] {
  const automaton = new PositionAutomaton()
  automaton.add(sequence(reachableItems(items, count)), 0)
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

/** The items that the first `count` bytes can lie in. */
function reachableItems(items: readonly Expression[], count: number): readonly Expression[] {
  let length = 0
  const last = items.findIndex((item) => (length += minLength(item)) >= count)
  return last < 0 ? items : items.slice(0, last + 1)
}

function sequence(items: readonly Expression[]): Expression {
  return items.length === 1 ? items[0] : { kind: 'sequence', items: [...items] }
}
