import type { PolicyGroup, PolicyStatus } from '../../api/contract/policy-schemas.ts'
import { formatDuration } from '../../lib/quantity.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { Mode } from '../../policy/definition.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { changeLines } from './change-lines.ts'
import { ago, byOf, print, type RunningFlags } from '../running.ts'
import type { ChangeAnswer } from './running.ts'
import { allPages } from './pages.ts'

export interface ModeFlags extends RunningFlags {
  reason?: string
  processes?: Mode
  newServices?: Mode
  newProcesses?: Mode
  strict?: boolean
  /** Null: never. */
  discoverFor?: number | null
  monitorFor?: number | null
}

/** Shows modes, or sets those of a group, or of the whole. @throws LocalApiError */
export async function policyMode(
  group: string | undefined,
  mode: Mode | undefined,
  flags: ModeFlags,
): Promise<void> {
  const api = new LocalApi(flags.stateDir)
  const settings = settingsOf(flags)
  const isSetting = Object.keys(settings).length > 0
  if (isSetting)
    await show(await api.send('PATCH', '/api/v1/policy/settings', { ...settings, ...byOf(flags) }), flags)
  const modes = { ...(mode && { mode }), ...(flags.processes && { profileMode: flags.processes }) }
  if (group !== undefined && Object.keys(modes).length > 0) {
    const path = `/api/v1/policy/groups/${encodeURIComponent(group)}/mode`
    return show(await api.send('PUT', path, { ...modes, ...byOf(flags) }), flags)
  }
  if (!isSetting) await showModes(api, group, flags)
}

function settingsOf(flags: ModeFlags): object {
  const { newServices, newProcesses, strict, discoverFor, monitorFor } = flags
  return {
    ...(newServices && { newServiceMode: newServices }),
    ...(newProcesses && { newServiceProfileMode: newProcesses }),
    ...(strict !== undefined && { strictGroupMode: strict }),
    ...(discoverFor !== undefined && { promoteDiscoverAfterMs: discoverFor }),
    ...(monitorFor !== undefined && { promoteMonitorAfterMs: monitorFor }),
  }
}

async function show(answer: ChangeAnswer, { json }: RunningFlags): Promise<void> {
  const style = styleFor(process.stdout.isTTY, process.env)
  const lines = answer.changes.length === 0 ? ['It is so already.'] : changeLines(answer.changes, style)
  await print(json ? [toJsonText(answer)] : lines)
}

async function showModes(api: LocalApi, group: string | undefined, { json }: RunningFlags): Promise<void> {
  const query = group === undefined ? '' : `&name=${encodeURIComponent(group)}`
  const all = await allPages<PolicyGroup>(api, `/api/v1/policy/groups?limit=1000${query}`)
  const groups = all.filter(({ mode }) => mode !== null || group !== undefined)
  if (json) return print(groups.map((each) => toJsonText({ type: 'policy-group', ...each })))
  const status = await api.get<PolicyStatus>('/api/v1/policy')
  await print([...tableLines(groups), '', settingsText(status)])
}

function tableLines(groups: readonly PolicyGroup[]): string[] {
  const columns = [
    { title: 'GROUP', least: 16 },
    { title: 'NETWORK', least: 8 },
    { title: 'PROCESSES', least: 9 },
    { title: 'FROM', least: 8 },
    { title: 'SINCE', least: 8 },
    { title: 'WORKLOADS', least: 9, align: 'right' as const },
    { title: 'RULES', least: 5, align: 'right' as const },
  ]
  const origins = { 'new-services': 'default', file: 'file', given: 'set' } as const
  const rows = groups.map(({ name, mode, profileMode, modeFrom, modeSince, members, rules }) => [
    { text: printable(name) },
    { text: mode ?? '' },
    { text: profileMode ?? '' },
    { text: origins[modeFrom] },
    { text: modeSince === null ? '' : ago(modeSince) },
    { text: String(members.length) },
    { text: String(rules) },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}

function settingsText({ settings, learnedRules, rules, version, enforcers }: PolicyStatus): string {
  const {
    newServiceMode,
    strictGroupMode,
    promoteDiscoverAfterMs: discover,
    promoteMonitorAfterMs: monitor,
  } = settings
  const behind = enforcers.filter(({ policyIsCurrent }) => !policyIsCurrent).length
  return [
    `Version ${version}: ${rules} rules, ${learnedRules} of them learned. New services are in ${newServiceMode}`,
    ...(discover === undefined ? [] : [`, promoted after ${formatDuration(discover)} in Discover`]),
    ...(monitor === undefined ? [] : [`, after ${formatDuration(monitor)} in Monitor`]),
    `. Between two groups the ${strictGroupMode ? 'most' : 'least'} restrictive mode counts.`,
    ...(behind === 0 ? [] : [` ${behind} enforcers do not go by it yet.`]),
  ].join('')
}
