import type { Draft, DraftItem } from '../privacy/drafts/draft.ts'
import { type Block, paragraph, paragraphs, type PrintedDocument } from './blocks.ts'

/** A draft, to be finished by a person or to be kept. */
export function draftDocument({ title, notice, opening, items, toFill, language }: Draft): PrintedDocument {
  const blocks = [
    paragraph('Title', title),
    paragraph('Notice', notice),
    paragraph('Normal', opening),
    ...items.flatMap((item) => section(item, toFill)),
  ]
  return { title, language, blocks }
}

function section({ label, law, text }: DraftItem, toFill: string): Block[] {
  const content = text === '' ? [paragraph('Missing', toFill)] : paragraphs(text)
  return [paragraph('Heading1', label), paragraph('Law', law), ...content]
}
