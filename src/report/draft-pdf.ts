import { toJsonText } from '../lib/json-text.ts'
import type { Draft } from '../privacy/drafts/draft.ts'
import { draftDocument } from './draft-blocks.ts'
import { pdf } from './pdf/pdf.ts'

/** A draft to be kept, with its items as data in it. @param made - in ms since 1970 */
export function draftPdf(draft: Draft, made: number): Promise<Buffer> {
  const name = `${draft.case}-${draft.kind}-${draft.language}.json`
  const file = {
    name,
    type: 'application/json',
    description: 'Items of this draft',
    content: draftJson(draft),
  }
  return pdf(draftDocument(draft), { made, files: [file] })
}

export function draftJson(draft: Draft): string {
  return toJsonText({ type: 'draft', ...draft })
}
