import { buffer } from 'node:stream/consumers'
import { isWide, paragraph, type PrintedDocument, type Table } from '../blocks.ts'
import { reportLimits } from '../limits.ts'
import { ParagraphWriter } from './paragraph-writer.ts'
import { fontNames, openFont } from './fonts.ts'
import { colours, type Fonts, Sheet, spacing } from './sheet.ts'
import { TableWriter } from './table-writer.ts'

/** What a document was made of, within it: for machines, and for whoever doubts a figure. */
export interface EmbeddedFile {
  name: string
  /** `application/json` */
  type: string
  description: string
  content: string
}

/** @param made - in ms since 1970: the same content and time give the same bytes */
export interface PdfOptions {
  made: number
  files: readonly EmbeddedFile[]
}

/**
 * A document as PDF/A-3b (ISO 19005-3): fonts, colours and the data that it was made of are in it, so that it can be kept and shown
 * alike in decades. It is tagged, so that it can be read to people.
 */
export async function pdf(document: PrintedDocument, { made, files }: PdfOptions): Promise<Buffer> {
  // Loaded with the first document: it is of no use to who asks for none.
  const { default: PdfDocument } = await import('pdfkit')
  const fonts: Fonts = { regular: await openFont('regular'), bold: await openFont('bold') }
  const date = new Date(made)
  const doc = new PdfDocument({
    ...{ size: 'A4', layout: isWide(document) ? 'landscape' : 'portrait', margin: 0, bufferPages: true },
    ...{ pdfVersion: '1.7', subset: 'PDF/A-3b', tagged: true, lang: document.language, displayTitle: true },
    font: fonts.regular as unknown as string,
    // pdfkit puts the title into XML as it is.
    info: {
      Title: document.title.replaceAll(/[<>&]/g, ' '),
      Creator: 'Pavise',
      Producer: 'pdfkit',
      CreationDate: date,
    },
  })
  const content = buffer(doc)
  for (const name of fontNames) doc.registerFont(name, fonts[name] as unknown as string)
  const sheet = new Sheet(doc, fonts)
  await writeBlocks(sheet, document)
  writeFooters(doc, document.title)
  for (const { name, type, description, content: text } of files) {
    doc.file(Buffer.from(text), {
      ...{ name, type, description, relationship: 'Data', creationDate: date, modifiedDate: date },
    })
  }
  doc.end()
  return content
}

async function writeBlocks(sheet: Sheet, { blocks }: PrintedDocument): Promise<void> {
  const paragraphs = new ParagraphWriter(sheet)
  for (const block of blocks) {
    if (block.style === 'Table') {
      paragraphs.endList()
      await writeTable(sheet, block, paragraphs)
    } else {
      paragraphs.write(block)
    }
  }
  paragraphs.endList()
}

async function writeTable(sheet: Sheet, table: Table, paragraphs: ParagraphWriter): Promise<void> {
  const { printedRows: most } = reportLimits
  await new TableWriter(sheet, { ...table, rows: table.rows.slice(0, most) }).write()
  const left = table.rows.length - most
  if (left > 0) paragraphs.write(paragraph('Law', `${left} more rows are in the data within this file.`))
}

/** Title and number of each page, once it is known how many there are. */
function writeFooters(doc: PDFKit.PDFDocument, title: string): void {
  const { start, count } = doc.bufferedPageRange()
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i)
    const y = doc.page.height - spacing.margin
    const width = doc.page.width - 2 * spacing.margin
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.font('regular').fontSize(7.5).fillColor(colours.quiet)
    doc.text(title, spacing.margin, y, { lineBreak: false })
    doc.text(`${i + 1} / ${count}`, spacing.margin, y, { width, align: 'right', lineBreak: false })
    doc.endMarkedContent()
  }
}
