import type { Difference, Resolution } from '../../api/contract/types.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { ago, byOf, print, type RunningFlags } from '../running.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface DifferenceFlags extends RunningFlags {
  open: boolean
}

export interface ResolutionFlags extends RunningFlags {
  apply: boolean
  reason?: string
}

export interface AcceptFlags extends RunningFlags {
  until: string
  reason: string
}

const path = '/api/v1/privacy/differences'

/** @throws LocalApiError, as all here do */
export async function listDifferences({ stateDir, json, open }: DifferenceFlags): Promise<void> {
  const { items } = await new LocalApi(stateDir).all<{ items: Difference[] }>(path)
  const shown = items.filter(({ state }) => !open || state === 'open')
  if (json) return print(shown.map((item) => toJsonText(item)))
  if (shown.length === 0) return print(['Nothing is otherwise than declared.'])
  const style = styleFor(process.stdout.isTTY, process.env)
  const titles = ['ID', 'SEVERITY', 'STATE', 'WHAT', 'LAW', 'PERSONS', 'LAST', 'RESOLVE BY']
  const columns = titles.map((title) => ({ title, least: title === 'ID' ? 16 : 6 }))
  const rows = shown.map((item) => cellsOf(item, style))
  const table = layoutTable(columns, rows, process.stdout.columns ?? 240)
  await print(table.map((line, i) => (i === 0 ? style.bold(line) : line)))
}

function cellsOf(difference: Difference, style: Style) {
  const { id, severity, text, law, persons, last, resolutions } = difference
  const texts = [id, severity, stateText(difference), text, law, persons === 0 ? '–' : `${persons}`]
  return [...texts, last === null ? '–' : ago(last), resolutions.join(', ')].map((each, i) => ({
    text: printable(each),
    ...(i === 1 && severity === 'high' && { style: style.alarm }),
  }))
}

function stateText({ state, acceptance, reopened }: Difference): string {
  if (state === 'accepted') return `accepted until ${acceptance?.until.slice(0, 10)}`
  if (reopened === 'expired') return 'open again: its time is over'
  return reopened === null ? 'open' : 'open again: more categories'
}

/** Writes YAML to standard output, or applies it. */
export async function writeResolution(
  id: string,
  how: 'declare' | 'forbid',
  { stateDir, json, apply, ...by }: ResolutionFlags,
): Promise<void> {
  const api = new LocalApi(stateDir)
  const resolution = await api.get<Resolution>(`${path}/${encodeURIComponent(id)}/resolutions/${how}`)
  const { yaml, missing } = resolution
  if (apply) {
    const body = { files: [{ name: `${how} ${id}`, text: yaml }], ...byOf(by) }
    const change = await api.send<{ version: number }>('POST', '/api/v1/policy/changes', body)
    return print([
      json ? toJsonText(change) : `Version ${change.version} holds. pavise policy undo takes it back.`,
    ])
  }
  await print(json ? [toJsonText(resolution)] : yaml.trimEnd().split('\n').map(printable))
  if (missing.length > 0) process.stderr.write(`Look through it, and write: ${missing.join(', ')}.\n`)
  process.stderr.write('Then apply it: pavise policy apply FILE\n')
}

export async function acceptDifference(
  id: string,
  { stateDir, json, until, reason }: AcceptFlags,
): Promise<void> {
  const body = { until, ...byOf({ reason }) }
  const accepted = await new LocalApi(stateDir).send<Difference>('PUT', acceptancePath(id), body)
  await print([json ? toJsonText(accepted) : printable(`${stateText(accepted)}: ${accepted.text}`)])
}

export async function withdrawAcceptance(id: string, { stateDir, json }: RunningFlags): Promise<void> {
  await new LocalApi(stateDir).send('DELETE', acceptancePath(id))
  await print([json ? toJsonText({ type: 'withdrawn', id }) : `${id} is no longer accepted.`])
}

function acceptancePath(id: string): string {
  return `${path}/${encodeURIComponent(id)}/acceptance`
}
