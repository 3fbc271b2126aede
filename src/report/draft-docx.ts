import type { Draft, DraftItem } from '../privacy/drafts/draft.ts'
import { docx, type DocxParagraph } from './docx.ts'

/** A draft as a document of Word, to be finished by a person. */
export function draftDocx({ title, notice, opening, items, toFill, language }: Draft): Promise<Buffer> {
  const paragraphs: DocxParagraph[] = [
    { style: 'Title', text: title },
    { style: 'Notice', text: notice },
    { style: 'Normal', text: opening },
    ...items.flatMap((item) => section(item, toFill)),
  ]
  return docx(paragraphs, language)
}

function section({ label, law, text }: DraftItem, toFill: string): DocxParagraph[] {
  const lines = text.split('\n').map((line): DocxParagraph => {
    const isList = line.startsWith('- ')
    return { style: isList ? 'ListBullet' : 'Normal', text: isList ? line.slice(2) : line }
  })
  const content: DocxParagraph[] = text === '' ? [{ style: 'Missing', text: toFill }] : lines
  return [{ style: 'Heading1', text: label }, { style: 'Law', text: law }, ...content]
}
