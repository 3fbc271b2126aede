import { csvLine } from '../lib/csv-line.ts'
import {
  missingOf,
  type DocumentSection,
  type DocumentTable,
  type PrivacyDocument,
} from '../privacy/documents/document.ts'
import { docx, type DocxParagraph } from './docx.ts'
import { htmlPage, type Markup, markup } from './html.ts'
import { cell, literal } from './markdown.ts'

const toFill = 'To be filled in'
/** Ids of what a row was made of; of many the first few, and how many more. */
const shownRecords = 8
/** From so many columns on, a table is set small. */
const wideColumns = 7

function recordsText(records: readonly string[]): string {
  const shown = records.slice(0, shownRecords).join(' ')
  return records.length <= shownRecords ? shown : `${shown} and ${records.length - shownRecords} more`
}

function sinceText({ at, since }: PrivacyDocument): string {
  return since === null ? `Made ${at}; nothing was seen yet.` : `Made ${at}, of what was seen since ${since}.`
}

/** As a page that needs nothing but itself, and can be printed. */
export function documentHtml(document: PrivacyDocument): string {
  const { title, notice, overview, sections } = document
  const missing = missingOf(document)
  const body = markup`<main>
    <h1>${title}</h1>
    <p class="notice" role="note">${notice}</p>
    <p>${sinceText(document)}</p>
    <ul class="law">
      ${document.basis.map((line) => markup`<li>${line}</li>`)}
    </ul>
    <h2>Still to be said (${missing.length})</h2>
    <ul>
      ${missing.map((what) => markup`<li>${what}</li>`)}
    </ul>
    <h2>Overview</h2>
    ${tableHtml(overview, 'Overview')} ${sections.map(sectionHtml)}
  </main>`
  return htmlPage({ title, language: 'en', body })
}

function sectionHtml({ title, law, lines, table, toFill: missing }: DocumentSection): Markup {
  return markup`<section>
    <h2>${title}</h2>
    <p class="law">${law}</p>
    ${lines.map((line) => markup`<p>${line}</p>`)} ${table === null ? '' : tableHtml(table, title)}
    ${missing.map((what) => markup`<p><span class="missing">${toFill}: ${what}</span></p>`)}
  </section> `
}

function tableHtml({ columns, rows }: DocumentTable, caption: string): Markup {
  if (rows.length === 0) return markup`<p>Nothing was seen.</p>`
  const look = columns.length >= wideColumns ? 'wide' : ''
  return markup`<table class="${look}" aria-label="${caption}">
    <thead>
      <tr>
        ${[...columns, 'Records'].map((column) => markup`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(({ cells, records }) => {
        const all = cells.map((text) => markup`<td>${text}</td>`)
        return markup`<tr>
          ${all}
          <td class="law">${recordsText(records)}</td>
        </tr>`
      })}
    </tbody>
  </table> `
}

export function documentMarkdown(document: PrivacyDocument): string {
  const { title, notice, overview, sections } = document
  const missing = missingOf(document).map((what) => `- ${literal(what)}`)
  const parts = [
    `# ${title}`,
    `> ${notice}`,
    sinceText(document),
    document.basis.map((line) => `- ${literal(line)}`).join('\n'),
    `## Still to be said (${missing.length})`,
    missing.join('\n'),
    '## Overview',
    tableMarkdown(overview),
    ...sections.flatMap(sectionMarkdown),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function sectionMarkdown({ title, law, lines, table, toFill: missing }: DocumentSection): string[] {
  return [
    `## ${literal(title)}`,
    `*${law}*`,
    lines.map(literal).join('\n\n'),
    table === null ? '' : tableMarkdown(table),
    missing.map((what) => `**${toFill}: ${literal(what)}**`).join('\n\n'),
  ]
}

function tableMarkdown({ columns, rows }: DocumentTable): string {
  if (rows.length === 0) return 'Nothing was seen.'
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const titles = [...columns, 'Records']
  return [
    line(titles),
    `|${' --- |'.repeat(titles.length)}`,
    ...rows.map(({ cells, records }) => line([...cells, recordsText(records)])),
  ].join('\n')
}

/** The overview, with all ids of what a row was made of. */
export function documentCsv({ overview }: PrivacyDocument): string {
  const rows = overview.rows.map(({ cells, records }) => csvLine([...cells, records.join(' ')]))
  return [csvLine([...overview.columns, 'Records']), ...rows].join('')
}

/** As a document of Word, to be finished by a person; rows of tables are its lists. */
export function documentDocx(document: PrivacyDocument): Promise<Buffer> {
  const { title, notice, overview, sections } = document
  const overall: DocumentSection = { title: 'Overview', law: '', lines: [], table: overview, toFill: [] }
  const paragraphs: DocxParagraph[] = [
    { style: 'Title', text: title },
    { style: 'Notice', text: notice },
    { style: 'Normal', text: sinceText(document) },
    ...document.basis.map((text): DocxParagraph => ({ style: 'ListBullet', text })),
    ...[overall, ...sections].flatMap(sectionParagraphs),
  ]
  return docx(paragraphs, 'en')
}

function sectionParagraphs({ title, law, lines, table, toFill: missing }: DocumentSection): DocxParagraph[] {
  const rows = (table?.rows ?? []).map(({ cells }): DocxParagraph => {
    const named = cells.flatMap((text, i) => (text === '' ? [] : [`${table?.columns[i]}: ${text}`]))
    return { style: 'ListBullet', text: named.join('; ') }
  })
  return [
    { style: 'Heading1', text: title },
    ...(law === '' ? [] : [{ style: 'Law' as const, text: law }]),
    ...lines.map((text): DocxParagraph => ({ style: 'Normal', text })),
    ...rows,
    ...missing.map((what): DocxParagraph => ({ style: 'Missing', text: `${toFill}: ${what}` })),
  ]
}
