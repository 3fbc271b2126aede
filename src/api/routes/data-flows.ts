import type { Static } from 'typebox'
import type { Controller } from '../../controller/controller.ts'
import type { CarriedData, DataFlow, Party } from '../../controller/data-flow.ts'
import type { NamespaceScope } from '../../store/store.ts'
import type { DataFlowsQuery } from '../contract/queries.ts'
import type { dataFlowItem } from '../contract/records.ts'

type Item = Static<typeof dataFlowItem>

/**
 * Which workload sends which personal data where, since the start; latest first.
 *
 * @param scope of which namespaces one end has to be
 */
export function listDataFlows(
  controller: Controller,
  { workload }: DataFlowsQuery,
  scope: NamespaceScope,
): { items: Item[] } {
  const running = new Map(controller.workloads().map(({ workload }) => [workload.id, workload.namespace]))
  const namespaceOf = ({ kind, id }: Party) => (kind === 'workload' ? (running.get(id) ?? null) : null)
  const isAsked = ({ client, server }: DataFlow) =>
    workload === undefined || [client, server].some(({ kind, id }) => kind === 'workload' && id === workload)
  const show = (flow: DataFlow): Item => ({
    type: 'data-flow',
    key: flow.key,
    client: showParty(flow.client, namespaceOf(flow.client)),
    server: showParty(flow.server, namespaceOf(flow.server)),
    application: flow.application,
    encrypted: flow.encrypted,
    flows: flow.flows,
    bytesToServer: flow.bytesToServer,
    bytesToClient: flow.bytesToClient,
    first: time(flow.first),
    last: time(flow.last),
    dataSubjects: flow.dataSubjects,
    carried: flow.carried.map(showCarried),
  })
  return { items: flowsWithin(controller, scope).filter(isAsked).map(show).toReversed() }
}

/** Those of which an end runs in one of the namespaces. */
export function flowsWithin(controller: Controller, { namespaces }: NamespaceScope): DataFlow[] {
  if (namespaces === undefined) return controller.dataFlows()
  const running = controller.workloads().filter(({ workload }) => namespaces.includes(workload.namespace))
  const within = new Set(running.map(({ workload }) => workload.id))
  const isWithin = ({ kind, id }: Party) => kind === 'workload' && within.has(id)
  return controller.dataFlows().filter(({ client, server }) => isWithin(client) || isWithin(server))
}

function showParty({ kind, id, name, service }: Party, namespace: string | null): Item['client'] {
  return { kind, id, name, namespace, ...(service !== undefined && { service }) }
}

function showCarried(carried: CarriedData): Item['carried'][number] {
  return { ...carried, last: time(carried.last) }
}

/** An entry that has no flow yet has no beginning. */
function time(ms: number): string {
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
