import {
  missingOf,
  type DocumentSection,
  type DocumentTable,
  type PrivacyDocument,
} from '../privacy/documents/document.ts'
import { type Block, paragraph, paragraphs, type PrintedDocument } from './blocks.ts'
import { nothingSeen, recordsText, sinceText, toFill } from './document-texts.ts'

/** A document of `src/privacy/documents`, to be finished by a person or to be kept. */
export function privacyDocument(document: PrivacyDocument): PrintedDocument {
  const { title, notice, overview, sections } = document
  const missing = missingOf(document)
  const blocks = [
    paragraph('Title', title),
    paragraph('Notice', notice),
    paragraph('Normal', sinceText(document)),
    ...document.basis.map((line) => paragraph('ListBullet', line)),
    paragraph('Heading1', `Still to be said (${missing.length})`),
    ...missing.map((what) => paragraph('ListBullet', what)),
    paragraph('Heading1', 'Overview'),
    tableBlock(overview),
    ...sections.flatMap(sectionBlocks),
  ]
  return { title, language: 'en', blocks }
}

function sectionBlocks({ title, law, lines, table, toFill: missing }: DocumentSection): Block[] {
  return [
    paragraph('Heading1', title),
    ...(law === '' ? [] : [paragraph('Law', law)]),
    ...lines.flatMap(paragraphs),
    ...(table === null ? [] : [tableBlock(table)]),
    ...missing.map((what) => paragraph('Missing', `${toFill}: ${what}`)),
  ]
}

function tableBlock({ columns, rows }: DocumentTable): Block {
  if (rows.length === 0) return paragraph('Normal', nothingSeen)
  return {
    style: 'Table',
    columns: [...columns, 'Records'],
    rows: rows.map(({ cells, records }) => [
      ...cells.map((text) => ({ text })),
      { text: recordsText(records), tone: 'quiet' as const },
    ]),
  }
}
