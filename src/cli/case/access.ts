import type { Static } from 'typebox'
import type { accessItem } from '../../api/contract/case-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { print, type RunningFlags } from '../running.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** @throws LocalApiError */
export async function showAccess(id: string, { stateDir, json }: RunningFlags): Promise<void> {
  const path = `/api/v1/cases/${encodeURIComponent(id)}/access`
  const { items } = await new LocalApi(stateDir).get<{ items: Static<typeof accessItem>[] }>(path)
  if (json) return print(items.map((item) => toJsonText(item)))
  const columns = ['WHEN', 'WHO', 'WHAT', 'OF', 'WHY'].map((title) => ({ title, least: 6 }))
  const rows = items.map(({ at, by, action, target, outcome, reason }) =>
    [at, by, outcome === 'done' ? action : `${action}, ${outcome}`, target, reason ?? ''].map((text) => ({
      text: printable(text),
    })),
  )
  await print(layoutTable(columns, rows, process.stdout.columns ?? 160))
}
