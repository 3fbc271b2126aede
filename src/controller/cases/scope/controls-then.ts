import type { PolicyDefinition } from '../../../policy/definition.ts'
import { choiceTexts } from '../../../policy/detection.ts'
import type { PlacedWorkload } from '../../../policy/live/address-owner.ts'
import { workloadSubject } from '../../../policy/groups/subject.ts'
import type { ControllerPolicy } from '../../policy/controller-policy.ts'
import type { SeenWorkloads } from '../../policy/seen-workloads.ts'
import { controllerLimits } from '../../limits.ts'
import type { ControlsThen, PartOfTime } from './case-controls.ts'
import type { Window } from './suspects.ts'

/** A policy, and in which part of a time it was in force. */
export interface PastDefinition {
  /** Null before the first. */
  version: number | null
  definition: PolicyDefinition
  part: PartOfTime
}

/** The policies that were in force in a time, oldest first, up to a bound the newest. What was learned is as it is now: nobody keeps how it was. */
export async function policiesIn(
  policy: ControllerPolicy,
  { since, until }: Window,
): Promise<PastDefinition[]> {
  const versions = (await policy.history.between(since, until)).slice(-controllerLimits.casePolicies)
  const past: PastDefinition[] = []
  for (const [i, { number, at }] of versions.entries()) {
    const next = versions[i + 1]
    const part: PartOfTime = {
      ...(at > since && { since: new Date(at).toISOString() }),
      ...(next !== undefined && { until: new Date(next.at).toISOString() }),
    }
    past.push({ version: number === 0 ? null : number, definition: await policy.definitionOf(number), part })
  }
  return past
}

/** What stood against a breach of some workloads. */
export function controlsThen(
  past: readonly PastDefinition[],
  workloads: readonly PlacedWorkload[],
  seen: SeenWorkloads,
): ControlsThen {
  return {
    policies: past.map(({ version, part }) => ({ version, ...part })),
    modes: [...groupsOf(workloads)].flatMap((group) =>
      joined(past, ({ definition }) => [modeOf(definition, group)]).map(({ value, ...part }) => ({
        ...{ group, mode: value, ...part },
      })),
    ),
    detectorsOff: joined(past, ({ definition }) =>
      [...choiceTexts(definition.detection ?? {})].map(([name, choice]) => JSON.stringify([name, choice])),
    ).map(({ value, ...part }) => {
      const [name, choice] = JSON.parse(value) as [string, string]
      return { name, choice, ...part }
    }),
    sights: workloads.map(({ workload: { id, name } }) => ({ workload: name, isSeen: seen.isWatched(id) })),
  }
}

function groupsOf(workloads: readonly PlacedWorkload[]): Set<string> {
  const groups = workloads.map(({ workload, node }) => workloadSubject(workload, node).learnedGroup)
  return new Set(groups.flatMap((group) => group ?? []))
}

function modeOf({ groups, newServiceMode }: PolicyDefinition, name: string): string {
  return groups.find((group) => group.name === name)?.mode ?? newServiceMode
}

/** What each policy says, over how long it was said without a break. */
function joined(
  past: readonly PastDefinition[],
  valuesOf: (each: PastDefinition) => readonly string[],
): (PartOfTime & { value: string })[] {
  const said: { value: string; since?: string; until?: string; last: number }[] = []
  for (const [i, each] of past.entries())
    for (const value of valuesOf(each)) {
      const before = said.findLast((one) => one.value === value && one.last === i - 1)
      if (before === undefined) said.push({ value, ...each.part, last: i })
      else {
        before.last = i
        if (each.part.until === undefined) delete before.until
        else before.until = each.part.until
      }
    }
  return said.map(({ last: _last, ...one }) => one)
}
