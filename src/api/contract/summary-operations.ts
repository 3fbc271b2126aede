import { type Static, Type, type TObject } from 'typebox'
import { type Operation, operation } from './operation.ts'
import {
  attacksQuery,
  coverageQuery,
  filesQuery,
  findingsQuery,
  processesQuery,
  threatsQuery,
  violationsQuery,
} from './queries.ts'

/** When there were how many of a listing, and of what: what stands over a list, asked as the list is. */

const buckets = {
  buckets: Type.Integer({ minimum: 1, maximum: 200, default: 48, description: 'Equal parts of the time.' }),
}

const count = () => Type.Integer({ minimum: 0 })
const time = (description: string) => Type.String({ format: 'date-time', description })

export const summaryItem = Type.Object({
  type: Type.Literal('listing-summary'),
  since: time('Beginning of the first bucket: as asked, else when the oldest was last seen.'),
  until: time('As asked, else now.'),
  bucketMs: Type.Integer({ minimum: 1 }),
  buckets: Type.Array(count(), { description: 'Records by when they were last seen, the oldest first.' }),
  counted: count(),
  countedSince: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'What was last seen before this is not counted: there are too many. Null where all are.',
  }),
  facets: Type.Array(
    Type.Object({
      filter: Type.String({ description: 'The parameter that filters by it.' }),
      values: Type.Array(Type.Object({ value: Type.String(), count: count() })),
    }),
  ),
  isCut: Type.Boolean({ description: 'There are more values than are told.' }),
})

function summary(id: string, what: string, listed: TObject) {
  const { limit: _limit, cursor: _cursor, format: _format, ...filters } = listed.properties
  return {
    ...operation(`When there were how many ${what}, and of what`, {
      ...{ id: `${id}Summary`, method: 'GET', path: `/api/v1/${id}/summary`, access: 'traffic:read' },
      response: summaryItem,
    }),
    query: Type.Object({ ...filters, ...buckets }, { additionalProperties: false }),
  } satisfies Operation
}

export const summaryOperations = {
  findingsSummary: summary('findings', 'findings of personal data', findingsQuery),
  coverageSummary: summary('coverage', 'gaps', coverageQuery),
  violationsSummary: summary('violations', 'violations', violationsQuery),
  threatsSummary: summary('threats', 'threats', threatsQuery),
  attacksSummary: summary('attacks', 'attacks', attacksQuery),
  processesSummary: summary('processes', 'programs', processesQuery),
  filesSummary: summary('files', 'events of files', filesQuery),
} as const

/** Of any of them: the filters that its listing takes, and how it is divided. */
export interface SummaryQuery extends Record<string, unknown> {
  buckets: number
  since?: string
  until?: string
}

export type SummaryItem = Static<typeof summaryItem>
