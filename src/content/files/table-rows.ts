import { anyName, fieldName, isKnownName } from '../field-name.ts'
import { limits as contentLimits } from '../limits.ts'
import { isHeader } from '../table.ts'
import type { FileTexts } from './file-texts.ts'

/**
 * Hands on the cells of a table row by row. The first row that has something names the columns if it looks like names; elsewhere
 * a cell is called after the one before it where that is a known name, as in a table of labels and values, and else by its column.
 */
export class TableRows {
  readonly #texts: FileTexts
  readonly #place: string
  #names: readonly string[] | undefined

  /** @param place - of the table: `sheet 1` */
  constructor(place: string, texts: FileTexts) {
    this.#place = place
    this.#texts = texts
  }

  /** Cells by column; `''` and holes where there is none. */
  row(cells: readonly string[]): void {
    if (this.#names === undefined) {
      // A title above the table stands alone.
      const filled = cells.filter((cell) => cell !== '')
      if (filled.length > 1) this.#names = isHeader(filled) ? cells.map(columnName) : []
      if (this.#names !== undefined && this.#names.length > 0) return
    }
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column]
      if (cell !== '') this.#texts.add(this.#place, cell, this.#nameAt(cells, column))
    }
  }

  #nameAt(cells: readonly string[], column: number): string {
    const name = this.#names?.[column] ?? ''
    if (name !== '') return name
    const label = column > 0 && this.#names?.length === 0 ? labelOf(cells[column - 1]) : ''
    return label === '' ? `column ${column + 1}` : label
  }
}

function columnName(cell: string): string {
  const name = fieldName(cell.trim().slice(0, contentLimits.nameBytes))
  return name === anyName ? '' : name
}

function labelOf(cell: string): string {
  if (cell.length > contentLimits.nameBytes) return ''
  const label = cell.trim().replace(/\s*:$/, '')
  return isKnownName(label) ? label : ''
}
