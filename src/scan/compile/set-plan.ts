import { parseExpression } from '../expression/parse.ts'
import { ScanError } from '../scan-error.ts'
import type { Pattern } from '../scanner.ts'
import type { Branch } from './branches.ts'
import { planBranches } from './branches.ts'
import type { ConfirmationGroup } from './groups.ts'
import { buildGroups } from './groups.ts'
import type { Prefilter } from './prefilter.ts'
import { planPrefilter } from './prefilter.ts'
import type { NeededBytes } from './short-contents.ts'
import { neededBytesOf } from './short-contents.ts'
import { planSlots, type Slots } from './slots.ts'

/** All that is worked out about a set of patterns: plain data, the same in every memory, and in every process of a version. */
export interface SetPlan {
  prefilter: Prefilter
  slots: Slots
  groups: readonly ConfirmationGroup[]
  needed: NeededBytes
}

/** Keeps plans, since making one takes longer than anything else at a start. What it has lost is made again. */
export interface PlanStore {
  get(key: string): SetPlan | undefined
  put(key: string, plan: SetPlan): void
}

/** Folder of the code that makes plans: once that has changed, they may be others. */
export const planMakers: URL = new URL('..', import.meta.url)

/** Bytes of a candidate's window: one before the anchor, the others from it on. */
const windowLength = 7

/** The plan of at least one pattern, from the store where it has it. Throws a ScanError that names the pattern that cannot be. */
export function planOf(patterns: readonly Pattern[], store: PlanStore | undefined): SetPlan {
  if (store === undefined) return planSet(patterns)
  const key = JSON.stringify(patterns)
  const known = store.get(key)
  if (known !== undefined) return known
  const plan = planSet(patterns)
  store.put(key, plan)
  return plan
}

function planSet(patterns: readonly Pattern[]): SetPlan {
  const expressions = patterns.map(parseExpression)
  const branches = patterns.flatMap((pattern, i) =>
    planBranches(expressions[i], {
      pattern: i,
      word: (pattern.boundary ?? 'word') === 'word',
      windowLength,
      inside: pattern.anchorInside ?? false,
      onlyLongest: pattern.onlyLongest ?? false,
    }),
  )
  const { prefilter, buckets } = planPrefilter(branches)
  const tooLarge: Branch[] = []
  const planned = buckets.map((members) => buildGroups(members, tooLarge))
  if (tooLarge.length > 0) {
    const { id } = patterns[tooLarge[0].pattern]
    throw new ScanError('PATTERN_TOO_LARGE', `Pattern ${id}: its automaton has too many states`, {
      nextStep: 'lower its counts, or let fewer of its variable parts overlap',
    })
  }
  return { prefilter, ...planSlots(planned), needed: neededBytesOf(expressions) }
}
