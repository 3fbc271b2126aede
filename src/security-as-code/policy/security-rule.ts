import type { GroupDefinition, Mode, RuleDefinition } from '../../policy/definition.ts'
import { builtInKind } from '../../policy/groups/builtin.ts'
import type { GroupList, GroupSensors } from './group-list.ts'
import { type ObjectReport, tellError, tellWarning } from './policy-object.ts'
import { checkProfile, readProfile } from './rule-profile.ts'
import type { GroupObject, NetworkRule, SecurityRuleObject } from './schemas.ts'

/** A rule and where it is written, for what is found wrong with it later. */
export interface PlacedRule {
  rule: RuleDefinition
  report: ObjectReport
  path: readonly (string | number)[]
}

/** The part of NeuVector that rules cannot speak of: it is passed over there, too. */
const skippedPeer = 'Workload:ingress'

/** Groups and network rules of an NvSecurityRule or NvClusterSecurityRule. */
export function readSecurityRule(
  object: SecurityRuleObject,
  report: ObjectReport,
  groups: GroupList,
): PlacedRule[] {
  const { spec } = object
  const { selector } = spec.target
  groups.take(selector, report, ['spec', 'target', 'selector'])
  const modes = modesOf(spec)
  if (Object.keys(modes).length > 0) groups.setModes(selector.name, modes, report, ['spec', 'target'])
  const tier = tierOf(object)
  const profile = readProfile(spec, tier, report)
  if (profile !== undefined) groups.addProfile(selector.name, profile, report, ['spec', 'target'])
  const sensors = sensorsOf(spec.waf)
  if (sensors !== undefined) groups.addSensors(selector.name, sensors, report, ['spec', 'waf'])
  checkNamespace(object, report)
  checkFederal(object, report)
  checkParts(object, report)
  const names = new Set<string>()
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    (spec[direction] ?? []).flatMap((rule, i) => {
      const path = ['spec', direction, i]
      if (names.has(rule.name))
        tellError(
          report,
          [...path, 'name'],
          `there are two rules ${JSON.stringify(rule.name)}`,
          'Rename one of both.',
        )
      names.add(rule.name)
      if (rule.selector.name === skippedPeer) {
        tellWarning(report, path, `rules of ${skippedPeer} are passed over, as in NeuVector`, 'Leave it out.')
        return []
      }
      groups.take(rule.selector, report, [...path, 'selector'])
      const id = `${ruleOwner(object)}/${rule.name}`
      return [
        {
          rule: { id, tier, ...ruleOf(rule, direction, selector.name), source: report.source.at(path) },
          report,
          path,
        },
      ]
    }),
  )
}

/** A group that others refer to. */
export function readGroupDefinition(object: GroupObject, report: ObjectReport, groups: GroupList): void {
  const { metadata, spec } = object
  const { selector } = spec
  if (metadata.name !== selector.name)
    tellError(
      report,
      ['metadata', 'name'],
      `it is not the group's name, ${selector.name}`,
      'Make both the same.',
    )
  if (selector.name_referral === true)
    tellError(
      report,
      ['spec', 'selector'],
      'a definition cannot refer to another',
      'Leave name_referral out.',
    )
  groups.take(selector, report, ['spec', 'selector'])
}

/** What its rules are told by: its name, with the namespace where it is of one. */
export function ruleOwner({ kind, metadata: { name, namespace } }: SecurityRuleObject): string {
  return kind === 'NvSecurityRule' && namespace !== undefined ? `${namespace}/${name}` : name
}

function tierOf({ metadata, spec }: SecurityRuleObject): 'federal' | 'yaml' {
  return isFederal(spec.target.selector.name) || isFederal(metadata.name) ? 'federal' : 'yaml'
}

function isFederal(name: string): boolean {
  return name.startsWith('fed.')
}

function ruleOf(
  { selector, action, applications = [], ports = '', priority = 0 }: NetworkRule,
  direction: 'ingress' | 'egress',
  target: string,
): Omit<RuleDefinition, 'id' | 'tier'> {
  const [from, to] = direction === 'ingress' ? [selector.name, target] : [target, selector.name]
  return { from, to, action, applications, ports, priority }
}

function modesOf({
  target,
  process_profile,
}: SecurityRuleObject['spec']): Pick<GroupDefinition, 'mode' | 'profileMode'> {
  const { policymode } = target
  const mode: Mode | undefined = policymode === 'N/A' || policymode === '' ? undefined : policymode
  const profileMode = process_profile?.mode
  return { ...(mode === undefined ? {} : { mode }), ...(profileMode === undefined ? {} : { profileMode }) }
}

/** WAF sensors of a group: `deny` cuts what they match, `allow` tells of it, and where the group's are switched off neither is done. */
function sensorsOf({ status = true, settings = [] }: NonNullable<SecurityRuleObject['spec']['waf']> = {}):
  | GroupSensors
  | undefined {
  if (settings.length === 0) return undefined
  if (!status) return { offSensors: settings.map(({ name }) => name) }
  const by = (wanted: string) => settings.filter(({ action }) => action === wanted).map(({ name }) => name)
  return { deniedSensors: by('deny'), toldSensors: by('allow') }
}

/** A namespaced rule is for its namespace alone; NeuVector refuses it otherwise. */
function checkNamespace({ kind, metadata, spec }: SecurityRuleObject, report: ObjectReport): void {
  const { criteria = [], name_referral: isReferral } = spec.target.selector
  const { namespace } = metadata
  if (kind !== 'NvSecurityRule' || namespace === undefined || isReferral === true || criteria.length === 0)
    return
  if (criteria.some(({ key, op, value }) => key === 'domain' && op === '=' && value === namespace)) return
  tellError(
    report,
    ['spec', 'target', 'selector', 'criteria'],
    `its criteria lack domain = ${namespace}, the namespace of the object`,
    `Add {key: domain, op: "=", value: ${namespace}}, or make it an NvClusterSecurityRule.`,
  )
}

/** NeuVector takes federal rules only under the name of their group. */
function checkFederal({ metadata, spec }: SecurityRuleObject, report: ObjectReport): void {
  const { name } = spec.target.selector
  if (metadata.name === name || !(isFederal(metadata.name) || isFederal(name))) return
  tellError(
    report,
    ['metadata', 'name'],
    `a federal rule has the name of its group, ${name}`,
    'Make both the same.',
  )
}

function checkParts({ spec }: SecurityRuleObject, report: ObjectReport): void {
  const { name, criteria = [] } = spec.target.selector
  const isNode = builtInKind(name) === 'node'
  const { baseline } = spec.process_profile ?? {}
  if (isNode && baseline !== undefined && baseline !== 'basic')
    tellError(
      report,
      ['spec', 'process_profile', 'baseline'],
      'nodes have only the baseline basic',
      'Write basic.',
    )
  if (isNode && (spec.file ?? []).length > 0)
    tellError(report, ['spec', 'file'], 'nodes have no file rules', 'Leave them out.')
  const isExternal = builtInKind(name) === 'external' || criteria.some(({ key }) => key === 'address')
  for (const part of ['dlp', 'waf'] as const) {
    if (isExternal && (spec[part]?.settings ?? []).length > 0)
      tellError(
        report,
        ['spec', part],
        `${name} is no group of containers: it has no sensors`,
        'Put them on the other end.',
      )
  }
  checkProfile(spec, report)
}
