import { setImmediate } from 'node:timers/promises'
import type { Cell, Table, Tone } from '../blocks.ts'
import { columnWidths } from './column-widths.ts'
import { reportLimits } from '../limits.ts'
import { colours, type LineLook, type Sheet, spacing } from './sheet.ts'
import { linesOf } from './text-lines.ts'

const toneColours: Readonly<Record<Tone, string>> = {
  good: colours.good,
  fair: colours.fair,
  bad: colours.bad,
  quiet: colours.quiet,
}

/** From so many columns on, text is set smaller. */
const manyColumns = 7
/** A row that is broken leaves so many lines on either page. */
const leastLines = 2

interface LaidCell {
  lines: readonly string[]
  look: LineLook
}

/** A table: each page of it has the titles of the columns, and a row goes on over the page only where it is longer than one. */
export class TableWriter {
  readonly #sheet: Sheet
  readonly #table: Table
  readonly #size: number
  readonly #widths: readonly number[]
  readonly #titles: readonly LaidCell[]

  constructor(sheet: Sheet, table: Table) {
    this.#sheet = sheet
    this.#table = table
    this.#size = table.columns.length >= manyColumns ? 7 : 8
    this.#widths = columnWidths(
      table.columns.map((title, i) =>
        [title, ...table.rows.map((row) => row[i].text)].map((text) => sheet.showable(text)),
      ),
      sheet.width - 2 * spacing.cell * table.columns.length,
      sheet.measure({ font: 'bold', size: this.#size }),
    )
    this.#titles = table.columns.map((text, i) => this.#laid({ text }, i, 'bold'))
  }

  async write(): Promise<void> {
    const { doc } = this.#sheet
    const { rows } = this.#table
    const table = doc.struct('Table')
    doc.addStructure(table)
    this.#sheet.keep(this.#heightOf(linesIn(this.#titles)) + this.#heightOf(leastLines))
    this.#drawTitles(this.#row(table, 'TH'))
    for (const [i, row] of rows.entries()) {
      if (i % reportLimits.rowsAtOnce === 0) await setImmediate()
      this.#writeRow(
        row.map((cell, column) => this.#laid(cell, column)),
        this.#row(table, 'TD'),
      )
    }
    table.end()
    this.#sheet.y += 8
  }

  #laid({ text, tone }: Cell, column: number, font: LineLook['font'] = 'regular'): LaidCell {
    const weight = tone === undefined || tone === 'quiet' ? font : 'bold'
    const look = {
      font: weight,
      size: this.#size,
      colour: tone === undefined ? colours.text : toneColours[tone],
    }
    const shown = this.#sheet.showable(text)
    return { lines: linesOf(shown, this.#widths[column], this.#sheet.measure(look)), look }
  }

  #row(table: PDFKit.PDFStructureElement, tag: 'TH' | 'TD'): PDFKit.PDFStructureElement[] {
    const { doc } = this.#sheet
    const row = doc.struct('TR')
    table.add(row)
    return this.#widths.map(() => {
      // A title says that it is one of a column (ISO 32000-1, 14.8.5.7).
      const cell = doc.struct(
        tag,
        tag === 'TH' ? ({ scope: 'Column' } as PDFKit.Mixins.StructureElementOptions) : {},
      )
      row.add(cell)
      return cell
    })
  }

  #drawTitles(cells: readonly PDFKit.PDFStructureElement[] | null): void {
    const { doc, left, width, y } = this.#sheet
    const height = this.#heightOf(linesIn(this.#titles))
    this.#sheet.artifact(() => doc.rect(left, y, width, height).fill(colours.head))
    this.#drawLines(this.#titles, cells)
  }

  #writeRow(row: readonly LaidCell[], cells: readonly PDFKit.PDFStructureElement[]): void {
    let rest = row
    for (let isFirst = true; isFirst || linesIn(rest) > 0; isFirst = false) {
      const count = this.#fitting(linesIn(rest))
      const part = rest.map(({ lines, look }) => ({ lines: lines.slice(0, count), look }))
      rest = rest.map(({ lines, look }) => ({ lines: lines.slice(count), look }))
      this.#drawLines(part, cells)
    }
    for (const cell of cells) cell.end()
  }

  /** Of so many lines, how many are put on this page, or on the next where they stay together there. */
  #fitting(lines: number): number {
    const whole = this.#heightOf(lines)
    if (whole <= this.#sheet.room) return lines
    const here = this.#linesFor(this.#sheet.room)
    if (
      here >= leastLines &&
      lines > this.#linesFor(this.#sheet.height - this.#heightOf(linesIn(this.#titles)))
    )
      return here
    this.#sheet.nextPage()
    this.#drawTitles(null)
    return Math.min(lines, this.#linesFor(this.#sheet.room))
  }

  /** @param cells - null for what repeats */
  #drawLines(row: readonly LaidCell[], cells: readonly PDFKit.PDFStructureElement[] | null): void {
    const { y, left, width, doc } = this.#sheet
    const height = this.#heightOf(linesIn(row))
    let x = left + spacing.cell
    row.forEach((cell, i) => {
      const at = x
      const draw = () => this.#drawCell(cell, at, y + spacing.cell)
      if (cells === null) this.#sheet.artifact(draw)
      else if (cell.lines.length > 0) cells[i].add(draw)
      x += this.#widths[i] + 2 * spacing.cell
    })
    this.#sheet.y += height
    this.#sheet.artifact(() =>
      doc
        .moveTo(left, y + height)
        .lineTo(left + width, y + height)
        .lineWidth(0.5)
        .stroke(colours.line),
    )
  }

  #drawCell({ lines, look }: LaidCell, x: number, y: number): void {
    lines.forEach((line, i) => this.#sheet.line(line, x, y + i * look.size * spacing.lineHeight, look))
  }

  #heightOf(lines: number): number {
    return lines * this.#size * spacing.lineHeight + 2 * spacing.cell
  }

  #linesFor(height: number): number {
    return Math.floor((height - 2 * spacing.cell) / (this.#size * spacing.lineHeight))
  }
}

function linesIn(row: readonly LaidCell[]): number {
  return row.reduce((most, { lines }) => Math.max(most, lines.length), 0)
}
