import { csvLine } from '../lib/csv-line.ts'
import { toJsonText } from '../lib/json-text.ts'
import {
  missingOf,
  type DocumentSection,
  type DocumentTable,
  type PrivacyDocument,
} from '../privacy/documents/document.ts'
import { privacyDocument } from './document-blocks.ts'
import { nothingSeen, recordsText, sinceText, toFill } from './document-texts.ts'
import { paragraphsHtml } from './draft-html.ts'
import { htmlPage, type Markup, markup } from './html.ts'
import { cell, literal } from './markdown.ts'
import { pdf } from './pdf/pdf.ts'

/** From so many columns on, a table is set small. */
const wideColumns = 7

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
    ${lines.length === 0 ? '' : paragraphsHtml(lines.join('\n'))} ${table === null ? '' : tableHtml(table, title)}
    ${missing.map((what) => markup`<p><span class="missing">${toFill}: ${what}</span></p>`)}
  </section> `
}

function tableHtml({ columns, rows }: DocumentTable, caption: string): Markup {
  if (rows.length === 0) return markup`<p>${nothingSeen}</p>`
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
  if (rows.length === 0) return nothingSeen
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

/** As a record, with every place at which a person has to write. */
export function documentRecord(document: PrivacyDocument) {
  return { type: 'document' as const, ...document, missing: missingOf(document) }
}

export function documentJson(document: PrivacyDocument): string {
  return toJsonText(documentRecord(document))
}

/** To be kept: the record and the overview are in it. */
export function documentPdf(document: PrivacyDocument): Promise<Buffer> {
  const { kind, at } = document
  return pdf(privacyDocument(document), {
    made: Date.parse(at),
    files: [
      {
        ...{ name: `${kind}.json`, type: 'application/json', content: documentJson(document) },
        description: 'All that this document was made of',
      },
      {
        ...{ name: `${kind}.csv`, type: 'text/csv', content: documentCsv(document) },
        description: 'The overview as a table',
      },
    ],
  })
}
