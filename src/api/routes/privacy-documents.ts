import type { PrivacyView } from '../../controller/privacy/privacy-view.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { DocumentFormat } from '../../model/document-words.ts'
import { missingOf, type PrivacyDocument } from '../../privacy/documents/document.ts'
import { documentCsv, documentDocx, documentHtml, documentMarkdown } from '../../report/document-formats.ts'
import { operations } from '../contract/operations.ts'
import type { DocumentFileQuery, DocumentParameter } from '../contract/privacy-operations.ts'
import type { Route } from '../route.ts'

interface FileType {
  type: string
  ending: string
  write: (document: PrivacyDocument) => string | Promise<Buffer>
}

const fileTypes: Readonly<Record<DocumentFormat, FileType>> = {
  html: { type: 'text/html; charset=utf-8', ending: 'html', write: documentHtml },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md', write: documentMarkdown },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
    write: documentDocx,
  },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv', write: documentCsv },
  json: {
    type: 'application/json; charset=utf-8',
    ending: 'json',
    write: (document) => toJsonText(showDocument(document)),
  },
}

/** Drafts of records, of input to an impact assessment, of measures. */
export function documentRoutes(privacy: PrivacyView): Route[] {
  return [
    {
      operation: operations.privacyDocument,
      answer: ({ params }) => showDocument(privacy.document((params as DocumentParameter).kind)),
    },
    {
      operation: operations.privacyDocumentFile,
      answer: ({ params, query, reply }) => {
        const { kind } = params as DocumentParameter
        const { type, ending, write } = fileTypes[(query as DocumentFileQuery).format]
        void reply.type(type).header('content-disposition', `attachment; filename="${kind}.${ending}"`)
        return write(privacy.document(kind))
      },
    },
  ]
}

function showDocument(document: PrivacyDocument) {
  return { type: 'document', ...document, missing: missingOf(document) }
}
