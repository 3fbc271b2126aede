import type { ProcessorDefinition } from '../../model/processor.ts'
import type { Requirements, RuleDefinition, ThreatHandling } from '../../policy/definition.ts'
import { type ThreatName, threats } from '../../threats/catalogue.ts'
import { parseThreatSettings } from '../../threats/parse-settings.ts'
import { processorGroupName } from '../../policy/processors.ts'
import type { GroupList } from './group-list.ts'
import { type ObjectReport, tellError } from './policy-object.ts'
import type { PlacedRule } from './security-rule.ts'
import { checkFilter } from './rule-profile.ts'
import type { EgressRuleObject, FileAccessObject, ProtectionObject } from './schemas.ts'

/** How groups in Protect are protected. */
export function readProtection({ spec }: ProtectionObject, report: ObjectReport, groups: GroupList): void {
  const { groups: names, threats, thresholds, ...rest } = spec
  const protection = {
    ...rest,
    ...(threats !== undefined && { threats: readThreats(threats, report) }),
    ...(thresholds !== undefined && { thresholds: readThresholds(thresholds, report) }),
  }
  for (const [i, name] of names.entries())
    groups.setProtection(name, protection, report, ['spec', 'groups', i])
}

/** Threats by their names or numbers, as numbers; those that there are none of are told. */
function readThreats(
  said: NonNullable<ProtectionObject['spec']['threats']>,
  report: ObjectReport,
): ThreatHandling {
  if (typeof said === 'string') return said
  return said.flatMap((wanted, i) => {
    const known = Object.values(threats).find(({ id, name }) => [`${id}`, name].includes(`${wanted}`))
    if (known !== undefined) return [known.id]
    const problem = `there is no threat ${JSON.stringify(wanted)}`
    tellError(report, ['spec', 'threats', i], problem, 'Names and numbers are in docs/reference/threats.md.')
    return []
  })
}

/** Thresholds as `--threat` takes them, with numbers for names. Over which time something is counted is the same for all groups. */
function readThresholds(said: readonly string[], report: ObjectReport): string[] {
  return said.flatMap((text, i) => {
    const parsed = parseThreatSettings([text])
    const changes = 'settings' in parsed ? Object.entries(parsed.settings) : []
    if (changes.length === 1 && changes[0][1].seconds === undefined)
      return [`${threats[changes[0][0] as ThreatName].id}${text.slice(text.indexOf('='))}`]
    const problem =
      'problem' in parsed ? parsed.problem : 'the time in which it is counted is the same for all'
    const nextStep = 'Write 1002=50, TCP.Port.Scan=off: names and numbers are in docs/reference/threats.md.'
    tellError(report, ['spec', 'thresholds', i], `${JSON.stringify(text)}: ${problem}`, nextStep)
    return []
  })
}

/** Who may open files in which personal data lies. */
export function readFileAccess({ spec }: FileAccessObject, report: ObjectReport, groups: GroupList): void {
  const { groups: names, paths, recursive = true, applications = [], action, categories } = spec
  for (const [i, path] of paths.entries()) checkFilter(path, report, ['spec', 'paths', i])
  const files = paths.map((filter, i) => ({
    ...{ filter, recursive, applications },
    behavior: action === 'block' ? ('block_access' as const) : ('monitor_access' as const),
    ...(categories === undefined ? {} : { categories }),
    source: report.source.at(['spec', 'paths', i]),
  }))
  for (const [i, name] of names.entries())
    groups.referProfile(name, { processes: [], files }, report, ['spec', 'groups', i])
}

/** An egress rule; what it allows of personal data may be what its processor is declared to receive. */
export function readEgressRule(
  object: EgressRuleObject,
  report: ObjectReport,
  processors: ReadonlyMap<string, ProcessorDefinition>,
): PlacedRule[] {
  const { metadata, spec } = object
  const to = targetOf(spec, report, processors)
  const requirements = requirementsOf(spec, report, processors)
  if (to === undefined || requirements === undefined) return []
  const rule: RuleDefinition = {
    id: `EgressRule/${metadata.name}`,
    tier: 'yaml',
    priority: spec.priority ?? 0,
    from: spec.from,
    to,
    applications: spec.applications ?? [],
    ports: spec.ports ?? '',
    action: 'allow',
    ...(Object.keys(requirements).length === 0 ? {} : { requirements }),
    source: report.source.at([]),
  }
  return [{ rule, report, path: ['spec'] }]
}

function targetOf(
  { toGroup, toProcessor }: EgressRuleObject['spec'],
  report: ObjectReport,
  processors: ReadonlyMap<string, unknown>,
): string | undefined {
  if ((toGroup === undefined) === (toProcessor === undefined)) {
    tellError(report, ['spec'], 'it has to have toGroup or toProcessor', 'Name one of both.')
    return undefined
  }
  if (toProcessor === undefined) return toGroup
  if (processors.has(toProcessor)) return processorGroupName(toProcessor)
  tellError(
    report,
    ['spec', 'toProcessor'],
    `there is no Processor ${JSON.stringify(toProcessor)}`,
    'Define it, or correct the name.',
  )
  return undefined
}

function requirementsOf(
  { encryption, personalData, toProcessor }: EgressRuleObject['spec'],
  report: ObjectReport,
  processors: ReadonlyMap<string, ProcessorDefinition>,
): Requirements | undefined {
  const asked: Requirements = {}
  if (encryption !== undefined) {
    const { minimumTlsVersion } = encryption
    asked.encryption = minimumTlsVersion === undefined ? {} : { minimumTlsVersion }
  }
  if (personalData === undefined) return asked
  const { allowed, forbidden, declared } = personalData
  const given = [allowed, forbidden, declared].filter((each) => each !== undefined).length
  const declaredCategories = processors.get(toProcessor ?? '')?.categories
  if (given !== 1 || (declared !== undefined && declaredCategories === undefined)) {
    tellError(
      report,
      ['spec', 'personalData'],
      'it has to have one of allowed, forbidden and, with toProcessor, declared',
      'Say one of them.',
    )
    return undefined
  }
  asked.personalData =
    forbidden === undefined ? { allowed: allowed ?? declaredCategories ?? [] } : { forbidden }
  return asked
}
