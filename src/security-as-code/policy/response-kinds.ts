import type { ResponseAction } from '../../model/response-words.ts'
import { conditionTypes, type ResponseRuleDefinition, toldEvents } from '../../policy/response/definition.ts'
import { levelIndex } from '../../policy/response/response-rules.ts'
import type { GroupList } from './group-list.ts'
import { type ObjectReport, tellError, tellWarning } from './policy-object.ts'
import type { NvResponseRuleObject, ResponseRuleObject } from './response-schemas.ts'
import type { SecurityRuleObject } from './schemas.ts'

type Path = readonly (string | number)[]

/** Rules of the group that an NvSecurityRule is about. */
export function readGroupResponses(
  { spec }: SecurityRuleObject,
  owner: string,
  report: ObjectReport,
): ResponseRuleDefinition[] {
  return (spec.response ?? []).map((given, i) => {
    const path = ['spec', 'response', i]
    const groups = [spec.target.selector.name]
    return checked(fromNeuVector(`${owner}/response/${i}`, given, groups), report, path)
  })
}

export function readNvResponseRule(
  { metadata, spec }: NvResponseRuleObject,
  report: ObjectReport,
): ResponseRuleDefinition {
  const { group = '', ...rule } = spec.rule
  const path = ['spec', 'rule']
  if (group !== '')
    tellError(
      report,
      [...path, 'group'],
      'a rule of its own is for all groups, as in NeuVector',
      'Leave it out, or write it as response of the NvSecurityRule of that group.',
    )
  const definition = fromNeuVector(`NvResponseRuleSecurityRule/${metadata.name}`, rule, [])
  return checked(definition, report, path)
}

export function readResponseRule(
  { metadata, spec }: ResponseRuleObject,
  report: ObjectReport,
  groups: GroupList,
): ResponseRuleDefinition {
  const { groups: names = [], conditions = [], webhooks = [], disabled = false, ...rest } = spec
  for (const [i, name] of names.entries()) groups.refer(name, report, ['spec', 'groups', i])
  const id = `ResponseRule/${metadata.name}`
  return checked({ id, groups: names, conditions, webhooks, isDisabled: disabled, ...rest }, report, ['spec'])
}

type NeuVectorRule = Omit<NvResponseRuleObject['spec']['rule'], 'group'>

function fromNeuVector(
  id: string,
  { event, conditions = [], actions, webhooks = [], comment, disable = false }: NeuVectorRule,
  groups: readonly string[],
): ResponseRuleDefinition {
  const said = comment === undefined || comment === '' ? {} : { comment }
  return {
    id,
    event,
    groups,
    conditions,
    actions: [...new Set(actions)],
    webhooks,
    isDisabled: disable,
    ...said,
  }
}

function checked(rule: ResponseRuleDefinition, report: ObjectReport, path: Path): ResponseRuleDefinition {
  checkConditions(rule, report, path)
  checkActions(rule, report, path)
  if (!toldEvents.has(rule.event))
    tellWarning(
      report,
      [...path, 'event'],
      `nothing tells of ${rule.event} yet: the rule never applies`,
      'Keep it for then, or write event or security-event.',
    )
  return { ...rule, source: report.source.at(path) }
}

function checkConditions(
  { event, conditions }: ResponseRuleDefinition,
  report: ObjectReport,
  path: Path,
): void {
  if (conditions.length === 0)
    tellError(report, path, 'it has no conditions', 'Add one, such as {type: level, value: Critical}.')
  const types = conditionTypes[event]
  const seen = new Set<string>()
  for (const [i, { type, value }] of conditions.entries()) {
    const at = [...path, 'conditions', i]
    if (!types.includes(type))
      tellError(
        report,
        at,
        `${event} has no condition ${JSON.stringify(type)}`,
        `Write one of ${types.join(', ')}.`,
      )
    if (seen.has(type)) tellError(report, at, `there are two conditions ${type}`, 'Write two rules.')
    seen.add(type)
    if (type === 'level' && levelIndex(value) < 0)
      tellError(report, at, 'its value is no level', 'Write Critical, Error, Warning, Notice or Info.')
  }
}

/** What has to be there for an action to mean anything. */
const needs: Partial<Record<ResponseAction, ResponseRuleDefinition['event'][]>> = {
  quarantine: ['security-event', 'cve-report', 'compliance'],
  capture: ['security-event'],
  'kill-process': ['security-event'],
  'open-case': ['security-event', 'event'],
}

function checkActions(
  { event, actions, webhooks }: ResponseRuleDefinition,
  report: ObjectReport,
  path: Path,
): void {
  for (const [i, action] of actions.entries()) {
    const events = needs[action]
    if (events === undefined || events.includes(event)) continue
    const problem = `${action} cannot be done about ${event}: it is about no workload`
    tellError(report, [...path, 'actions', i], problem, `Write it for ${events.join(' or ')}.`)
  }
  if (webhooks.length > 0 && !actions.includes('webhook'))
    tellWarning(
      report,
      [...path, 'webhooks'],
      'nobody is told without the action webhook',
      'Add webhook to its actions.',
    )
}
