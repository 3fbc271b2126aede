import type { Workload } from '../../model/workload.ts'
import type { GroupDefinition, Mode, ProcessRule, RuleDefinition } from '../../policy/definition.ts'
import { builtInKind, canHaveMode, isLearnedName } from '../../policy/groups/builtin.ts'
import type { LearnedProcess } from '../../policy/learning/learned-processes.ts'
import type { LearnedRuleView } from '../../policy/learning/learned-rules.ts'
import { processorGroup } from '../../policy/processors.ts'
import type { ControllerPolicy } from './controller-policy.ts'
import type { KnownGroups } from './known-groups.ts'
import type { PolicyLearning } from './policy-learning.ts'

/** A group as people are shown it. Times in ms since 1970. */
export interface GroupView {
  name: string
  kind: 'learned' | 'built-in' | 'custom' | 'processor'
  definition: GroupDefinition
  /** Null where it cannot have one. */
  mode: Mode | null
  profileMode: Mode | null
  /** Where the network's mode is said. */
  modeFrom: 'new-services' | 'file' | 'given'
  modeSince: number | null
  /** Workloads that run. */
  members: Workload[]
  /** That are from it or to it. */
  rules: number
  /** Rules about its programs, with when those were seen that were learned. */
  processes: { rule: ProcessRule; learned: LearnedProcess | undefined }[]
}

/** A rule in its place, and when what it was learned from was seen. */
export interface RuleView {
  rule: RuleDefinition
  /** From 1 on. */
  order: number
  learned: LearnedRuleView | undefined
}

interface Sources {
  policy: ControllerPolicy
  groups: KnownGroups
  learning: PolicyLearning
}

/** Every group that is defined, built in, or was learned, by name. */
export function groupViews({ policy, groups, learning }: Sources): GroupView[] {
  const { definition, live } = policy
  const byName = new Map<string, GroupDefinition>(
    ['containers', 'external', 'nodes', ...groups.names].map((name) => [name, { name, criteria: [] }]),
  )
  for (const group of [...definition.groups, ...definition.processors.map(processorGroup)])
    byName.set(group.name, group)
  const members = membersByGroup(live.workloads, (id) => live.policy.groupsOfPeer(live.peerOfWorkload(id)))
  const rules = new Map<string, number>()
  for (const { from, to } of definition.rules)
    for (const name of new Set([from, to])) rules.set(name, (rules.get(name) ?? 0) + 1)
  const declared = new Map(policy.declared.groups.map((group) => [group.name, group]))
  return [...byName.values()]
    .map((group) => ({
      name: group.name,
      kind: kindOf(group.name),
      definition: group,
      ...modesOf(policy, group, declared.get(group.name), groups.first(group.name)),
      members: members.get(group.name) ?? [],
      rules: rules.get(group.name) ?? 0,
      processes: processesOf(group, learning),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Every rule in the order in which they are asked. */
export function ruleViews({ policy, learning }: Sources): RuleView[] {
  const learned = new Map(learning.rules().map((view) => [view.rule.id, view]))
  const views: RuleView[] = []
  for (
    let rule = policy.live.policy.ruleAt(0);
    rule !== undefined;
    rule = policy.live.policy.ruleAt(views.length)
  )
    views.push({ rule, order: views.length + 1, learned: learned.get(rule.id) })
  return views
}

function membersByGroup(
  workloads: readonly Workload[],
  groupsOf: (id: string) => string[],
): Map<string, Workload[]> {
  const members = new Map<string, Workload[]>()
  for (const workload of workloads) {
    for (const group of groupsOf(workload.id)) {
      const known = members.get(group)
      if (known === undefined) members.set(group, [workload])
      else known.push(workload)
    }
  }
  return members
}

function processesOf({ name, profile }: GroupDefinition, learning: PolicyLearning): GroupView['processes'] {
  const seen = new Map(learning.processesOf(name).map((each) => [`${each.name} ${each.path}`, each]))
  return (profile?.processes ?? []).map((rule) => ({
    rule,
    learned: rule.tier === 'learned' ? seen.get(`${rule.name} ${rule.path}`) : undefined,
  }))
}

function kindOf(name: string): GroupView['kind'] {
  if (isLearnedName(name)) return 'learned'
  if (builtInKind(name) !== undefined) return 'built-in'
  return name.includes('/') ? 'processor' : 'custom'
}

function modesOf(
  { content, definition }: ControllerPolicy,
  { name, mode, profileMode }: GroupDefinition,
  declared: GroupDefinition | undefined,
  first: number | undefined,
): Pick<GroupView, 'mode' | 'profileMode' | 'modeFrom' | 'modeSince'> {
  if (!canHaveMode(name)) return { mode: null, profileMode: null, modeFrom: 'new-services', modeSince: null }
  const { newServiceMode, newServiceProfileMode } = definition
  const given = content.modes[name]?.network
  return {
    mode: mode ?? newServiceMode,
    profileMode: profileMode ?? mode ?? newServiceProfileMode ?? newServiceMode,
    modeFrom: given !== undefined ? 'given' : declared?.mode === undefined ? 'new-services' : 'file',
    modeSince: given?.since ?? first ?? null,
  }
}
