import type { Static } from 'typebox'
import type { quarantineList } from '../../api/contract/policy-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { ago, byOf, print, type RunningFlags } from '../running.ts'

type List = Static<typeof quarantineList>

const path = '/api/v1/quarantine'

/** Cuts a workload off, or lists those that are. @throws LocalApiError */
export async function quarantine(
  workload: string | undefined,
  flags: RunningFlags & { reason?: string },
): Promise<void> {
  const api = new LocalApi(flags.stateDir)
  const asked =
    workload === undefined ? api.get<List>(path) : api.send<List>('POST', path, { workload, ...byOf(flags) })
  await show(await asked, flags)
}

/** Lets a workload go again. @throws LocalApiError */
export async function release(workload: string, flags: RunningFlags): Promise<void> {
  await show(
    await new LocalApi(flags.stateDir).send<List>('DELETE', `${path}/${encodeURIComponent(workload)}`),
    flags,
  )
}

async function show({ items }: List, { json }: RunningFlags): Promise<void> {
  if (json) return print(items.map((item) => toJsonText({ type: 'quarantined', ...item })))
  if (items.length === 0) return print(['No workload is in quarantine.'])
  const columns = [
    { title: 'WORKLOAD', least: 16 },
    { title: 'SINCE', least: 8 },
    { title: 'CUT OFF BY', least: 8 },
    { title: 'WHY', least: 0 },
  ]
  const rows = items.map(({ workload, since, enforcedBy, reason }) => [
    { text: printable(workload) },
    { text: ago(since) },
    { text: printable(enforcedBy.join(', ') || 'nobody yet') },
    { text: printable(reason) },
  ])
  await print(layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY))
}
