import type { NamespaceScope, Store, Summarised } from '../../store/store.ts'
import { operations } from '../contract/operations.ts'
import type { Operation } from '../contract/operation.ts'
import type { SummaryItem, SummaryQuery } from '../contract/summary-operations.ts'
import { badParameter } from '../problem.ts'
import type { Route } from '../route.ts'
import { scopeOf, window } from './listings.ts'

/** What stands over lists, kept to the namespaces of who asks. */
export function summaryRoutes(store: Store): Route[] {
  const route = (operation: Operation, of: Of): Route => ({
    operation,
    answer: ({ query, identity }) => summarize(store, query as SummaryQuery, of, scopeOf(identity.caller)),
  })
  const incidents = (type: string): Of => ({ of: 'incidents', type })
  return [
    route(operations.findingsSummary, { of: 'findings' }),
    route(operations.coverageSummary, { of: 'coverage' }),
    route(operations.violationsSummary, incidents('violation')),
    route(operations.threatsSummary, incidents('threat')),
    route(operations.attacksSummary, incidents('attack')),
    route(operations.processesSummary, incidents('process')),
    route(operations.filesSummary, incidents('file')),
  ]
}

/** A listing of the store, and which incidents of it. */
interface Of {
  of: Summarised['of']
  type?: string
}

async function summarize(
  store: Store,
  query: SummaryQuery,
  { of, ...kind }: Of,
  scope: NamespaceScope,
): Promise<SummaryItem> {
  const { buckets, since: _since, until: _until, ...filters } = query
  const { since, until = Date.now() } = window(query)
  if (since !== undefined && since >= until) throw badParameter('since', 'is not in the past')
  // The schema of its operation has let through what that listing is filtered by, and nothing else.
  const asked = { of, filter: { ...filters, ...kind, ...scope } } as Summarised
  const summary = await store.summarize(asked, { since, until, buckets })
  const facets = Object.entries(summary.facets).map(([filter, values]) => ({ filter, values }))
  return {
    type: 'listing-summary',
    ...summary,
    since: iso(summary.since),
    until: iso(summary.until),
    countedSince: summary.countedSince === null ? null : iso(summary.countedSince),
    facets,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
