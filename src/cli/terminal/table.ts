import { displayWidth, fit } from './text.ts'

export interface Column {
  title: string
  /** Narrower than this it is of no use; 0 for one that may go. */
  least: number
  align?: 'left' | 'right'
}

/** A cell: printable text, and how it is to be emphasised once it has its width. */
export interface Cell {
  text: string
  style?: (text: string) => string
}

const gap = 2

/** Lines of a table that is no wider than `width`: where it would be, the widest columns give way first. */
export function layoutTable(columns: Column[], rows: Cell[][], width: number): string[] {
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index].text))),
  )
  const widths = shrink(natural, columns, width)
  const heading = columns.map((column) => ({ text: column.title }))
  return [heading, ...rows].map((row) => layoutRow(row, columns, widths).trimEnd())
}

function layoutRow(row: Cell[], columns: Column[], widths: number[]): string {
  const cells = row.flatMap(({ text, style }, index) => {
    if (widths[index] === 0) return []
    const fitted = fit(text, widths[index], columns[index].align)
    return style ? style(fitted) : fitted
  })
  return cells.join(' '.repeat(gap))
}

/** The widest column gives way down to what it needs; then columns that may go, go; then the widest again. */
function shrink(natural: number[], columns: Column[], width: number): number[] {
  const widths = [...natural]
  const total = () =>
    widths.reduce((sum, value) => sum + value, 0) + gap * (widths.filter((value) => value > 0).length - 1)
  const shrinkTo = (least: (column: Column) => number) => {
    while (total() > width) {
      const slack = widths.map((value, index) => value - least(columns[index]))
      const most = Math.max(...slack)
      if (most <= 0) return
      widths[slack.indexOf(most)]--
    }
  }
  shrinkTo((column) => Math.max(column.least, 1))
  for (let index = columns.length - 1; index >= 0 && total() > width; index--) {
    if (columns[index].least === 0) widths[index] = 0
  }
  shrinkTo(() => 1)
  return widths
}
