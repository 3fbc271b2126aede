import { Type, type Static } from 'typebox'
import {
  categoryNames,
  coverageStateSchema,
  fileSchema,
  processSchema,
  violationSchema,
} from '../../model/record-schemas.ts'
import type { Category, Side } from '../../model/records.ts'
import { apiLimits } from './limits.ts'

/** What may be asked. Anything else in a query is refused, so that a misspelt filter does not answer with everything. */

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: apiLimits.filterLength, description }))
const yesOrNo = (description: string) => Type.Optional(Type.Boolean({ description }))

/** Of every listing. */
export const paging = {
  limit: Type.Integer({
    minimum: 1,
    maximum: apiLimits.pageItems.most,
    default: apiLimits.pageItems.usual,
    description: 'Items of a page, at most. A page may have fewer and still a `next`.',
  }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: apiLimits.cursorLength,
      description: '`next` of the page before; the other parameters stay the same.',
    }),
  ),
  format: Type.Unsafe<'json' | 'ndjson' | 'csv'>(
    Type.String({
      enum: ['json', 'ndjson', 'csv'],
      default: 'json',
      description:
        '`json` gives a page; the others all that there is, streamed: `limit` is of no matter then.',
    }),
  ),
}

const window = {
  since: Type.Optional(Type.String({ format: 'date-time', description: 'Last seen at or after this time.' })),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Last seen before this time.' })),
}

const search = {
  search: text(
    'Words, each of which begins a word of the record: a part of a name, an address, a field, a path.',
  ),
}

const flowFilters = {
  workload: text('Workload in whose namespace it was seen, by id.'),
  application: text('Application protocol: `HTTP`, `SSL`, `DNS`, `PostgreSQL`, `unknown`, …'),
  identifier: text('Kind of personal data: `iban`, `payment-card`, `email`, …'),
  transfer: text('Transfer of personal data that it is part of, by its id (`/privacy/flows`).'),
  encrypted: yesOrNo('Whether the flow is encrypted.'),
  side: Type.Optional(
    Type.Unsafe<Side>(
      Type.String({
        enum: ['client', 'server', 'transit'],
        description:
          'The end at which it was seen, or between both; a flow between two watched workloads is there once for each.',
      }),
    ),
  ),
}

const strict = { additionalProperties: false }

export const flowsQuery = Type.Object({ ...paging, ...window, ...search, ...flowFilters }, strict)
export const findingsQuery = Type.Object(
  { ...paging, ...window, ...search, ...flowFilters, flow: text('Flow that it crossed, by id.') },
  strict,
)
export const coverageQuery = Type.Object(
  {
    ...paging,
    ...window,
    ...search,
    workload: text('Workload that it is about, by id.'),
    reason: text('`ring-full`, `enforcer-disconnected`, …'),
  },
  strict,
)
const activityFilters = { ...paging, ...window, ...search, workload: text('Workload that it is of, by id.') }
export const violationsQuery = Type.Object(
  { ...activityFilters, action: Type.Optional(violationSchema.properties.action) },
  strict,
)
export const threatsQuery = Type.Object(activityFilters, strict)

export const attacksQuery = Type.Object(activityFilters, strict)
export const processesQuery = Type.Object(
  { ...activityFilters, action: Type.Optional(processSchema.properties.action) },
  strict,
)
export const filesQuery = Type.Object(
  { ...activityFilters, action: Type.Optional(fileSchema.properties.action) },
  strict,
)
export const workloadsQuery = Type.Object(
  {
    ...paging,
    running: yesOrNo('Whether it runs now.'),
    coverage: Type.Optional(coverageStateSchema),
    workload: text('By id.'),
  },
  strict,
)
export const eventsQuery = Type.Object(
  {
    types: Type.Optional(
      Type.String({
        pattern:
          '^(flow|personal-data|coverage|violation|threat|attack|process|file|workload|status)(,(flow|personal-data|coverage|violation|threat|attack|process|file|workload|status))*$',
        description: 'Types of events, separated by commas; all when it is left out.',
      }),
    ),
  },
  strict,
)
export const auditQuery = Type.Object(
  {
    ...paging,
    since: Type.Optional(Type.String({ format: 'date-time', description: 'At or after this time.' })),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'Before this time.' })),
    ...search,
    actor: text('Name of who did it.'),
    action: text('Id of the operation.'),
  },
  strict,
)
export const policyGroupsQuery = Type.Object(
  {
    ...paging,
    name: text('Of the group.'),
    workload: text('Id of a workload whose groups they are.'),
    find: text('Part of the name; case does not matter.'),
    mode: Type.Optional(
      Type.Unsafe<'Discover' | 'Monitor' | 'Protect'>(
        Type.String({ enum: ['Discover', 'Monitor', 'Protect'], description: 'Of its network.' }),
      ),
    ),
  },
  strict,
)
export const policyRulesQuery = Type.Object(
  {
    ...paging,
    tier: Type.Optional(
      Type.Unsafe<'federal' | 'yaml' | 'user' | 'learned'>(
        Type.String({ enum: ['federal', 'yaml', 'user', 'learned'] }),
      ),
    ),
    group: text('That it is from or to.'),
    find: text('Part of what it says: a group, an application, an id. Case does not matter.'),
  },
  strict,
)
const dataFlowFilters = {
  workload: text('Workload that is one end, by id.'),
  key: Type.Optional(
    Type.String({ minLength: 1, maxLength: apiLimits.keyLength, description: 'Of one data flow.' }),
  ),
  transport: Type.Optional(
    Type.Unsafe<'clear' | 'encrypted' | 'loopback'>(
      Type.String({ enum: ['clear', 'encrypted', 'loopback'] }),
    ),
  ),
  data: Type.Optional(
    Type.Unsafe<Category | 'any' | 'none'>(
      Type.String({ enum: ['any', 'none', ...categoryNames], description: 'Personal data that it carried.' }),
    ),
  ),
  where: Type.Optional(
    Type.Unsafe<'outside'>(
      Type.String({
        enum: ['outside'],
        description: '`outside`: an end is no workload that is watched here.',
      }),
    ),
  ),
  find: text('Part of a name, a namespace, a protocol, or a kind of personal data. Case does not matter.'),
}
export const dataFlowsQuery = Type.Object(
  {
    ...paging,
    ...dataFlowFilters,
    order: Type.Unsafe<'latest' | 'concern'>(
      Type.String({
        enum: ['latest', 'concern'],
        default: 'latest',
        description: '`concern`: delicate personal data in clear text first, then any in clear text.',
      }),
    ),
  },
  strict,
)
export const dataFlowMapQuery = Type.Object(dataFlowFilters, strict)
export const networkQuery = Type.Object(
  { namespace: text('Namespace whose groups are shown; where it is left out, each is one place.') },
  strict,
)
export const releaseQuery = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: apiLimits.reasonLength, description: 'Why.' })) },
  strict,
)
export const suggestionsQuery = Type.Object(window, strict)
export const noQuery = Type.Object({}, strict)
/** Of what is few enough to be shown whole, unless less is asked for. */
export const wholeQuery = Type.Object(
  { ...paging, limit: Type.Integer({ ...paging.limit, default: apiLimits.pageItems.most }) },
  strict,
)
/** Of what there may be many. */
export const pagedQuery = Type.Object(paging, strict)

export type FlowsQuery = Omit<Static<typeof flowsQuery>, 'format'>
export type FindingsQuery = Omit<Static<typeof findingsQuery>, 'format'>
export type CoverageQuery = Omit<Static<typeof coverageQuery>, 'format'>
export type ProcessesQuery = Omit<Static<typeof processesQuery>, 'format'>
export type FilesQuery = Omit<Static<typeof filesQuery>, 'format'>
export type WorkloadsQuery = Omit<Static<typeof workloadsQuery>, 'format'>
export type AuditQuery = Omit<Static<typeof auditQuery>, 'format'>
export type AttacksQuery = Omit<Static<typeof attacksQuery>, 'format'>
export type ThreatsQuery = Omit<Static<typeof threatsQuery>, 'format'>
export type ViolationsQuery = Omit<Static<typeof violationsQuery>, 'format'>
export type PolicyGroupsQuery = Omit<Static<typeof policyGroupsQuery>, 'format'>
export type PolicyRulesQuery = Omit<Static<typeof policyRulesQuery>, 'format'>
export type DataFlowsQuery = Omit<Static<typeof dataFlowsQuery>, 'format'>
export type DataFlowMapQuery = Static<typeof dataFlowMapQuery>
export type PagedQuery = Omit<Static<typeof pagedQuery>, 'format'>
export type NetworkQuery = Static<typeof networkQuery>
export type SuggestionsQuery = Static<typeof suggestionsQuery>
export type EventsQuery = Static<typeof eventsQuery>
