import { type Static, Type } from 'typebox'
import { type DocumentFormat, documentFormats, documentKinds } from '../../model/document-words.ts'
import { apiLimits } from './limits.ts'
import { type Operation, operation, pagedListing } from './operation.ts'
import {
  countrySource,
  differenceItem,
  documentItem,
  processorItem,
  resolutionItem,
  transferItem,
} from './privacy-schemas.ts'

/** Who sends personal data to whom, whether that is declared, and what is decided of it. */

const closed = { additionalProperties: false }
const read = { method: 'GET', access: 'privacy:read' } as const

const differenceParameter = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{16}$' }) })
export type DifferenceParameter = Static<typeof differenceParameter>

const resolutionParameter = Type.Object({
  ...differenceParameter.properties,
  how: Type.Enum(['declare', 'forbid']),
})
export type ResolutionParameter = Static<typeof resolutionParameter>

const by = { onBehalfOf: Type.Optional(Type.String({ maxLength: apiLimits.filterLength })) }

const acceptBody = Type.Object(
  {
    until: Type.String({ format: 'date-time', description: 'By then it is open again.' }),
    reason: Type.String({ minLength: 1, maxLength: apiLimits.reasonLength }),
    ...by,
  },
  closed,
)
export type AcceptBody = Static<typeof acceptBody>

const documentParameter = Type.Object({ kind: Type.Enum([...documentKinds]) })
export type DocumentParameter = Static<typeof documentParameter>

const documentFileQuery = Type.Object(
  { format: Type.Unsafe<DocumentFormat>(Type.Enum([...documentFormats], { default: 'html' })) },
  closed,
)
export type DocumentFileQuery = Static<typeof documentFileQuery>

const differences = '/api/v1/privacy/differences'
const accepting = { path: `${differences}/:id/acceptance`, access: 'privacy:write' } as const

export const privacyOperations = {
  transfers: pagedListing('Which service sends which personal data to whom, latest first', {
    ...{ id: 'transfers', method: 'GET', path: '/api/v1/privacy/flows', access: 'traffic:read' },
    ...{ items: transferItem, more: { countries: countrySource } },
  }),
  processors: pagedListing('Declared partners, and what was seen to go to them, by name', {
    ...{ ...read, id: 'processors', path: '/api/v1/privacy/processors' },
    items: processorItem,
  }),
  differences: pagedListing('Declared against observed: what is open first, the gravest first', {
    ...{ ...read, id: 'differences', path: differences },
    items: differenceItem,
  }),
  differenceResolution: operation('Objects of a policy that resolve a difference; nothing is applied', {
    ...{ ...read, id: 'differenceResolution', path: `${differences}/:id/resolutions/:how` },
    ...{ params: resolutionParameter, response: resolutionItem, problems: [404, 409] },
  }),
  acceptDifference: operation('Let a difference be until a day', {
    ...{ ...accepting, id: 'acceptDifference', method: 'PUT', body: acceptBody },
    ...{ params: differenceParameter, response: differenceItem, problems: [404, 409] },
  }),
  withdrawAcceptance: operation('No longer let it be', {
    ...{ ...accepting, id: 'withdrawAcceptance', method: 'DELETE' },
    ...{ params: differenceParameter, response: Type.Object({}), problems: [404] },
  }),
  privacyDocument: operation('A draft of what was observed and declared, with what is missing', {
    ...{ ...read, id: 'privacyDocument', path: '/api/v1/privacy/documents/:kind' },
    ...{ params: documentParameter, response: documentItem },
  }),
  privacyDocumentFile: {
    ...operation(
      'The same as a file: a page, Markdown, PDF/A-3 with its data in it, Word, JSON, its overview as CSV',
      {
        ...{
          ...read,
          changes: true,
          id: 'privacyDocumentFile',
          path: '/api/v1/privacy/documents/:kind/file',
        },
        ...{ params: documentParameter, response: Type.String() },
      },
    ),
    query: documentFileQuery,
    contentType: 'application/octet-stream',
  },
} as const satisfies Record<string, Operation>
