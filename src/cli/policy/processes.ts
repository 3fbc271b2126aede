import type { PolicyGroup } from '../../api/contract/policy-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { allPages } from './pages.ts'
import { ago, print, type RunningFlags } from '../running.ts'

type Program = PolicyGroup['processes'][number] & { group: string }

/** Programs that groups may run, in the order in which they are asked. @throws LocalApiError */
export async function listProcesses(
  group: string | undefined,
  { stateDir, json }: RunningFlags,
): Promise<void> {
  const query = group === undefined ? '' : `&name=${encodeURIComponent(group)}`
  const groups = await allPages<PolicyGroup>(
    new LocalApi(stateDir),
    `/api/v1/policy/groups?limit=1000${query}`,
  )
  const programs = groups.flatMap(({ name, processes }) =>
    processes.map((each) => ({ ...each, group: name })),
  )
  await print(
    json ? programs.map((each) => toJsonText({ type: 'policy-process', ...each })) : tableLines(programs),
  )
}

function tableLines(programs: readonly Program[]): string[] {
  if (programs.length === 0) return ['There are no rules about programs.']
  const style = styleFor(process.stdout.isTTY, process.env)
  const columns = [
    { title: 'GROUP', least: 12 },
    { title: 'ACTION', least: 6 },
    { title: 'NAME', least: 8 },
    { title: 'PATH', least: 12 },
    { title: 'WHERE FROM', least: 8 },
  ]
  const rows = programs.map(({ group, action, name, path, tier, learned }) => [
    { text: printable(group) },
    { text: action, ...(action === 'deny' && { style: style.alarm }) },
    { text: printable(name || 'any') },
    { text: printable(path || 'any') },
    { text: learned === undefined ? tier : `learned: ${learned.flows} times, last ${ago(learned.last)}` },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}
