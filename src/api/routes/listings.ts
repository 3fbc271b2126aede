import type { Static } from 'typebox'
import type { FindingItem, Page, PageQuery, Store, TimeWindow } from '../../store/store.ts'
import type { CoverageQuery, FindingsQuery, FlowsQuery, WorkloadsQuery } from '../contract/queries.ts'
import type { connection } from '../contract/records.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { badParameter } from '../problem.ts'

/** What is asked for, in the store's words. */

export async function listFlows(store: Store, query: FlowsQuery) {
  const { cursor: _cursor, limit: _limit, since: _since, until: _until, ...filters } = query
  return answer(await store.flows({ ...filters, ...paging(query), ...window(query) }), (flow) => flow)
}

export async function listFindings(store: Store, query: FindingsQuery) {
  const { cursor: _cursor, limit: _limit, since: _since, until: _until, ...filters } = query
  return answer(await store.findings({ ...filters, ...paging(query), ...window(query) }), (item) => ({
    ...item.finding,
    connection: connectionOf(item.flow),
  }))
}

export async function listCoverage(store: Store, query: CoverageQuery) {
  const { workload, reason } = query
  return answer(
    await store.coverage({ workload, reason, ...paging(query), ...window(query) }),
    (item) => item,
  )
}

export async function listWorkloads(store: Store, query: WorkloadsQuery) {
  const { running, coverage } = query
  return answer(await store.workloads({ running, coverage, ...paging(query) }), ({ enforcer, state }) => ({
    type: 'workload',
    enforcer,
    ...state,
  }))
}

function answer<Item, Shown>(page: Page<Item>, show: (item: Item) => Shown) {
  return { items: page.items.map(show), next: encodeCursor(page.next) }
}

function paging(query: { limit: number; cursor?: string }): PageQuery {
  return { limit: query.limit, after: decodeCursor(query.cursor) }
}

function window(query: { since?: string; until?: string }): TimeWindow {
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
