import { PositionAutomaton } from '../automaton/position-automaton.ts'
import type { TableAutomaton } from '../automaton/table-automaton.ts'
import { buildTable } from '../automaton/table-automaton.ts'
import { ByteSet } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'
import { bytesOf, unionOf } from '../expression/expression.ts'
import { approachBitmap } from './approach.ts'
import type { Branch } from './branches.ts'

/** A group before it has its slot. */
export interface PlannedGroup extends Omit<ConfirmationGroup, 'slot'> {
  /** Bytes that can stand around the anchor of any of its branches. */
  window: readonly ByteSet[]
}

/** Branches of one bucket that are confirmed together: one run of each automaton at a candidate for all of them. */
export interface ConfirmationGroup {
  slot: number
  word: boolean
  /** The last end of a match is the only one that is asked for: there is one branch. */
  onlyLongest: boolean
  /** Accepts are indices in `branches`. */
  forward: TableAutomaton
  /** Reads from the anchor towards the beginning; undefined when all matches begin at the anchor. */
  backward: TableAutomaton | undefined
  /** See `approach.ts`; undefined where there is nothing to read backwards, or anything may stand there. */
  approach: Uint8Array | undefined
  /** What the accepts are of. */
  branches: readonly { pattern: number }[]
}

/**
 * Branches of a kind can share automata. One of which only the longest match counts shares with none. What is read backwards is
 * apart where it is beyond ASCII: such words have many classes of bytes, which would make the table of the others too wide.
 */
export function groupKind({ word, reversedPrefix, onlyLongest, pattern }: Branch): string {
  const kind = `${word}${onlyLongest ? ` ${pattern}` : ''}`
  if (reversedPrefix === undefined) return kind
  return `${bytesOf(reversedPrefix).intersects(beyondAscii) ? beyond : within} ${kind}`
}

const within = 'within ASCII before'
const beyond = 'beyond ASCII before'

/** Of what is read backwards no group of a bucket is asked where what stands before the anchor can be none of them. */
export function isReadBackwards(kind: string): boolean {
  return kind.startsWith(within) || kind.startsWith(beyond)
}

const beyondAscii = ByteSet.range(0x80, 0xff)

/** Builds the automata of a bucket. A branch that is too large on its own goes to `tooLarge`. */
export function buildGroups(branches: readonly Branch[], tooLarge: Branch[]): PlannedGroup[] {
  const kinds = new Map<string, Branch[]>()
  for (const branch of branches) {
    const kind = groupKind(branch)
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [branch])
    else known.push(branch)
  }
  return [...kinds.values()].flatMap((kind) => buildGroup(kind, tooLarge))
}

/** Halves the group as long as its automaton is too large. */
function buildGroup(branches: readonly Branch[], tooLarge: Branch[]): PlannedGroup[] {
  const forward = tableOf(branches.map((branch) => branch.suffix))
  const prefixes = branches.flatMap((branch) => branch.reversedPrefix ?? [])
  const backward = prefixes.length === 0 ? undefined : tableOf(prefixes)
  if (forward !== undefined && (backward !== undefined || prefixes.length === 0)) {
    const approach = prefixes.length === 0 ? undefined : approachBitmap(prefixes)
    const accepted = branches.map(({ pattern }) => ({ pattern }))
    const { word, onlyLongest } = branches[0]
    const window = branches[0].window.map((_, i) => unionOf(branches.map((branch) => branch.window[i])))
    return [{ window, word, onlyLongest, forward, backward, approach, branches: accepted }]
  }
  const [first, second] = halves(branches)
  if (second.length === 0) {
    tooLarge.push(...first)
    return []
  }
  return [...buildGroup(first, tooLarge), ...buildGroup(second, tooLarge)]
}

/** Half of the branches each, or a single branch's choice taken apart; the second is empty if neither can be. */
function halves(branches: readonly Branch[]): [first: readonly Branch[], second: readonly Branch[]] {
  const [branch] = branches
  if (branches.length > 1) {
    const half = branches.length >> 1
    return [branches.slice(0, half), branches.slice(half)]
  }
  const suffixes = apart(branch.suffix)
  if (suffixes.length > 1) {
    const [first, second] = suffixes.map((suffix) => [{ ...branch, suffix }])
    return [first, second]
  }
  const prefixes = branch.reversedPrefix === undefined ? [] : apart(branch.reversedPrefix)
  if (prefixes.length < 2) return [branches, []]
  const [first, second] = prefixes.map((reversedPrefix) => [{ ...branch, reversedPrefix }])
  return [first, second]
}

/** Two expressions that match together what the one matches: half of the options of its longest choice each. */
function apart(expression: Expression): Expression[] {
  if (expression.kind === 'choice') {
    const { options } = expression
    const half = options.length >> 1
    if (half === 0) return []
    return [options.slice(0, half), options.slice(half)].map((part) => ({ kind: 'choice', options: part }))
  }
  if (expression.kind !== 'sequence') return []
  const { items } = expression
  const counts = items.map((item) => (item.kind === 'choice' ? item.options.length : 0))
  const longest = counts.indexOf(Math.max(...counts))
  return apart(items[longest]).map((part) => ({ kind: 'sequence', items: items.with(longest, part) }))
}

function tableOf(expressions: readonly Expression[]): TableAutomaton | undefined {
  const automaton = new PositionAutomaton()
  for (const [i, expression] of expressions.entries()) automaton.add(expression, i)
  return buildTable(automaton)
}
