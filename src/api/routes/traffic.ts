import type { Store } from '../../store/store.ts'
import { operations } from '../contract/operations.ts'
import type {
  CoverageQuery,
  FilesQuery,
  FindingsQuery,
  FlowsQuery,
  ProcessesQuery,
  WorkloadsQuery,
} from '../contract/queries.ts'
import type { Call, Route } from '../route.ts'
import {
  listCoverage,
  listFiles,
  listFindings,
  listFlows,
  listProcesses,
  listWorkloads,
  scopeOf,
} from './listings.ts'

/** What was seen, kept to the namespaces of who asks. */
export function trafficRoutes(store: Store): Route[] {
  const scope = ({ identity }: Call) => scopeOf(identity.caller)
  return [
    {
      operation: operations.flows,
      answer: (call) => listFlows(store, call.query as FlowsQuery, scope(call)),
    },
    {
      operation: operations.findings,
      answer: (call) => listFindings(store, call.query as FindingsQuery, scope(call)),
    },
    {
      operation: operations.coverage,
      answer: (call) => listCoverage(store, call.query as CoverageQuery, scope(call)),
    },
    {
      operation: operations.processes,
      answer: (call) => listProcesses(store, call.query as ProcessesQuery, scope(call)),
    },
    {
      operation: operations.files,
      answer: (call) => listFiles(store, call.query as FilesQuery, scope(call)),
    },
    {
      operation: operations.workloads,
      answer: (call) => listWorkloads(store, call.query as WorkloadsQuery, scope(call)),
    },
  ]
}
