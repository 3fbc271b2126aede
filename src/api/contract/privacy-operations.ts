import { Type } from 'typebox'
import { type Operation, operation } from './operation.ts'
import { countrySource, processorItem, transferItem } from './privacy-schemas.ts'

/** Who sends personal data to whom, whether that is declared, and records of it. */

const read = { method: 'GET', access: 'privacy:read' } as const

export const privacyOperations = {
  transfers: operation('Which service sends which personal data to whom, latest first', {
    ...{ id: 'transfers', method: 'GET', path: '/api/v1/privacy/flows', access: 'traffic:read' },
    response: Type.Object({ items: Type.Array(transferItem), countries: countrySource }),
  }),
  processors: operation('Declared partners, and what was seen to go to them, by name', {
    ...{ ...read, id: 'processors', path: '/api/v1/privacy/processors' },
    response: Type.Object({ items: Type.Array(processorItem) }),
  }),
} as const satisfies Record<string, Operation>
