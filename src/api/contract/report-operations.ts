import { Type, type Static } from 'typebox'
import {
  type FrameworkId,
  frameworkIds,
  type ReportFormat,
  reportFormats,
} from '../../model/framework-ids.ts'
import { type Operation, operation, pagedListing } from './operation.ts'

/** Reports: how far a framework is evidenced, each state with what it rests on. */

const closed = { additionalProperties: false }
const time = (description: string) => Type.String({ format: 'date-time', description })
const framework = Type.Unsafe<FrameworkId>(Type.Enum([...frameworkIds]))
const state = Type.Enum(['met', 'partly', 'not-met', 'not-assessable'])
const count = Type.Integer({ minimum: 0 })

const frameworkParameter = Type.Object({ framework })
export type FrameworkParameter = Static<typeof frameworkParameter>

const period = {
  since: Type.Optional(time('Beginning of the period; 30 days ago where it is left out.')),
  until: Type.Optional(time('Its end; now where it is left out.')),
}
const reportQuery = Type.Object(period, closed)
const reportFileQuery = Type.Object(
  { ...period, format: Type.Unsafe<ReportFormat>(Type.Enum([...reportFormats], { default: 'html' })) },
  closed,
)
export type ReportQuery = Static<typeof reportQuery>
export type ReportFileQuery = Static<typeof reportFileQuery>

const evidence = Type.Object({
  kind: Type.String({ description: 'An entry of the ledger, or a record of the API.' }),
  id: Type.String({ description: 'Number of the entry, or id of the record.' }),
  at: Type.String({ format: 'date-time' }),
  what: Type.String(),
})

const objective = Type.Object({
  id: Type.String(),
  title: Type.String(),
  state,
  says: Type.String(),
  evidence: Type.Array(evidence, { description: 'The newest.' }),
  evidenceCount: count,
  ageDays: Type.Union([Type.Number(), Type.Null()], { description: 'Of the newest; too old is no proof.' }),
  person: Type.String({ description: 'What a person has to show.' }),
})

const control = Type.Object({
  id: Type.String({ description: 'Its number in the framework.' }),
  title: Type.String({ description: 'What it asks, in our own words.' }),
  state,
  history: Type.Array(state, { description: 'In equal parts of the period, oldest first.' }),
  objectives: Type.Array(objective),
  equivalents: Type.Array(Type.Object({ framework: Type.String(), id: Type.String() })),
})

export const reportItem = Type.Object({
  type: Type.Literal('report'),
  framework: Type.String(),
  title: Type.String(),
  version: Type.String(),
  origin: Type.Object({ ledger: Type.String(), size: count, key: Type.String() }),
  since: Type.String({ format: 'date-time' }),
  until: Type.String({ format: 'date-time' }),
  made: Type.String({ format: 'date-time' }),
  controls: Type.Array(control),
})

export const frameworkItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  version: Type.String(),
  controls: count,
  /** Of its controls, how many come to something that a query can look for. */
  withQuery: count,
})

/** What is handed out is in the audit log, and in the ledger. */
const read = { method: 'GET', access: 'reports:read', changes: true } as const
const path = '/api/v1/reports'

export const reportOperations = {
  reports: pagedListing('Frameworks that there are reports on', {
    ...{ id: 'reports', method: 'GET', access: 'reports:read', path },
    ...{ items: frameworkItem, areFew: true },
  }),
  report: {
    ...operation('How far a framework is evidenced over a period', {
      ...{
        ...read,
        id: 'report',
        path: `${path}/:framework`,
        response: reportItem,
        params: frameworkParameter,
      },
    }),
    query: reportQuery,
  },
  reportFile: {
    ...operation(
      'The same as a file: a page, PDF/A-3 with its data in it, Word, CSV, JSON, or assessment results of OSCAL',
      {
        ...{ ...read, id: 'reportFile', path: `${path}/:framework/file`, response: Type.String() },
        params: frameworkParameter,
      },
    ),
    query: reportFileQuery,
    contentType: 'application/octet-stream',
  },
} as const satisfies Record<string, Operation>
