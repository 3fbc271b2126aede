/** What a paragraph is, which says how it looks. */
export type ParagraphStyle =
  | 'Title'
  | 'Heading1'
  | 'Heading2'
  | 'Normal'
  /** Which article asks for what follows. */
  | 'Law'
  /** What stands above all until a person has read it. */
  | 'Notice'
  /** What a person has to write. */
  | 'Missing'
  | 'ListBullet'

export interface Paragraph {
  style: ParagraphStyle
  text: string
}

/** How a cell stands out: a colour beside the words, which say the same. */
export type Tone = 'good' | 'fair' | 'bad' | 'quiet'

export interface Cell {
  text: string
  tone?: Tone
}

export interface Table {
  style: 'Table'
  columns: readonly string[]
  /** As many cells as columns in each. */
  rows: readonly (readonly Cell[])[]
}

/** A part of a document that is printed or finished in an office program. */
export type Block = Paragraph | Table

/** A document, as both `docx` and `pdf` write it. */
export interface PrintedDocument {
  title: string
  /** As in BCP 47. */
  language: string
  blocks: readonly Block[]
}

/** From so many columns on, pages lie on their side. */
const wideColumns = 7

export function isWide({ blocks }: PrintedDocument): boolean {
  return blocks.some((block) => block.style === 'Table' && block.columns.length >= wideColumns)
}

export function paragraph(style: ParagraphStyle, text: string): Paragraph {
  return { style, text }
}

/** Lines, of which those with a dash are a list. */
export function paragraphs(text: string): Paragraph[] {
  return text
    .split('\n')
    .map((line) =>
      line.startsWith('- ') ? paragraph('ListBullet', line.slice(2)) : paragraph('Normal', line),
    )
}
