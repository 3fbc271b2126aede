import type { Controller } from '../../controller/controller.ts'
import type { DataFlow, Party } from '../../controller/data-flow.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { NamespaceScope } from '../../store/store.ts'

/** Those of which an end runs in one of the namespaces. */
export function flowsWithin(controller: Controller, scope: NamespaceScope): DataFlow[] {
  if (scope.namespaces === undefined) return controller.dataFlows()
  const within = new Set(workloadsWithin(controller, scope).map(({ workload }) => workload.id))
  const isWithin = ({ kind, id }: Party) => kind === 'workload' && within.has(id)
  return controller.dataFlows().filter(({ client, server }) => isWithin(client) || isWithin(server))
}

/** Those that run in one of the namespaces. */
export function workloadsWithin(controller: Controller, { namespaces }: NamespaceScope): WorkloadState[] {
  return controller.workloads().filter(({ workload }) => namespaces?.includes(workload.namespace) ?? true)
}
