import type { ResponseList, ResponseRuleItem } from '../../api/contract/response-operations.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { ago, print, type RunningFlags } from '../running.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Lists response rules and what came of them. @throws LocalApiError */
export async function listResponses({ stateDir, json }: RunningFlags): Promise<void> {
  const { rules, outcomes } = await new LocalApi(stateDir).get<ResponseList>('/api/v1/responses')
  if (json) {
    const lines = [
      ...rules.map((rule) => ({ type: 'response-rule', ...rule })),
      ...outcomes.map((outcome) => ({ type: 'response', ...outcome })),
    ]
    return print(lines.map((line) => toJsonText(line)))
  }
  if (rules.length === 0 && outcomes.length === 0)
    return print(['There are no response rules. pavise policy apply takes them in: kind ResponseRule.'])
  const width = process.stdout.columns ?? Number.POSITIVE_INFINITY
  await print([...ruleTable(rules, width), ...outcomeTable(outcomes, width)])
}

function ruleTable(rules: ResponseList['rules'], width: number): string[] {
  if (rules.length === 0) return []
  const columns = [
    { title: 'RULE', least: 16 },
    { title: 'WHEN', least: 12 },
    { title: 'THEN', least: 8 },
    { title: 'APPLIED', least: 0 },
    { title: 'DONE', least: 0 },
    { title: 'FAILED', least: 0 },
    { title: 'LEFT OUT', least: 0 },
  ]
  const rows = rules.map((rule) => [
    { text: printable(rule.id) },
    { text: printable(whenOf(rule)) },
    { text: rule.actions.join(', ') },
    ...[rule.matched, rule.done, rule.failed, rule.heldBack].map((count) => ({ text: `${count}` })),
  ])
  return [...layoutTable(columns, rows, width)]
}

function whenOf({ event, conditions, groups, isDisabled }: ResponseRuleItem): string {
  if (isDisabled) return 'never: it is disabled'
  const asked = conditions.map(({ type, value }) => `${type} ${value}`).join(', ')
  return `${event}: ${asked}${groups.length === 0 ? '' : `, in ${groups.join(', ')}`}`
}

function outcomeTable(outcomes: ResponseList['outcomes'], width: number): string[] {
  if (outcomes.length === 0) return []
  const columns = [
    { title: 'WHEN', least: 8 },
    { title: 'DID', least: 8 },
    { title: 'ABOUT', least: 16 },
    { title: 'WORKLOAD', least: 8 },
    { title: 'WHAT CAME OF IT', least: 0 },
  ]
  const rows = outcomes.map(({ at, action, outcome, detail, event, workload }) => [
    { text: ago(at) },
    { text: action },
    { text: printable(event.name) },
    { text: printable(workload?.name ?? '') },
    { text: printable(outcome === 'done' ? detail : `failed: ${detail}`) },
  ])
  return ['', ...layoutTable(columns, rows, width)]
}
