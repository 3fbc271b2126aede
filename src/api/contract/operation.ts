import { Type, type TObject, type TSchema } from 'typebox'
import type { Access } from '../../model/permissions.ts'
import { noQuery, pagedQuery, wholeQuery } from './queries.ts'

/** One thing that the API can be asked. */
export interface Operation {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parameters in it as `:name`. */
  path: string
  summary: string
  /** Whom it is for. */
  access: Access
  /** Whether it is in the audit log; by its method where it is left out: what is no GET changes something. */
  changes?: boolean
  /** Of the parameters in the path; absent where it has none. */
  params?: TObject
  query: TObject
  /** Of the body; absent where it has none. */
  body?: TObject
  response: TSchema
  contentType:
    | 'application/json'
    | 'text/event-stream'
    | 'text/plain'
    | 'text/plain; version=0.0.4'
    | 'application/zip'
    /** A file of several kinds: the answer says which. */
    | 'application/octet-stream'
  /** Statuses besides 200 and those that any request may get. */
  problems: number[]
}

export const page = (items: TSchema) =>
  Type.Object({
    items: Type.Array(items),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'Cursor of the next page; null on the last.',
    }),
  })

export const countedPage = (items: TSchema) =>
  Type.Object({
    ...page(items).properties,
    total: Type.Optional(
      Type.Object(
        { count: Type.Integer({ minimum: 0 }), exact: Type.Boolean() },
        {
          description:
            'On the first page: how many there are in all. Where it is not exact, at least so many.',
        },
      ),
    ),
  })

/** Something that is listed page by page. */
export const listing = (id: string, summary: string, query: TObject, items: TSchema): Operation => ({
  id,
  method: 'GET',
  path: `/api/v1/${id}`,
  summary,
  access: 'traffic:read',
  query,
  response: countedPage(items),
  contentType: 'application/json',
  problems: [400, 503],
})

/**
 * Something else that is listed page by page, all of it on the first where it is few.
 *
 * @param more what the answer has besides
 */
export const pagedListing = (
  summary: string,
  { items, more = {}, areFew = false, ...given }: Omit<Given, 'response'> & Listed,
) => ({
  ...operation(summary, {
    ...given,
    response: Type.Object({ ...countedPage(items).properties, ...more }),
  }),
  query: areFew ? wholeQuery : pagedQuery,
})

interface Listed {
  items: TSchema
  more?: Record<string, TSchema>
  /** At most a page of them. */
  areFew?: boolean
}

type Given = Pick<Operation, 'id' | 'method' | 'path' | 'access' | 'response'> &
  Partial<Pick<Operation, 'params' | 'body' | 'problems' | 'changes'>>

/** Something else that is asked or changed, in JSON. */
export const operation = (summary: string, { problems = [], ...given }: Given): Operation => ({
  ...given,
  summary,
  query: noQuery,
  contentType: 'application/json',
  problems: [400, ...problems, 503],
})
