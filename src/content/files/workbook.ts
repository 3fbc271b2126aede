import type { Budget } from './budget.ts'
import type { FileTexts } from './file-texts.ts'
import { limits } from './limits.ts'
import { numberText } from './number-text.ts'
import { TableRows } from './table-rows.ts'
import { attribute, scanXml, unescaped, type XmlSink } from './xml-scan.ts'

/** What the cells of a workbook refer to. */
export interface Workbook {
  /** Texts of cells of type `s`, by index. */
  sharedStrings: readonly string[]
  /** Formats of cells, by index, that show a number as a day. */
  dateStyles: ReadonlySet<number>
}

/** Texts of `xl/sharedStrings.xml` (ECMA-376 part 1, section 18.4.9), without what tells how they are pronounced. */
export function readSharedStrings(xml: string, budget: Budget): string[] {
  const strings: string[] = []
  let text = ''
  let isText = false
  let isPhonetic = false
  const sink: XmlSink = {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') isText = !isPhonetic
      else if (name === 'rPh') isPhonetic = true
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si' && strings.length < limits.sharedStrings) strings.push(text)
    },
    text(xmlText, start, end) {
      if (isText && text.length < limits.cellLetters) text += unescaped(xmlText.slice(start, end))
    },
  }
  scanXml(xml, sink, budget)
  return strings
}

/** Reads a sheet (section 18.3.1.99) cell by cell. */
export class SheetReader implements XmlSink {
  readonly #workbook: Workbook
  readonly #rows: TableRows
  #cells: string[] = []
  #column = -1
  #type = ''
  #style = 0
  #text = ''
  #isText = false

  constructor(place: string, workbook: Workbook, texts: FileTexts) {
    this.#workbook = workbook
    this.#rows = new TableRows(place, texts)
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v' || name === 't') this.#isText = true
    else if (name === 'row') this.#beginRow()
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isText = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#endRow()
  }

  text(xml: string, start: number, end: number): void {
    if (this.#isText && this.#text.length < limits.cellLetters) this.#text += unescaped(xml.slice(start, end))
  }

  #beginRow(): void {
    this.#cells = []
    this.#column = -1
  }

  #endRow(): void {
    if (this.#cells.length > 0) this.#rows.row(this.#cells)
    this.#beginRow()
  }

  #openCell(attributes: string): void {
    this.#text = ''
    this.#type = attribute(attributes, 't')
    this.#style = Number(attribute(attributes, 's')) || 0
    const reference = attribute(attributes, 'r')
    this.#column = reference === '' ? this.#column + 1 : columnOf(reference)
  }

  #closeCell(): void {
    if (this.#column < 0 || this.#column >= limits.columns) return
    while (this.#cells.length <= this.#column) this.#cells.push('')
    this.#cells[this.#column] = this.#shown()
  }

  #shown(): string {
    const text = this.#text
    if (this.#type === 's') return this.#workbook.sharedStrings[Number(text)] ?? ''
    if (this.#type === '' || this.#type === 'n')
      return numberText(text, this.#workbook.dateStyles.has(this.#style))
    // Of truth values and errors nothing can be told.
    return this.#type === 'b' || this.#type === 'e' ? '' : text
  }
}

/** From 0, of a reference such as `AB12`. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length && i < 3; i++) {
    const letter = reference.charCodeAt(i) - 0x40
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}
