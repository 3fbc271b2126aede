import { setImmediate } from 'node:timers/promises'
import type { AuditStore } from '../../store/audit-store.ts'
import type { AuditQuery } from '../contract/queries.ts'
import { operations } from '../contract/operations.ts'
import { serverLimits } from '../limits.ts'
import { listedRoute } from '../listed-route.ts'
import type { Route } from '../route.ts'
import { answer, paging, window } from './listings.ts'

export function auditRoutes(audit: AuditStore): Route[] {
  return [
    listedRoute(operations.audit, (query: AuditQuery) => listAudit(audit, query)),
    { operation: operations.verifyAudit, answer: () => verifyAudit(audit) },
  ]
}

async function listAudit(audit: AuditStore, query: AuditQuery) {
  const { actor, action, search } = query
  return answer(await audit.list({ actor, action, search, ...paging(query), ...window(query) }), (entry) => ({
    type: 'audit',
    ...entry,
    at: new Date(entry.at).toISOString(),
  }))
}

/** Step by step, so that the store has time for others in between. */
async function verifyAudit(audit: AuditStore) {
  let checked = 0
  for (let after = 0; ;) {
    const step = await audit.verify(after, serverLimits.auditStep)
    checked += step.checked
    if (step.broken !== null || step.checked === 0) {
      return { type: 'audit-verification', checked, broken: step.broken }
    }
    after = step.last
    await setImmediate()
  }
}
