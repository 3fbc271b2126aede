import type { DocumentKind } from '../../model/document-words.ts'
import type { DocumentSources, PrivacyDocument } from './document.ts'
import { impactAssessment } from './impact-assessment.ts'
import { measuresDocument } from './measures.ts'
import { processingRecord, processorRecord } from './processing-record.ts'

const makers: Readonly<Record<DocumentKind, (sources: DocumentSources) => PrivacyDocument>> = {
  record: processingRecord,
  'processor-record': processorRecord,
  'impact-assessment': impactAssessment,
  measures: measuresDocument,
}

/** A draft of what was observed and declared. */
export function makeDocument(kind: DocumentKind, sources: DocumentSources): PrivacyDocument {
  return makers[kind](sources)
}
