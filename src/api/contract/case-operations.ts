import { type DocumentFormat, documentFormats } from '../../model/document-words.ts'
import { Type, type Static } from 'typebox'
import {
  breachKinds,
  caseTimes,
  draftFormats,
  draftKinds,
  dutyIds,
  eases,
  type DraftFormat,
  type Language,
  languages,
  regimes,
  type TellingException,
  tellingExceptions,
} from '../../model/case-words.ts'
import { accessItem, caseItem, draftItem, timelineItem } from './case-schemas.ts'
import { apiLimits } from './limits.ts'
import { type Operation, operation, page } from './operation.ts'
import { paging } from './queries.ts'

/** Breach cases: what happened, whom it concerns, by when which duty is due, and drafts of what the law asks for. */

const closed = { additionalProperties: false }
const { caseText, caseItems, filterLength } = apiLimits
/** `user:` and a name, or the hexadecimal digits of a keyed hash: what a secret looks like is refused. */
const credentialPattern = '^(user:[^\\u0000-\\u001f]{1,128}|[0-9a-f]{16,64})$'
const text = (description: string) => Type.Optional(Type.String({ maxLength: caseText, description }))
const time = () => Type.String({ format: 'date-time' })
const some = (values: readonly string[], description: string) =>
  Type.Optional(Type.Array(Type.Enum([...values]), { minItems: 1, uniqueItems: true, description }))
/** Null goes back to what is suggested: one type of two, for of alternatives the first would make null its own. */
const choice = <Value>(type: 'integer' | 'number' | 'boolean', bounds: object = {}) =>
  Type.Optional(Type.Unsafe<Value | null>({ type: [type, 'null'], ...bounds }))
const share = () => choice<number>('number', { minimum: 0, maximum: 0.5 })

const fields = {
  kinds: some(breachKinds, 'What was lost.'),
  role: Type.Optional(Type.Enum(['controller', 'processor'])),
  regimes: some(regimes, 'Laws whose clocks run.'),
  workloads: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: filterLength }), {
      maxItems: caseItems,
      description: 'Ids of workloads that are suspicious; all where nothing is.',
    }),
  ),
  addresses: Type.Optional(
    Type.Array(Type.String({ minLength: 2, maxLength: 45 }), {
      maxItems: caseItems,
      description:
        'Suspicious IP addresses: of somebody outside, or of a workload. What went to them is counted, and whom they spoke with was reached.',
    }),
  ),
  credentials: Type.Optional(
    Type.Array(Type.String({ pattern: credentialPattern }), {
      maxItems: caseItems,
      description:
        'Suspicious credentials: `user:` and the name of a database user, or the keyed hash that a finding has. Never the secret itself.',
    }),
  ),
  description: text('What happened.'),
  consequences: text('Likely consequences for the persons.'),
  measures: text('Measures taken or proposed.'),
  contact: text('Whom the authority and the persons can ask.'),
  times: Type.Optional(
    Type.Object(Object.fromEntries(caseTimes.map((name) => [name, Type.Optional(time())])), {
      ...closed,
      description: 'Times of the breach; what was set before stays in the history.',
    }),
  ),
  severity: Type.Optional(
    Type.Object(
      {
        contextAdjustment: choice<number>('integer', { minimum: -3, maximum: 3 }),
        ease: Type.Optional(Type.Unsafe<(typeof eases)[number] | null>({ enum: [...eases, null] })),
        confidentiality: share(),
        integrity: share(),
        availability: share(),
        malicious: choice<boolean>('boolean'),
      },
      {
        ...closed,
        description:
          'Choices in place of what is suggested (ENISA 2013); null goes back to what is suggested.',
      },
    ),
  ),
}
const by = {
  reason: text('Why, for the record.'),
  onBehalfOf: Type.Optional(Type.String({ maxLength: filterLength })),
}
const title = Type.String({ minLength: 1, maxLength: filterLength })

const event = Type.Optional(
  Type.String({
    ...{ minLength: 1, maxLength: filterLength },
    description:
      'Id of the record of an event that it is opened from: its workload, and when it was seen, are taken from there.',
  }),
)
const openBody = Type.Object({ title, event, ...fields, ...by }, closed)
export type OpenCaseBody = Static<typeof openBody>

const changeBody = Type.Object(
  {
    title: Type.Optional(title),
    state: Type.Optional(Type.Enum(['open', 'closed'])),
    ...fields,
    sent: Type.Optional(
      Type.Object(
        { duty: Type.Enum([...dutyIds]), at: Type.Optional(time()) },
        {
          ...closed,
          description:
            'Something was sent under a duty, in one phase of maybe several; now, where no time is given.',
        },
      ),
    ),
    exception: Type.Optional(
      Type.Unsafe<TellingException | null>({
        enum: [...tellingExceptions, null],
        description: 'Why persons are not told each of them: Art. 34(3)(a), (b), (c); null takes it back.',
      }),
    ),
    ...by,
  },
  closed,
)
export type ChangeCaseBody = Static<typeof changeBody>

const rescopeBody = Type.Object(by, closed)

const idParameter = Type.Object({ id: Type.String({ pattern: '^case-\\d{4}-\\d{4,9}$' }) })
export type CaseParameter = Static<typeof idParameter>

const draftParameter = Type.Object({ ...idParameter.properties, kind: Type.Enum([...draftKinds]) })
export type DraftParameter = Static<typeof draftParameter>

const language = Type.Unsafe<Language>(
  Type.Enum([...languages], { default: 'en', description: 'Of the document.' }),
)
const draftQuery = Type.Object({ language }, closed)
export type DraftQuery = Static<typeof draftQuery>

const draftFileQuery = Type.Object(
  { language, format: Type.Unsafe<DraftFormat>(Type.Enum([...draftFormats], { default: 'html' })) },
  closed,
)
export type DraftFileQuery = Static<typeof draftFileQuery>

const registerFileQuery = Type.Object(
  { format: Type.Unsafe<DocumentFormat>(Type.Enum([...documentFormats], { default: 'html' })) },
  closed,
)
export type RegisterFileQuery = Static<typeof registerFileQuery>

const casesQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['open', 'closed'])),
    overdue: Type.Optional(Type.Boolean({ description: 'Whether one of its clocks has run out.' })),
    order: Type.Unsafe<'newest' | 'due'>(
      Type.String({
        enum: ['newest', 'due'],
        default: 'newest',
        description: '`due`: what is overdue first, then by the clock that ends next.',
      }),
    ),
    ...paging,
  },
  closed,
)
export type CasesQuery = Omit<Static<typeof casesQuery>, 'format'>

const read = { method: 'GET', access: 'cases:read' } as const
const one = { params: idParameter, problems: [404, 409] }

export const caseOperations = {
  cases: {
    ...operation('Breach cases, newest first, or by the clock that ends next', {
      ...{ ...read, id: 'cases', path: '/api/v1/cases', response: page(caseItem) },
    }),
    query: casesQuery,
  },
  case: operation('A breach case with its clocks, its severity and its scope', {
    ...{ ...read, id: 'case', path: '/api/v1/cases/:id', response: caseItem, ...one },
  }),
  openCase: operation('Open a case; its scope is computed of what was seen', {
    ...{ id: 'openCase', method: 'POST', path: '/api/v1/cases', access: 'cases:write' },
    ...{ body: openBody, response: caseItem, problems: [409] },
  }),
  changeCase: operation('Say more about a case; times that are moved stay in its history', {
    ...{ id: 'changeCase', method: 'PATCH', path: '/api/v1/cases/:id', access: 'cases:write' },
    ...{ body: changeBody, response: caseItem, ...one },
  }),
  rescopeCase: operation('Compute the scope of a case anew', {
    ...{ id: 'rescopeCase', method: 'POST', path: '/api/v1/cases/:id/scope', access: 'cases:write' },
    ...{ body: rescopeBody, response: caseItem, ...one },
  }),
  caseTimeline: operation('What happened in the time of a case, in order, each with its record', {
    ...{ ...read, id: 'caseTimeline', path: '/api/v1/cases/:id/timeline', ...one },
    response: Type.Object({
      items: Type.Array(timelineItem),
      isCut: Type.Boolean({ description: 'There were more records of a kind: the latest are there.' }),
    }),
  }),
  caseAccess: operation('Who looked at a case, changed it, or was given something of it, newest first', {
    ...{ ...read, id: 'caseAccess', path: '/api/v1/cases/:id/access', ...one },
    response: Type.Object({ items: Type.Array(accessItem) }),
  }),
  caseDraft: {
    ...operation('A draft of what the law asks for, with what is missing', {
      ...{ ...read, id: 'caseDraft', path: '/api/v1/cases/:id/drafts/:kind' },
      ...{ params: draftParameter, response: draftItem, problems: [404] },
    }),
    query: draftQuery,
  },
  caseRegisterFile: {
    ...operation('The register of all breaches (Article 33(5) GDPR) as a file', {
      ...{ ...read, id: 'caseRegisterFile', path: '/api/v1/cases/register/file', changes: true },
      ...{ response: Type.String() },
    }),
    query: registerFileQuery,
    contentType: 'application/octet-stream',
  },
  caseStix: operation(
    'A case as a bundle of STIX 2.1, for a CSIRT: with the hashes of its evidence; no values',
    {
      ...{ ...read, id: 'caseStix', path: '/api/v1/cases/:id/stix', changes: true, ...one },
      response: Type.Object({
        type: Type.Literal('bundle'),
        id: Type.String(),
        objects: Type.Array(Type.Object({})),
      }),
    },
  ),
  caseDraftFile: {
    ...operation(
      'A draft as a file: Markdown, a page, PDF/A-3 to be kept, a document of Word, JSON, or the fields of the form',
      {
        ...{ ...read, id: 'caseDraftFile', path: '/api/v1/cases/:id/drafts/:kind/file', changes: true },
        ...{ params: draftParameter, response: Type.String(), problems: [404] },
      },
    ),
    query: draftFileQuery,
    contentType: 'application/octet-stream',
  },
} as const satisfies Record<string, Operation>
