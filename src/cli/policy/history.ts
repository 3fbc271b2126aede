import type { Static } from 'typebox'
import type { policyVersionDetail, policyVersionItem } from '../../api/contract/policy-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { changeLines } from './change-lines.ts'
import { ago, print, type RunningFlags } from '../running.ts'

type Version = Static<typeof policyVersionItem>
type VersionDetail = Static<typeof policyVersionDetail>

/** Versions of the policy, newest first. @throws LocalApiError */
export async function listHistory({
  stateDir,
  json,
  limit,
}: RunningFlags & { limit: number }): Promise<void> {
  const api = new LocalApi(stateDir)
  const { items } = await api.get<{ items: Version[] }>(`/api/v1/policy/versions?limit=${limit}`)
  await print(json ? items.map((item) => toJsonText({ type: 'policy-version', ...item })) : tableLines(items))
}

/** One version, and what it changed. @throws LocalApiError */
export async function showVersion(number: number, { stateDir, json }: RunningFlags): Promise<void> {
  const api = new LocalApi(stateDir)
  const version = await api.get<VersionDetail>(`/api/v1/policy/versions/${number}`)
  await print(json ? [toJsonText({ type: 'policy-version', ...version })] : detailLines(version))
}

function tableLines(versions: readonly Version[]): string[] {
  if (versions.length === 0) return ['Nobody has changed the policy yet.']
  const columns = [
    { title: 'VERSION', least: 7, align: 'right' as const },
    { title: 'WHEN', least: 8 },
    { title: 'WHO', least: 6 },
    { title: 'WHAT', least: 9 },
    { title: 'CHANGES', least: 8 },
    { title: 'WHY', least: 0 },
  ]
  const rows = versions.map(({ number, at, author, action, counts, reason }) => [
    { text: String(number) },
    { text: ago(at) },
    { text: printable(author) },
    { text: action },
    { text: `+${counts.added} ~${counts.changed} -${counts.removed}` },
    { text: printable(reason) },
  ])
  return layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY)
}

function detailLines({ number, at, author, action, reason, changes }: VersionDetail): string[] {
  const why = reason === '' ? '' : `: ${reason}`
  return [
    printable(`Version ${number}, ${action} by ${author} at ${at}${why}`),
    ...changeLines(changes, styleFor(process.stdout.isTTY, process.env)),
  ]
}
