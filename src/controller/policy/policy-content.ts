import { formatDuration } from '../../lib/quantity.ts'
import {
  composePolicy,
  defaultSettings,
  type GroupModes,
  type LearnedPolicy,
  type PolicySettings,
} from '../../policy/composition.ts'
import { choiceTexts } from '../../policy/detection.ts'
import { emptyPolicy, type PolicyDefinition, type RuleDefinition } from '../../policy/definition.ts'
import { objectChanges, type ObjectChange } from '../../security-as-code/policy/object-changes.ts'
import type { PlacedObject } from '../../security-as-code/policy/placed-object.ts'
import { readPolicyObjects } from '../../security-as-code/policy/read-policy.ts'
import type { PolicyVersionItem, StoredPolicyVersion } from '../../store/policy-store.ts'
import { ruleText } from './user-rules.ts'

/** What a version of the policy holds: all that people decided. What was learned is beside it. */
export interface PolicyContent {
  /** As they were applied. */
  objects: PlacedObject[]
  /** Made one by one, as in the console: of the tier `user`, asked after those of files. */
  rules: RuleDefinition[]
  /** Given by hand or by promotion, by group. */
  modes: Record<string, GroupModes>
  settings: PolicySettings
}

export const emptyContent: PolicyContent = { objects: [], rules: [], modes: {}, settings: defaultSettings }

/** A rule of a user, a mode or a setting that is another than before. */
export interface SettingChange {
  change: 'added' | 'removed' | 'changed'
  kind: 'Rule' | 'Mode' | 'ProfileMode' | 'Setting'
  /** Of the group or the setting; id of the rule. */
  name: string
  details: { path: ''; before?: unknown; after?: unknown }[]
  moreDetails: 0
}

export type ContentChange = ObjectChange | SettingChange

/** What leads from one content to another, for people. */
export function contentChanges(before: PolicyContent, after: PolicyContent): ContentChange[] {
  return [
    ...objectChanges(before.objects, after.objects),
    ...settingChanges('Rule', ruleTexts(before), ruleTexts(after)),
    ...settingChanges('Mode', givenModes(before, 'network'), givenModes(after, 'network')),
    ...settingChanges('ProfileMode', givenModes(before, 'profile'), givenModes(after, 'profile')),
    ...settingChanges('Setting', settingsOf(before), settingsOf(after)),
  ]
}

export function countsOf(changes: readonly ContentChange[]): PolicyVersionItem['counts'] {
  const count = (kind: ContentChange['change']) => changes.filter(({ change }) => change === kind).length
  return { added: count('added'), removed: count('removed'), changed: count('changed') }
}

/** The policy that contents come to, together with what was learned. */
export class Definitions {
  #objects: readonly PlacedObject[] = []
  #declared = emptyPolicy

  of(content: PolicyContent, learned: LearnedPolicy): PolicyDefinition {
    const { modes, settings } = content
    return composePolicy({ declared: this.declared(content), modes, settings, learned })
  }

  /** What is written in files, and users' rules. Objects are read again only where they are others than the last time. */
  declared({ objects, rules }: PolicyContent): PolicyDefinition {
    if (objects !== this.#objects) {
      this.#declared = readPolicyObjects(objects).definition
      this.#objects = objects
    }
    return { ...this.#declared, rules: [...this.#declared.rules, ...rules] }
  }
}

type Stored = Pick<StoredPolicyVersion, 'objects' | 'settings'>

/** @param restored the version that it brings back, where it undoes later ones */
export function storedOf({ objects, ...rest }: PolicyContent, restored?: number): Stored {
  return { objects: JSON.stringify(objects), settings: JSON.stringify({ ...rest, restored }) }
}

export function contentOf(stored: Stored): { content: PolicyContent; restored: number | undefined } {
  // Versions of before there were rules of users lack them.
  type Rest = Omit<PolicyContent, 'objects' | 'rules'> & { rules?: RuleDefinition[]; restored?: number }
  const { modes, settings, restored, rules = [] } = JSON.parse(stored.settings) as Rest
  const objects = JSON.parse(stored.objects) as PlacedObject[]
  return { content: { objects, rules, modes, settings: { ...defaultSettings, ...settings } }, restored }
}

/** What each rule says, with its priority: the same text for the same rule. */
function ruleTexts({ rules }: PolicyContent): Map<string, unknown> {
  return new Map(rules.map((rule) => [rule.id, `${ruleText(rule)} (priority ${rule.priority})`]))
}

function givenModes({ modes }: PolicyContent, of: keyof GroupModes): Map<string, unknown> {
  return new Map(
    Object.entries(modes).flatMap(([group, given]) => {
      const mode = given[of]?.mode
      return mode === undefined ? [] : [[group, mode] as const]
    }),
  )
}

function settingsOf({
  settings: { promotion, detection = {}, ...settings },
}: PolicyContent): Map<string, unknown> {
  const flat = {
    ...settings,
    ...Object.fromEntries(choiceTexts(detection)),
    promoteDiscoverAfter: promotion.discoverMs && formatDuration(promotion.discoverMs),
    promoteMonitorAfter: promotion.monitorMs && formatDuration(promotion.monitorMs),
  }
  return new Map(Object.entries(flat).filter(([, value]) => value !== undefined))
}

function settingChanges(
  kind: SettingChange['kind'],
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): SettingChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap((name): SettingChange[] => {
    const [old, fresh] = [before.get(name), after.get(name)]
    if (old === fresh) return []
    const change = old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed'
    const detail = {
      path: '' as const,
      ...(old === undefined ? {} : { before: old }),
      ...(fresh === undefined ? {} : { after: fresh }),
    }
    return [{ change, kind, name, details: [detail], moreDetails: 0 }]
  })
}
