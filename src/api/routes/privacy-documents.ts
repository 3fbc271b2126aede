import type { Controller } from '../../controller/controller.ts'
import { missingOf } from '../../privacy/documents/document.ts'
import { documentWriters } from '../../report/document-writers.ts'
import { documentRecord } from '../../report/document-formats.ts'
import { fileTypes } from '../../report/file-type.ts'
import { operations } from '../contract/operations.ts'
import type { DocumentFileQuery, DocumentParameter } from '../contract/privacy-operations.ts'
import type { Route } from '../route.ts'

/** Drafts of records, of input to an impact assessment, of measures. Each file that is handed out is on record as evidence, before it is given. */
export function documentRoutes({ privacy, ledger }: Controller): Route[] {
  return [
    {
      operation: operations.privacyDocument,
      answer: ({ params }) => documentRecord(privacy.document((params as DocumentParameter).kind)),
    },
    {
      operation: operations.privacyDocumentFile,
      answer: async ({ params, query, reply, identity }) => {
        const { kind } = params as DocumentParameter
        const { format } = query as DocumentFileQuery
        const { type, ending } = fileTypes[format]
        const document = privacy.document(kind)
        const body = { document: kind, format, missing: missingOf(document).length }
        await ledger.append({
          kind: 'export',
          actor: identity.caller.name,
          at: Date.parse(document.at),
          body,
        })
        void reply.type(type).header('content-disposition', `attachment; filename="${kind}.${ending}"`)
        return documentWriters[format](document)
      },
    },
  ]
}
