import { Type, type TObject, type TSchema } from 'typebox'
import { coverageQuery, eventsQuery, findingsQuery, flowsQuery, noQuery, workloadsQuery } from './queries.ts'
import { coverageItem, findingItem, flowItem, health, status, workloadItem } from './records.ts'

/** One thing that the API can be asked; all are GET. */
export interface Operation {
  id: string
  path: string
  summary: string
  query: TObject
  response: TSchema
  contentType: 'application/json' | 'text/event-stream'
  /** Statuses besides 200 and those that any request may get. */
  problems: number[]
}

const page = (items: TSchema) =>
  Type.Object({
    items: Type.Array(items),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'Cursor of the next page; null on the last.',
    }),
  })

const listing = (id: string, summary: string, query: TObject, items: TSchema): Operation => ({
  id,
  path: `/api/v1/${id}`,
  summary,
  query,
  response: page(items),
  contentType: 'application/json',
  problems: [400, 503],
})

const single = (id: string, path: string, summary: string, response: TSchema): Operation => ({
  id,
  path,
  summary,
  query: noQuery,
  response,
  contentType: 'application/json',
  problems: [400, 503],
})

export const operations = {
  workloads: listing(
    'workloads',
    'Workloads and whether their traffic is seen, newest first',
    workloadsQuery,
    workloadItem,
  ),
  flows: listing('flows', 'Flows, latest first', flowsQuery, flowItem),
  findings: listing('findings', 'Personal data that crossed flows, latest first', findingsQuery, findingItem),
  coverage: listing(
    'coverage',
    'Traffic that was not, or not wholly, inspected, latest first',
    coverageQuery,
    coverageItem,
  ),
  events: {
    id: 'events',
    path: '/api/v1/events',
    summary:
      'Server-sent events: each record as it is stored, named by its type. `Last-Event-ID` goes on after that event; ' +
      'where that is not possible, or the reader was too slow, an event `resync` says that some were missed',
    query: eventsQuery,
    response: Type.String(),
    contentType: 'text/event-stream',
    problems: [400, 503],
  },
  status: single(
    'status',
    '/api/v1/status',
    'How Pavise is: enforcers, coverage, store, limits reached',
    status,
  ),
  openapi: single('openapi', '/api/v1/openapi.json', 'This description', Type.Object({})),
  healthz: single('healthz', '/healthz', 'Whether the process answers', health),
  readyz: single('readyz', '/readyz', 'Whether it can do its work: the store takes records', health),
} satisfies Record<string, Operation>
