import type { Static } from 'typebox'
import { type Caller, extentOf } from '../../accounts/caller.ts'
import type { Permission } from '../../model/permissions.ts'
import type { Page, PageQuery, TimeWindow } from '../../store/paging.ts'
import type { FindingItem, NamespaceScope, Store } from '../../store/store.ts'
import type {
  CoverageQuery,
  FilesQuery,
  FindingsQuery,
  FlowsQuery,
  ProcessesQuery,
  AttacksQuery,
  ThreatsQuery,
  ViolationsQuery,
  WorkloadsQuery,
} from '../contract/queries.ts'
import type { connection } from '../contract/records.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { badParameter } from '../problem.ts'

/** What is asked for, in the store's words, and kept to the namespaces that the caller may see. */

/** @param caller one who has `traffic:read` */
export function scopeOf(caller: Caller, permission: Permission = 'traffic:read'): NamespaceScope {
  const extent = extentOf(caller, permission)
  return extent === 'everywhere' ? {} : { namespaces: extent?.namespaces ?? [] }
}

export async function listFlows(store: Store, query: FlowsQuery, scope: NamespaceScope) {
  const { cursor: _cursor, limit: _limit, since: _since, until: _until, ...filters } = query
  return answer(
    await store.flows({ ...filters, ...scope, ...paging(query), ...window(query) }),
    (flow) => flow,
  )
}

export async function listFindings(store: Store, query: FindingsQuery, scope: NamespaceScope) {
  const { cursor: _cursor, limit: _limit, since: _since, until: _until, ...filters } = query
  return answer(
    await store.findings({ ...filters, ...scope, ...paging(query), ...window(query) }),
    (item) => ({
      ...item.finding,
      connection: connectionOf(item.flow),
    }),
  )
}

export async function listCoverage(store: Store, query: CoverageQuery, scope: NamespaceScope) {
  const { workload, reason, search } = query
  return answer(
    await store.coverage({ workload, reason, search, ...scope, ...paging(query), ...window(query) }),
    (item) => item,
  )
}

export async function listViolations(store: Store, query: ViolationsQuery, scope: NamespaceScope) {
  const { workload, action, search } = query
  const filters = { type: 'violation' as const, workload, action, search, ...scope }
  return answer(await store.incidents({ ...filters, ...paging(query), ...window(query) }), (item) => item)
}

export async function listThreats(store: Store, query: ThreatsQuery, scope: NamespaceScope) {
  const { workload, search } = query
  const filters = { type: 'threat' as const, workload, search, ...scope }
  return answer(await store.incidents({ ...filters, ...paging(query), ...window(query) }), (item) => item)
}

export async function listAttacks(store: Store, query: AttacksQuery, scope: NamespaceScope) {
  const { workload, search } = query
  const filters = { type: 'attack' as const, workload, search, ...scope }
  return answer(await store.incidents({ ...filters, ...paging(query), ...window(query) }), (item) => item)
}

export async function listProcesses(store: Store, query: ProcessesQuery, scope: NamespaceScope) {
  const { workload, action, search } = query
  return answer(
    await store.incidents({
      type: 'process',
      workload,
      action,
      search,
      ...scope,
      ...paging(query),
      ...window(query),
    }),
    (item) => item,
  )
}

export async function listFiles(store: Store, query: FilesQuery, scope: NamespaceScope) {
  const { workload, action, search } = query
  return answer(
    await store.incidents({
      type: 'file',
      workload,
      action,
      search,
      ...scope,
      ...paging(query),
      ...window(query),
    }),
    (item) => item,
  )
}

export async function listWorkloads(store: Store, query: WorkloadsQuery, scope: NamespaceScope) {
  const { running, coverage, workload } = query
  return answer(
    await store.workloads({ running, coverage, workload, ...scope, ...paging(query) }),
    ({ enforcer, state }) => ({
      type: 'workload',
      enforcer,
      ...state,
    }),
  )
}

export function answer<Item, Shown>(page: Page<Item>, show: (item: Item) => Shown) {
  const { items, next, total } = page
  return { items: items.map(show), next: encodeCursor(next), ...(total !== undefined && { total }) }
}

/** The first page says how many there are in all: those after it need not. */
export function paging(query: { limit: number; cursor?: string }): PageQuery {
  return { limit: query.limit, after: decodeCursor(query.cursor), total: query.cursor === undefined }
}

export function window(query: { since?: string; until?: string }): TimeWindow {
  const bounds = { since: milliseconds('since', query.since), until: milliseconds('until', query.until) }
  if (bounds.since !== undefined && bounds.until !== undefined && bounds.since >= bounds.until) {
    throw badParameter('until', 'is not after since')
  }
  return bounds
}

function milliseconds(parameter: string, time: string | undefined): number | undefined {
  if (time === undefined) return undefined
  const parsed = Date.parse(time)
  if (Number.isNaN(parsed)) throw badParameter(parameter, 'is no time that a calendar has')
  return parsed
}

function connectionOf(flow: FindingItem['flow']): Static<typeof connection> | null {
  if (!flow) return null
  const { transport, client, server, application, encrypted, serverName, side } = flow
  return {
    transport,
    client,
    server,
    application,
    encrypted,
    ...(serverName === undefined ? {} : { serverName }),
    ...(side === undefined ? {} : { side }),
  }
}
