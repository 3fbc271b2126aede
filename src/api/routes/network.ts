import type { Static } from 'typebox'
import { type Caller, mayUse } from '../../accounts/caller.ts'
import type { Controller } from '../../controller/controller.ts'
import { type MapEdge, networkMap } from '../../controller/network-map.ts'
import type { Category } from '../../model/records.ts'
import type { NetworkQuery } from '../contract/queries.ts'
import type { networkMap as networkMapItem } from '../contract/records.ts'
import { flowsWithin } from './data-flows.ts'
import { scopeOf } from './listings.ts'

type Item = Static<typeof networkMapItem>

/** The map of what the caller may see; modes only for those who may read the policy. */
export function showNetwork(controller: Controller, { namespace }: NetworkQuery, caller: Caller): Item {
  const scope = scopeOf(caller)
  const { live } = controller.policy
  const workloads = controller.workloads()
  const source = {
    flows: flowsWithin(controller, scope),
    workloads,
    namespaces: scope.namespaces,
    groupOf: (id: string) => live.groupOf(id),
    modeOf: (id: string) =>
      mayUse(caller, 'policy:read') ? live.policy.modeOfPeer(live.peerOfWorkload(id)) : undefined,
    quarantined: new Set(controller.quarantine.workloads.map(({ workload }) => workload)),
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

function showEdge({ carried, last, ...edge }: MapEdge): Item['edges'][number] {
  const categories = Object.entries(carried) as [Category, number][]
  return {
    ...edge,
    last: new Date(last).toISOString(),
    carried: categories.map(([category, count]) => ({ category, count })),
  }
}
