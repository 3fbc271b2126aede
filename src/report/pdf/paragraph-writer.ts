import type { Paragraph, ParagraphStyle } from '../blocks.ts'
import { colours, type LineLook, type Sheet, spacing } from './sheet.ts'
import { linesOf } from './text-lines.ts'

interface Look extends LineLook {
  /** Type of structure, ISO 32000-1 14.8.4. */
  tag: string
  before: number
  after: number
  indent: number
  /** Of what follows, so much stays on the same page. */
  keepWith: number
}

const usual: Look = {
  ...{ font: 'regular', size: 9.5, colour: colours.text },
  ...{ tag: 'P', before: 0, after: 4, indent: 0, keepWith: 0 },
}

const looks: Readonly<Record<ParagraphStyle, Look>> = {
  Normal: usual,
  Title: { ...usual, tag: 'H1', font: 'bold', size: 18, after: 8 },
  Heading1: { ...usual, tag: 'H2', font: 'bold', size: 12, before: 12, after: 3, keepWith: 48 },
  Heading2: { ...usual, tag: 'H3', font: 'bold', size: 10, before: 8, after: 2, keepWith: 36 },
  Law: { ...usual, size: 8.5, colour: colours.quiet, after: 3, keepWith: 24 },
  Notice: { ...usual, before: 5, after: 10, indent: 9 },
  Missing: { ...usual, colour: colours.warning, font: 'bold' },
  ListBullet: { ...usual, indent: 11, after: 2 },
}

/** Writes paragraphs; those of a list that follow each other are one list to who has them read. */
export class ParagraphWriter {
  readonly #sheet: Sheet
  #list: PDFKit.PDFStructureElement | null = null

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  write({ style, text }: Paragraph): void {
    const sheet = this.#sheet
    const look = looks[style]
    const lines = linesOf(sheet.showable(text), sheet.width - look.indent, sheet.measure(look))
    sheet.y += sheet.y === spacing.margin ? 0 : look.before
    sheet.keep(look.size * spacing.lineHeight + look.keepWith)
    const element = this.#elementFor(style, look.tag)
    let isFirst = true
    for (const line of lines) {
      sheet.keep(look.size * spacing.lineHeight)
      if (style === 'Notice') this.#bar(look)
      if (style === 'ListBullet' && isFirst) this.#bullet(look)
      const { y } = sheet
      element.add(() => sheet.line(line, sheet.left + look.indent, y, look))
      sheet.y += look.size * spacing.lineHeight
      isFirst = false
    }
    element.end()
    sheet.y += look.after
  }

  /** What follows is no item of the list before. */
  endList(): void {
    this.#list?.end()
    this.#list = null
  }

  #elementFor(style: ParagraphStyle, tag: string): PDFKit.PDFStructureElement {
    const { doc } = this.#sheet
    if (style !== 'ListBullet') {
      this.endList()
      const element = doc.struct(tag)
      doc.addStructure(element)
      return element
    }
    if (this.#list === null) {
      this.#list = doc.struct('L')
      doc.addStructure(this.#list)
    }
    const item = doc.struct('LI')
    this.#list.add(item)
    const body = doc.struct('LBody')
    item.add(body)
    return body
  }

  #bar({ size }: Look): void {
    const { doc, left, y, width } = this.#sheet
    const height = size * spacing.lineHeight
    this.#sheet.artifact(() => {
      doc.rect(left, y, width, height).fill(colours.notice)
      doc.rect(left, y, 3, height).fill(colours.warning)
    })
  }

  #bullet(look: Look): void {
    const { left, y } = this.#sheet
    this.#sheet.artifact(() => this.#sheet.line('•', left + 2, y, look))
  }
}
