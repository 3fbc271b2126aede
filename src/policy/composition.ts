import type { GroupDefinition, Mode, PolicyDefinition, ProcessRule, RuleDefinition } from './definition.ts'
import type { DetectionChoices } from './detection.ts'
import { builtInKind, isLearnedName } from './groups/builtin.ts'
import type { Promotion } from './modes.ts'

/** A mode that somebody, or the time, gave a group. `since` in ms since 1970. */
export interface GivenMode {
  mode: Mode
  since: number
}

/** Of the network, and of processes and files. */
export interface GroupModes {
  network?: GivenMode
  profile?: GivenMode
}

/** What holds for the policy as a whole. */
export interface PolicySettings {
  newServiceMode: Mode
  newServiceProfileMode?: Mode
  strictGroupMode: boolean
  promotion: Promotion
  /** Absent: as usual. */
  detection?: DetectionChoices
}

export const defaultSettings: PolicySettings = {
  newServiceMode: 'Discover',
  strictGroupMode: false,
  promotion: {},
}

/** What a policy that runs is made of. */
export interface PolicyParts {
  /** As it was written. */
  declared: PolicyDefinition
  /** By group; they go before what is declared. */
  modes: Readonly<Record<string, GroupModes>>
  settings: PolicySettings
  learned: LearnedPolicy
}

export interface LearnedPolicy {
  /** Of external peers by their names, and profiles of groups. */
  groups: readonly GroupDefinition[]
  rules: readonly RuleDefinition[]
}

/** The policy that is enforced: what is declared, then what was learned and is not declared as well. */
export function composePolicy({ declared, modes, settings, learned }: PolicyParts): PolicyDefinition {
  const { newServiceMode, newServiceProfileMode, strictGroupMode, detection } = settings
  const said = new Set(declared.rules.map(ruleKey))
  const groups = composedGroups(declared.groups, learned.groups, modes)
  const names = new Set(groups.map(({ name }) => name))
  // Somebody may have taken the group out that a rule was learned for.
  const isThere = (name: string) => names.has(name) || isLearnedName(name) || builtInKind(name) !== undefined
  const isNews = (rule: RuleDefinition) => !said.has(ruleKey(rule)) && isThere(rule.from) && isThere(rule.to)
  return {
    groups,
    rules: [...declared.rules, ...learned.rules.filter(isNews)],
    processors: declared.processors,
    newServiceMode,
    ...(newServiceProfileMode === undefined ? {} : { newServiceProfileMode }),
    strictGroupMode,
    ...(detection === undefined ? {} : { detection }),
    ...(declared.attackExceptions && { attackExceptions: declared.attackExceptions }),
    ...(declared.admission && { admission: declared.admission }),
  }
}

function composedGroups(
  declared: readonly GroupDefinition[],
  learned: readonly GroupDefinition[],
  modes: PolicyParts['modes'],
): GroupDefinition[] {
  const groups = new Map(declared.map((group) => [group.name, group]))
  for (const group of learned) groups.set(group.name, withLearned(groups.get(group.name), group))
  for (const [name, { network, profile }] of Object.entries(modes)) {
    const group = groups.get(name) ?? { name, criteria: [] }
    groups.set(name, {
      ...group,
      ...(network === undefined ? {} : { mode: network.mode }),
      ...(profile === undefined ? {} : { profileMode: profile.mode }),
    })
  }
  return [...groups.values()]
}

/** What is declared, with programs that were learned and are not declared as well. */
function withLearned(declared: GroupDefinition | undefined, learned: GroupDefinition): GroupDefinition {
  const { profile } = learned
  if (declared === undefined) return learned
  if (profile === undefined) return declared
  const { processes: own, files, ...rest } = declared.profile ?? { processes: [], files: [] }
  const said = new Set(own.map(processKey))
  const processes = [...own, ...profile.processes.filter((rule) => !said.has(processKey(rule)))]
  return { ...declared, profile: { ...rest, processes, files } }
}

function processKey({ action, name, path, user }: ProcessRule): string {
  return JSON.stringify([action, name, path, user])
}

/** The same for rules that speak of the same connections in the same way. */
function ruleKey({ from, to, action, applications, ports, requirements }: RuleDefinition): string {
  const names = applications.map((name) => name.toLowerCase()).toSorted()
  const spoken = names.includes('any') ? [] : names
  return JSON.stringify([from, to, action, spoken, ports === 'any' ? '' : ports, requirements])
}
