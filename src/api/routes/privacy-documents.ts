import type { PrivacyView } from '../../controller/privacy/privacy-view.ts'
import { documentWriters } from '../../report/document-writers.ts'
import { documentRecord } from '../../report/document-formats.ts'
import { fileTypes } from '../../report/file-type.ts'
import { operations } from '../contract/operations.ts'
import type { DocumentFileQuery, DocumentParameter } from '../contract/privacy-operations.ts'
import type { Route } from '../route.ts'

/** Drafts of records, of input to an impact assessment, of measures. */
export function documentRoutes(privacy: PrivacyView): Route[] {
  return [
    {
      operation: operations.privacyDocument,
      answer: ({ params }) => documentRecord(privacy.document((params as DocumentParameter).kind)),
    },
    {
      operation: operations.privacyDocumentFile,
      answer: ({ params, query, reply }) => {
        const { kind } = params as DocumentParameter
        const { format } = query as DocumentFileQuery
        const { type, ending } = fileTypes[format]
        void reply.type(type).header('content-disposition', `attachment; filename="${kind}.${ending}"`)
        return documentWriters[format](privacy.document(kind))
      },
    },
  ]
}
