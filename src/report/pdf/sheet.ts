import type { Font, FontName } from './fonts.ts'
import { type Measure, showable } from './text-lines.ts'

/** Colours that are told apart on paper: contrast with white of 4.5 to 1 and more. */
export const colours = {
  text: '#1b1f24',
  quiet: '#57606a',
  line: '#d0d7de',
  head: '#f6f8fa',
  notice: '#fff8e6',
  warning: '#9a6700',
  good: '#116329',
  fair: '#7a4b00',
  bad: '#a40e26',
} as const

/** Margins and what stands between parts, in points. */
export const spacing = { margin: 48, footer: 26, cell: 4, lineHeight: 1.32 } as const

export type Fonts = Readonly<Record<FontName, Font>>

export interface LineLook {
  font: FontName
  size: number
  colour: string
}

/** Pages that are filled from above; a new one begins where something does not fit. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly #fonts: Fonts
  readonly left = spacing.margin
  readonly width: number
  readonly #bottom: number
  /** Where the next thing stands, from the top of the page. */
  y: number = spacing.margin
  #font: FontName | null = null
  readonly #widths = new Map<string, number>()

  constructor(doc: PDFKit.PDFDocument, fonts: Fonts) {
    this.doc = doc
    this.#fonts = fonts
    this.width = doc.page.width - 2 * spacing.margin
    this.#bottom = doc.page.height - spacing.margin - spacing.footer
  }

  /** What a page holds, in points. */
  get height(): number {
    return this.#bottom - spacing.margin
  }

  /** What is left of this page, in points. */
  get room(): number {
    return this.#bottom - this.y
  }

  /** Goes on to the next page where so much does not fit on this one. Says whether it did. */
  keep(height: number): boolean {
    if (height <= this.room || this.y === spacing.margin) return false
    this.nextPage()
    return true
  }

  nextPage(): void {
    this.doc.addPage()
    this.y = spacing.margin
  }

  /** What the font has no glyph for is named. */
  showable(text: string): string {
    return showable(text, (codePoint) => this.#fonts.regular.hasGlyphForCodePoint(codePoint))
  }

  /** Widths of texts in a font and size, as sums of their words. */
  measure({ font, size }: Pick<LineLook, 'font' | 'size'>): Measure {
    const space = this.#widthOf(' ', font)
    return (text) => {
      const words = text.split(' ')
      const sum = words.reduce((width, word) => width + this.#widthOf(word, font), 0)
      return ((sum + space * (words.length - 1)) * size) / 1000
    }
  }

  /** One line of text, that fits. @param y - of its upper edge */
  line(text: string, x: number, y: number, { font, size, colour }: LineLook): void {
    // Setting a font costs pdfkit more than all the rest of a line.
    if (this.#font !== font) this.doc.font(font)
    this.#font = font
    this.doc.fontSize(size).fillColor(colour).text(text, x, y, { lineBreak: false })
  }

  /** Draws what says nothing to who has the page read to them. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact')
    draw()
    this.doc.endMarkedContent()
  }

  /** In thousandths of the size. */
  #widthOf(word: string, name: FontName): number {
    const key = `${name} ${word}`
    const known = this.#widths.get(key)
    if (known !== undefined) return known
    const font = this.#fonts[name]
    let width = 0
    for (const character of word) {
      width += (font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth * 1000) / font.unitsPerEm
    }
    this.#widths.set(key, width)
    return width
  }
}
