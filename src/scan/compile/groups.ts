import { PositionAutomaton } from '../automaton/position-automaton.ts'
import type { TableAutomaton } from '../automaton/table-automaton.ts'
import { buildTable } from '../automaton/table-automaton.ts'
import type { Expression } from '../expression/expression.ts'
import type { Branch } from './branches.ts'

/** Branches of one bucket that are confirmed together: one run of each automaton at a candidate for all of them. */
export interface ConfirmationGroup {
  bucket: number
  word: boolean
  /** Accepts are indices in `branches`. */
  forward: TableAutomaton
  /** Reads from the anchor towards the beginning; undefined when all matches begin at the anchor. */
  backward: TableAutomaton | undefined
  branches: readonly Branch[]
}

/** Builds the automata of a bucket; undefined for a branch that is too large on its own: its index in `tooLarge`. */
export function buildGroups(
  bucket: number,
  branches: readonly Branch[],
  tooLarge: Branch[],
): ConfirmationGroup[] {
  const kinds = new Map<string, Branch[]>()
  for (const branch of branches) {
    const kind = `${branch.word} ${branch.reversedPrefix !== undefined}`
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [branch])
    else known.push(branch)
  }
  return [...kinds.values()].flatMap((kind) => buildGroup(bucket, kind, tooLarge))
}

/** Halves the group as long as its automaton is too large. */
function buildGroup(bucket: number, branches: readonly Branch[], tooLarge: Branch[]): ConfirmationGroup[] {
  const forward = tableOf(branches.map((branch) => branch.suffix))
  const prefixes = branches.flatMap((branch) => branch.reversedPrefix ?? [])
  const backward = prefixes.length === 0 ? undefined : tableOf(prefixes)
  if (forward !== undefined && (backward !== undefined || prefixes.length === 0)) {
    return [{ bucket, word: branches[0].word, forward, backward, branches }]
  }
  if (branches.length === 1) {
    tooLarge.push(branches[0])
    return []
  }
  const half = branches.length >> 1
  return [
    ...buildGroup(bucket, branches.slice(0, half), tooLarge),
    ...buildGroup(bucket, branches.slice(half), tooLarge),
  ]
}

function tableOf(expressions: readonly Expression[]): TableAutomaton | undefined {
  const automaton = new PositionAutomaton()
  for (const [i, expression] of expressions.entries()) automaton.add(expression, i)
  return buildTable(automaton)
}
