import type { Store } from '../../store/store.ts'
import { operations } from '../contract/operations.ts'
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
import { listedRoute } from '../listed-route.ts'
import type { Call, Route } from '../route.ts'
import {
  listCoverage,
  listFiles,
  listFindings,
  listFlows,
  listProcesses,
  listAttacks,
  listThreats,
  listViolations,
  listWorkloads,
  scopeOf,
} from './listings.ts'

/** What was seen, kept to the namespaces of who asks. */
export function trafficRoutes(store: Store): Route[] {
  const scope = ({ identity }: Call) => scopeOf(identity.caller)
  return [
    listedRoute(operations.flows, (query: FlowsQuery, call) => listFlows(store, query, scope(call))),
    listedRoute(operations.findings, (query: FindingsQuery, call) => listFindings(store, query, scope(call))),
    listedRoute(operations.coverage, (query: CoverageQuery, call) => listCoverage(store, query, scope(call))),
    listedRoute(operations.violations, (query: ViolationsQuery, call) =>
      listViolations(store, query, scope(call)),
    ),
    listedRoute(operations.threats, (query: ThreatsQuery, call) => listThreats(store, query, scope(call))),
    listedRoute(operations.attacks, (query: AttacksQuery, call) => listAttacks(store, query, scope(call))),
    listedRoute(operations.processes, (query: ProcessesQuery, call) =>
      listProcesses(store, query, scope(call)),
    ),
    listedRoute(operations.files, (query: FilesQuery, call) => listFiles(store, query, scope(call))),
    listedRoute(operations.workloads, (query: WorkloadsQuery, call) =>
      listWorkloads(store, query, scope(call)),
    ),
  ]
}
