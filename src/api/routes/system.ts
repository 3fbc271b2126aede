import type { Controller } from '../../controller/controller.ts'
import { openApiDocument } from '../contract/openapi.ts'
import { operations } from '../contract/operations.ts'
import type { Route } from '../route.ts'
import { scopeOf } from './listings.ts'
import { readReadiness, readStatus } from './status.ts'

/** Pavise itself: how it is, and what it can be asked. */
export function systemRoutes(controller: Controller, version: string): Route[] {
  const description = openApiDocument(version)
  return [
    {
      operation: operations.status,
      answer: ({ identity }) => readStatus(controller, version, scopeOf(identity.caller, 'status:read')),
    },
    { operation: operations.openapi, answer: () => description },
    { operation: operations.healthz, answer: () => ({ status: 'alive' }) },
    { operation: operations.readyz, answer: () => readReadiness(controller) },
  ]
}
