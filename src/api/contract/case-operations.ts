import { Type, type Static } from 'typebox'
import { breachKinds, caseTimes, draftKinds, eases, regimes } from '../../model/case-words.ts'
import { apiLimits } from './limits.ts'
import { type Operation, operation } from './operation.ts'

/** Breach cases: what happened, whom it concerns, by when which duty is due, and drafts of what the law asks for. */

const closed = { additionalProperties: false }
const { caseText, caseItems, filterLength } = apiLimits
const text = (description: string) => Type.Optional(Type.String({ maxLength: caseText, description }))
const time = () => Type.String({ format: 'date-time' })
const count = () => Type.Integer({ minimum: 0 })
const some = (values: readonly string[], description: string) =>
  Type.Optional(Type.Array(Type.Enum([...values]), { minItems: 1, uniqueItems: true, description }))
const share = (most: number) => Type.Optional(Type.Number({ minimum: 0, maximum: most }))

const fields = {
  kinds: some(breachKinds, 'What was lost.'),
  role: Type.Optional(Type.Enum(['controller', 'processor'])),
  regimes: some(regimes, 'Laws whose clocks run.'),
  workloads: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: filterLength }), {
      maxItems: caseItems,
      description: 'Ids of workloads that it is about; all where there are none.',
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
        contextAdjustment: Type.Optional(Type.Integer({ minimum: -3, maximum: 3 })),
        ease: Type.Optional(Type.Enum([...eases])),
        confidentiality: share(0.5),
        integrity: share(0.5),
        availability: share(0.5),
        malicious: Type.Optional(Type.Boolean()),
      },
      { ...closed, description: 'Choices in place of what is suggested (ENISA 2013).' },
    ),
  ),
}
const by = {
  reason: text('Why, for the record.'),
  onBehalfOf: Type.Optional(Type.String({ maxLength: filterLength })),
}
const title = Type.String({ minLength: 1, maxLength: filterLength })

const openBody = Type.Object({ title, ...fields, ...by }, closed)
export type OpenCaseBody = Static<typeof openBody>

const changeBody = Type.Object(
  { title: Type.Optional(title), state: Type.Optional(Type.Enum(['open', 'closed'])), ...fields, ...by },
  closed,
)
export type ChangeCaseBody = Static<typeof changeBody>

const rescopeBody = Type.Object(by, closed)

const idParameter = Type.Object({ id: Type.String({ pattern: '^case-\\d{4}-\\d{4,9}$' }) })
export type CaseParameter = Static<typeof idParameter>

const draftParameter = Type.Object({ ...idParameter.properties, kind: Type.Enum([...draftKinds]) })
export type DraftParameter = Static<typeof draftParameter>

const clock = Type.Object({
  id: Type.String(),
  law: Type.String(),
  what: Type.String(),
  from: Type.Union([time(), Type.Null()]),
  due: Type.Union([time(), Type.Null()], { description: 'Null where the law names no number.' }),
  latest: Type.Union([time(), Type.Null()], { description: 'By Regulation 1182/71, without holidays.' }),
  doneAt: Type.Union([time(), Type.Null()]),
})

const part = Type.Object({ value: Type.Number(), why: Type.String(), isSuggested: Type.Boolean() })

const severity = Type.Object({
  score: Type.Number(),
  level: Type.Enum(['low', 'medium', 'high', 'very high']),
  context: part,
  ease: part,
  circumstances: part,
  flags: Type.Array(Type.String()),
  duty: Type.Enum(['document', 'notify', 'notify-and-tell']),
  dutyText: Type.String(),
})

export const caseItem = Type.Object({
  type: Type.Literal('case'),
  id: Type.String(),
  title: Type.String(),
  state: Type.Enum(['open', 'closed']),
  openedAt: time(),
  kinds: Type.Array(Type.String()),
  role: Type.String(),
  regimes: Type.Array(Type.String()),
  workloads: Type.Array(Type.String()),
  description: Type.String(),
  consequences: Type.String(),
  measures: Type.String(),
  contact: Type.String(),
  times: Type.Record(
    Type.String(),
    Type.Array(Type.Object({ at: time(), by: Type.String(), reason: Type.String() })),
  ),
  clocks: Type.Array(clock),
  severity,
  scope: Type.Union([Type.Object({ persons: count(), values: count(), isCut: Type.Boolean() }), Type.Null()]),
  history: Type.Array(
    Type.Object({ at: time(), by: Type.String(), what: Type.String(), reason: Type.String() }),
  ),
})

export const draftItem = Type.Object({
  type: Type.Literal('draft'),
  kind: Type.String(),
  title: Type.String(),
  case: Type.String(),
  items: Type.Array(Type.Object({ law: Type.String(), label: Type.String(), text: Type.String() })),
  missing: Type.Array(Type.String(), { description: 'What a person still has to say.' }),
  markdown: Type.String(),
})

const read = { method: 'GET', access: 'cases:read' } as const
const one = { params: idParameter, problems: [404, 409] }

export const caseOperations = {
  cases: operation('Breach cases, newest first', {
    ...{ ...read, id: 'cases', path: '/api/v1/cases' },
    response: Type.Object({ items: Type.Array(caseItem) }),
  }),
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
  caseDraft: operation('A draft of what the law asks for, with what is missing', {
    ...{ ...read, id: 'caseDraft', path: '/api/v1/cases/:id/drafts/:kind' },
    ...{ params: draftParameter, response: draftItem, problems: [404] },
  }),
} as const satisfies Record<string, Operation>
