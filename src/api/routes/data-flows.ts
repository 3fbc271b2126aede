import type { Static } from 'typebox'
import type { Controller } from '../../controller/controller.ts'
import type { CarriedData, DataFlow, Party } from '../../controller/data-flow.ts'
import type { NamespaceScope } from '../../store/store.ts'
import type { dataFlowItem } from '../contract/records.ts'

type Item = Static<typeof dataFlowItem>

/**
 * Which workload sends which personal data where, since the start; latest first.
 *
 * @param scope of which namespaces one end has to be
 */
export function listDataFlows(controller: Controller, { namespaces }: NamespaceScope): { items: Item[] } {
  const running = new Map(controller.workloads().map(({ workload }) => [workload.id, workload.namespace]))
  const namespaceOf = ({ kind, id }: Party) => (kind === 'workload' ? (running.get(id) ?? null) : null)
  const isWithin = ({ client, server }: DataFlow) =>
    namespaces === undefined ||
    [client, server].some((party) => namespaces.includes(namespaceOf(party) ?? ''))
  const show = (flow: DataFlow): Item => ({
    type: 'data-flow',
    key: flow.key,
    client: { ...flow.client, namespace: namespaceOf(flow.client) },
    server: { ...flow.server, namespace: namespaceOf(flow.server) },
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
  return { items: controller.dataFlows().filter(isWithin).map(show).toReversed() }
}

function showCarried(carried: CarriedData): Item['carried'][number] {
  return { ...carried, last: time(carried.last) }
}

/** An entry that has no flow yet has no beginning. */
function time(ms: number): string {
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
