import { Type, type TObject, type TSchema } from 'typebox'
import type { Access } from '../../model/permissions.ts'
import { coverageQuery, eventsQuery, findingsQuery, flowsQuery, noQuery, workloadsQuery } from './queries.ts'
import { coverageItem, findingItem, flowItem, health, status, workloadItem } from './records.ts'

/** One thing that the API can be asked. */
export interface Operation {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parameters in it as `:name`. */
  path: string
  summary: string
  /** Whom it is for. */
  access: Access
  /** Of the parameters in the path; absent where it has none. */
  params?: TObject
  query: TObject
  /** Of the body; absent where it has none. */
  body?: TObject
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
  method: 'GET',
  path: `/api/v1/${id}`,
  summary,
  access: 'traffic:read',
  query,
  response: page(items),
  contentType: 'application/json',
  problems: [400, 503],
})

const single = (
  { id, path, access }: Pick<Operation, 'id' | 'path' | 'access'>,
  summary: string,
  response: TSchema,
): Operation => ({
  id,
  method: 'GET',
  path,
  summary,
  access,
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
    method: 'GET',
    path: '/api/v1/events',
    access: 'traffic:read',
    summary:
      'Server-sent events: each record as it is stored, named by its type. `Last-Event-ID` goes on after that event; ' +
      'where that is not possible, or the reader was too slow, an event `resync` says that some were missed',
    query: eventsQuery,
    response: Type.String(),
    contentType: 'text/event-stream',
    problems: [400, 503],
  },
  status: single(
    { id: 'status', path: '/api/v1/status', access: 'status:read' },
    'How Pavise is: enforcers, coverage, store, limits reached',
    status,
  ),
  openapi: single(
    { id: 'openapi', path: '/api/v1/openapi.json', access: 'anyone' },
    'This description',
    Type.Object({}),
  ),
  healthz: single(
    { id: 'healthz', path: '/healthz', access: 'anyone' },
    'Whether the process answers',
    health,
  ),
  readyz: single(
    { id: 'readyz', path: '/readyz', access: 'anyone' },
    'Whether it can do its work: the store takes records',
    health,
  ),
} satisfies Record<string, Operation>
