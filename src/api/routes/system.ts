import type { Controller } from '../../controller/controller.ts'
import { openApiDocument } from '../contract/openapi.ts'
import { operations } from '../contract/operations.ts'
import type { DataFlowMapQuery, DataFlowsQuery, NetworkQuery } from '../contract/queries.ts'
import { listedRoute } from '../listed-route.ts'
import type { Route } from '../route.ts'
import { listDataFlows, showDataFlowMap } from './data-flows.ts'
import { scopeOf } from './listings.ts'
import { readMetrics } from './metrics.ts'
import { showNetwork } from './network.ts'
import { readReadiness, readStatus } from './status.ts'

/** Pavise itself: how it is, and what it can be asked. */
export function systemRoutes(controller: Controller, version: string): Route[] {
  const description = openApiDocument(version)
  return [
    {
      operation: operations.status,
      answer: ({ identity }) => readStatus(controller, version, scopeOf(identity.caller, 'status:read')),
    },
    listedRoute(operations.dataFlows, async (query: DataFlowsQuery, { identity }) =>
      listDataFlows(controller, query, scopeOf(identity.caller)),
    ),
    {
      operation: operations.dataFlowMap,
      answer: ({ identity, query }) =>
        showDataFlowMap(controller, query as DataFlowMapQuery, identity.caller),
    },
    {
      operation: operations.network,
      answer: ({ identity, query }) => showNetwork(controller, query as NetworkQuery, identity.caller),
    },
    {
      operation: operations.metrics,
      answer: ({ identity }) => readMetrics(controller, version, scopeOf(identity.caller, 'status:read')),
    },
    { operation: operations.openapi, answer: () => description },
    { operation: operations.healthz, answer: () => ({ status: 'alive' }) },
    { operation: operations.readyz, answer: () => readReadiness(controller) },
  ]
}
