import {
  type Baseline,
  type FileRule,
  type GroupDefinition,
  type Mode,
  type ProcessRule,
  type Tier,
  tiers,
} from '../definition.ts'

/** A rule of a group that a workload is in. */
export type Placed<Rule> = Rule & {
  /** Names it in records: `nv.api.clinic: deny nc`. */
  id: string
}

/** What holds for the processes and files of one workload: plain data, so that it can be handed to another thread. */
export interface Profile {
  mode: Mode
  baseline: Baseline
  /** In the order in which they are asked. */
  processes: readonly Placed<ProcessRule>[]
  files: readonly Placed<FileRule>[]
}

/**
 * The profile of a workload that is in these groups: rules of all of them, by tier and then as they were given. `zero-drift` holds
 * where any of them asks for it.
 */
export function profileOf(groups: readonly GroupDefinition[], mode: Mode): Profile {
  const isZeroDrift = groups.some(({ profile }) => profile?.baseline === 'zero-drift')
  return {
    mode,
    baseline: isZeroDrift ? 'zero-drift' : 'basic',
    processes: inOrder(groups, ({ profile }) => profile?.processes ?? [], processRuleText),
    files: inOrder(groups, ({ profile }) => profile?.files ?? [], fileRuleText),
  }
}

function inOrder<Rule extends { tier?: Tier }>(
  groups: readonly GroupDefinition[],
  rulesOf: (group: GroupDefinition) => readonly Rule[],
  text: (rule: Rule) => string,
): Placed<Rule>[] {
  const placed = groups.flatMap((group) =>
    rulesOf(group).map((rule) => ({ ...rule, id: `${group.name}: ${text(rule)}` })),
  )
  const rank = ({ tier = 'yaml' }: Rule) => tiers.indexOf(tier)
  return placed.sort((a, b) => rank(a) - rank(b))
}

function processRuleText({ action, name, path, user }: ProcessRule): string {
  const what = [name, path].filter((part) => part !== '').join(' ')
  return `${action} ${what}${user === undefined ? '' : ` of ${user}`}`
}

function fileRuleText({ behavior, filter }: FileRule): string {
  return `${behavior} ${filter}`
}
