import type { PrivacyView } from '../../controller/privacy/privacy-view.ts'
import type { DocumentFormat } from '../../model/document-words.ts'
import type { PrivacyDocument } from '../../privacy/documents/document.ts'
import { privacyDocument } from '../../report/document-blocks.ts'
import {
  documentCsv,
  documentHtml,
  documentJson,
  documentMarkdown,
  documentPdf,
  documentRecord,
} from '../../report/document-formats.ts'
import { docx } from '../../report/docx.ts'
import { fileTypes } from '../../report/file-type.ts'
import { operations } from '../contract/operations.ts'
import type { DocumentFileQuery, DocumentParameter } from '../contract/privacy-operations.ts'
import type { Route } from '../route.ts'

const writers: Readonly<Record<DocumentFormat, (document: PrivacyDocument) => string | Promise<Buffer>>> = {
  html: documentHtml,
  markdown: documentMarkdown,
  pdf: documentPdf,
  docx: (document) => docx(privacyDocument(document)),
  csv: documentCsv,
  json: documentJson,
}

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
        return writers[format](privacy.document(kind))
      },
    },
  ]
}
