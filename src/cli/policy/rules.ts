import type { PolicyRule } from '../../api/contract/policy-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { Tier } from '../../policy/definition.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { allPages } from './pages.ts'
import { ago, byOf, print, type RunningFlags } from '../running.ts'

export interface RulesFlags extends RunningFlags {
  group?: string
  tier?: Tier
}

/** Rules in the order in which they are asked. @throws LocalApiError */
export async function listRules({ stateDir, json, group, tier }: RulesFlags): Promise<void> {
  const filters = [
    'limit=1000',
    ...(group === undefined ? [] : [`group=${encodeURIComponent(group)}`]),
    ...(tier === undefined ? [] : [`tier=${tier}`]),
  ]
  const rules = await allPages<PolicyRule>(
    new LocalApi(stateDir),
    `/api/v1/policy/rules?${filters.join('&')}`,
  )
  await print(json ? rules.map((rule) => toJsonText({ type: 'policy-rule', ...rule })) : tableLines(rules))
}

/** Takes learned rules out. @throws LocalApiError */
export async function forgetRules(
  ids: readonly string[],
  flags: RunningFlags & { reason?: string },
): Promise<void> {
  const api = new LocalApi(flags.stateDir)
  const body = { rules: ids, ...byOf(flags) }
  const answer = await api.send<{ rules: string[] }>('POST', '/api/v1/policy/learned/forget', body)
  const told = answer.rules.map((id) => `${id} is forgotten.`)
  await print(
    flags.json ? [toJsonText(answer)] : told.length === 0 ? ['No learned rule is called so.'] : told,
  )
}

function tableLines(rules: readonly PolicyRule[]): string[] {
  if (rules.length === 0) return ['There are no rules.']
  const style = styleFor(process.stdout.isTTY, process.env)
  const columns = [
    { title: 'ORDER', least: 5, align: 'right' as const },
    { title: 'FROM', least: 12 },
    { title: 'TO', least: 12 },
    { title: 'ACTION', least: 6 },
    { title: 'APPLICATIONS', least: 8 },
    { title: 'PORTS', least: 8 },
    { title: 'WHERE FROM', least: 8 },
  ]
  const rows = rules.map((rule) => [
    { text: String(rule.order) },
    { text: printable(rule.from) },
    { text: printable(rule.to) },
    { text: rule.action, ...(rule.action === 'deny' && { style: style.alarm }) },
    { text: printable(rule.applications.join(', ') || 'any') },
    { text: printable(rule.ports || 'any') },
    { text: printable(originOf(rule)) },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}

function originOf({ tier, source, learned }: PolicyRule): string {
  if (learned === undefined) return source ?? tier
  const connections = learned.flows === 1 ? '1 connection' : `${learned.flows} connections`
  return `learned: ${connections}, last ${ago(learned.last)}`
}
