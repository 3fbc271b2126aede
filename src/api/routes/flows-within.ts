import type { Controller } from '../../controller/controller.ts'
import type { DataFlow, Party } from '../../controller/data-flow.ts'
import type { NamespaceScope } from '../../store/store.ts'

/** Those of which an end runs in one of the namespaces. */
export function flowsWithin(controller: Controller, { namespaces }: NamespaceScope): DataFlow[] {
  if (namespaces === undefined) return controller.dataFlows()
  const running = controller.workloads().filter(({ workload }) => namespaces.includes(workload.namespace))
  const within = new Set(running.map(({ workload }) => workload.id))
  const isWithin = ({ kind, id }: Party) => kind === 'workload' && within.has(id)
  return controller.dataFlows().filter(({ client, server }) => isWithin(client) || isWithin(server))
}
