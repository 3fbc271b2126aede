import type { DocumentFormat } from '../model/document-words.ts'
import type { PrivacyDocument } from '../privacy/documents/document.ts'
import { privacyDocument } from './document-blocks.ts'
import { documentCsv, documentHtml, documentJson, documentMarkdown, documentPdf } from './document-formats.ts'
import { docx } from './docx.ts'

type Writer = (document: PrivacyDocument) => string | Promise<Buffer>

/** A document in every format that it is given in. */
export const documentWriters: Readonly<Record<DocumentFormat, Writer>> = {
  html: documentHtml,
  markdown: documentMarkdown,
  pdf: documentPdf,
  docx: (document) => docx(privacyDocument(document)),
  csv: documentCsv,
  json: documentJson,
}
