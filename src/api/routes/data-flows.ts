import type { Static } from 'typebox'
import type { Caller } from '../../accounts/caller.ts'
import type { Controller } from '../../controller/controller.ts'
import type { CarriedData, DataFlow, Party } from '../../controller/data-flow.ts'
import {
  byConcern,
  type DataFlowFilter,
  filterDataFlows,
  valuesOf,
} from '../../controller/data-flow-filter.ts'
import { dataFlowMap } from '../../controller/map/data-flow-map.ts'
import type { NamespaceScope } from '../../store/store.ts'
import type { DataFlowMapQuery, DataFlowsQuery } from '../contract/queries.ts'
import type { dataFlowItem, dataFlowMap as dataFlowMapItem } from '../contract/records.ts'
import { flowsWithin } from './flows-within.ts'
import { heldPage } from '../held-page.ts'
import { scopeOf } from './listings.ts'
import { groupsOf, showEdge } from './network.ts'

type Item = Static<typeof dataFlowItem>

/**
 * Which workload sends which personal data where, since the start.
 *
 * @param scope of which namespaces one end has to be
 */
export function listDataFlows(controller: Controller, query: DataFlowsQuery, scope: NamespaceScope) {
  const { limit: _limit, cursor, order, ...filter } = query
  const { known, asked, namespaceOf } = askedFlows(controller, filter, scope)
  const ordered = order === 'concern' ? byConcern(asked) : asked.toReversed()
  return {
    ...heldPage(ordered, query, (flow) => showFlow(flow, namespaceOf)),
    ...(cursor === undefined && { total: { count: asked.length, exact: true } }),
    carrying: asked.filter(({ carried }) => carried.length > 0).length,
    values: asked.reduce((sum, flow) => sum + valuesOf(flow), 0),
    known: known.length,
  }
}

/** The same, drawn; modes only for those who may read the policy. */
export function showDataFlowMap(
  controller: Controller,
  query: DataFlowMapQuery,
  caller: Caller,
): Static<typeof dataFlowMapItem> {
  const { asked, running } = askedFlows(controller, query, scopeOf(caller))
  const { nodes, edges, folded } = dataFlowMap(byConcern(asked), {
    running: (id) => running.get(id),
    ...groupsOf(controller, caller),
  })
  return { type: 'data-flow-map', nodes, edges: edges.map(showEdge), folded }
}

function askedFlows(controller: Controller, filter: DataFlowFilter, scope: NamespaceScope) {
  const running = new Map(controller.workloads().map((state) => [state.workload.id, state]))
  const namespaceOf = (id: string) => running.get(id)?.workload.namespace
  const known = flowsWithin(controller, scope)
  return { running, namespaceOf, known, asked: filterDataFlows(known, filter, namespaceOf) }
}

function showFlow(flow: DataFlow, namespaceOf: (id: string) => string | undefined): Item {
  const show = ({ kind, id, name, service }: Party): Item['client'] => {
    const namespace = kind === 'workload' ? (namespaceOf(id) ?? null) : null
    return { kind, id, name, namespace, ...(service !== undefined && { service }) }
  }
  const { key, client, server, application, encrypted, flows, bytesToServer, bytesToClient } = flow
  return {
    ...{ type: 'data-flow', key, application, encrypted, flows, bytesToServer, bytesToClient },
    client: show(client),
    server: show(server),
    first: time(flow.first),
    last: time(flow.last),
    dataSubjects: flow.dataSubjects,
    carried: flow.carried.map(showCarried),
  }
}

function showCarried(carried: CarriedData): Item['carried'][number] {
  return { ...carried, last: time(carried.last) }
}

/** An entry that has no flow yet has no beginning. */
function time(ms: number): string {
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
