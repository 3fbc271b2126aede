import type { Static } from 'typebox'
import { type Caller, mayUse } from '../../accounts/caller.ts'
import type { Controller } from '../../controller/controller.ts'
import type { MapEdge } from '../../controller/map/drawn-map.ts'
import { networkMap } from '../../controller/map/network-map.ts'
import type { Category } from '../../model/records.ts'
import type { NetworkQuery } from '../contract/queries.ts'
import type { networkMap as networkMapItem } from '../contract/records.ts'
import { flowsWithin } from './flows-within.ts'
import { scopeOf } from './listings.ts'

type Item = Static<typeof networkMapItem>

/** The map of what the caller may see; modes only for those who may read the policy. */
export function showNetwork(controller: Controller, { namespace }: NetworkQuery, caller: Caller): Item {
  const scope = scopeOf(caller)
  const workloads = controller.workloads()
  const source = {
    flows: flowsWithin(controller, scope),
    workloads,
    namespaces: scope.namespaces,
    groupOf: (id: string) => controller.policy.live.groupOf(id),
    ...groupsOf(controller, caller),
  }
  const { nodes, edges, folded } = networkMap(source, namespace)
  const namespaces = [...new Set(workloads.map(({ workload }) => workload.namespace))]
    .filter((name) => scope.namespaces?.includes(name) ?? true)
    .toSorted()
  return {
    type: 'network-map',
    namespace: namespace ?? null,
    namespaces,
    nodes,
    edges: edges.map(showEdge),
    folded,
  }
}

/** What the policy says of workloads; modes only for those who may read it. */
export function groupsOf(controller: Controller, caller: Caller) {
  const { live } = controller.policy
  const mayRead = mayUse(caller, 'policy:read')
  return {
    modeOf: (id: string) => (mayRead ? live.policy.modeOfPeer(live.peerOfWorkload(id)) : undefined),
    quarantined: new Set(controller.quarantine.workloads.map(({ workload }) => workload)),
  }
}

export function showEdge({ carried, last, parts, ...edge }: MapEdge): Item['edges'][number] {
  const categories = Object.entries(carried) as [Category, number][]
  return {
    ...edge,
    parts,
    dataFlows: parts.map(({ key }) => key),
    last: new Date(last).toISOString(),
    carried: categories.map(([category, count]) => ({ category, count })),
  }
}
