import type { Budget } from './budget.ts'
import type { FileTexts } from './file-texts.ts'
import { limits } from './limits.ts'
import { TableRows } from './table-rows.ts'
import { attribute, scanXml, unescaped, type XmlSink } from './xml-scan.ts'

/** How the text of a part is to be called. */
export interface PartNames {
  /** What stands outside of tables, or on a page that has no number. */
  text: string
  /** Pages within the part: `slide`. */
  page: string
  /** Tables within the part: `table`, `sheet`. */
  table: string
}

const PARAGRAPHS = new Set(['p', 'h'])
const TABLES = new Set(['tbl', 'table'])
const ROWS = new Set(['tr', 'table-row'])
const CELLS = new Set(['tc', 'table-cell', 'covered-table-cell'])
const BREAKS = new Set(['br', 'cr', 'line-break'])
/** What holds no text that is shown, though it has elements that are called alike. */
const UNSHOWN = new Set(['pPr', 'tabs', 'instrText', 'delText', 'tracked-changes', 'automatic-styles', 'rPh'])

/**
 * Text of the parts of WordprocessingML, PresentationML (ECMA-376) and OpenDocument (ISO 26300), which differ in little but
 * names: paragraphs with tabs and breaks, and tables whose cells are handed on one by one.
 */
export class MarkupText implements XmlSink {
  readonly #texts: FileTexts
  readonly #names: PartNames
  /** In OpenDocument, whatever a paragraph holds is text; in the others what an element `t` does. */
  readonly #isOpenDocument: boolean
  #text = ''
  /** Of a cell: OpenDocument says there what it shows otherwise. */
  #value = ''
  #repeats = 1
  #cell = ''
  #cells: string[] = []
  #rows: TableRows | undefined
  #tables = 0
  #pages = 0
  /** Open tables, text elements, and elements that are not shown. */
  #tableDepth = 0
  #textDepth = 0
  #unshownDepth = 0

  constructor(texts: FileTexts, names: PartNames, isOpenDocument: boolean) {
    this.#texts = texts
    this.#names = names
    this.#isOpenDocument = isOpenDocument
  }

  /** Reads a part of the document. */
  read(xml: string, budget: Budget): void {
    scanXml(xml, this, budget)
    this.#endPage()
    this.#tableDepth = this.#textDepth = this.#unshownDepth = 0
    this.#cell = ''
    this.#cells = []
  }

  open(name: string, attributes: string): void {
    if (UNSHOWN.has(name)) this.#unshownDepth++
    if (this.#unshownDepth > 0) return
    if (this.#isTextElement(name)) this.#textDepth++
    else if (name === 'tab') this.#write('\t')
    else if (BREAKS.has(name)) this.#write('\n')
    else if (name === 'noBreakHyphen') this.#write('-')
    else if (name === 's' && this.#textDepth > 0) this.#write(' ')
    else if (TABLES.has(name)) this.#openTable()
    else if (CELLS.has(name)) this.#openCell(attributes)
    else if (name === 'page') this.#openPage()
  }

  close(name: string): void {
    if (UNSHOWN.has(name) && this.#unshownDepth > 0) this.#unshownDepth--
    if (this.#unshownDepth > 0) return
    if (this.#isTextElement(name) && this.#textDepth > 0) this.#textDepth--
    if (PARAGRAPHS.has(name)) this.#write('\n')
    else if (CELLS.has(name)) this.#closeCell()
    else if (ROWS.has(name)) this.#closeRow()
    else if (TABLES.has(name) && this.#tableDepth > 0) this.#tableDepth--
  }

  text(xml: string, start: number, end: number): void {
    if (this.#textDepth > 0 && this.#unshownDepth === 0) this.#write(unescaped(xml.slice(start, end)))
  }

  #isTextElement(name: string): boolean {
    return this.#isOpenDocument ? PARAGRAPHS.has(name) : name === 't'
  }

  #write(text: string): void {
    if (this.#tableDepth === 0) this.#text += text
    else if (this.#cell.length < limits.cellLetters) this.#cell += text
  }

  #openPage(): void {
    if (!this.#isOpenDocument) return
    this.#endPage()
    this.#pages++
  }

  #endPage(): void {
    const name = this.#pages === 0 ? this.#names.text : `${this.#names.page} ${this.#pages}`
    this.#texts.add(name, this.#text)
    this.#text = ''
  }

  /** A table within a table is a part of the cell that it stands in. */
  #openTable(): void {
    if (this.#tableDepth++ > 0) return
    this.#rows = new TableRows(`${this.#names.table} ${++this.#tables}`, this.#texts)
    this.#cells = []
    // What stands before and behind a table is no one text.
    this.#text += '\n'
  }

  #openCell(attributes: string): void {
    if (this.#tableDepth !== 1) return
    this.#cell = ''
    this.#value = ''
    this.#repeats = 1
    if (!this.#isOpenDocument) return
    const type = attribute(attributes, 'value-type')
    if (type === 'date') this.#value = attribute(attributes, 'date-value').slice(0, 10)
    else if (type === 'float') this.#value = attribute(attributes, 'value')
    this.#repeats = Number(attribute(attributes, 'number-columns-repeated')) || 1
  }

  #closeCell(): void {
    if (this.#tableDepth !== 1) return
    const cell = this.#value === '' ? this.#cell.trim() : this.#value
    for (let i = 0; i < this.#repeats && this.#cells.length < limits.columns; i++) this.#cells.push(cell)
    this.#cell = ''
  }

  #closeRow(): void {
    if (this.#tableDepth !== 1) return
    this.#rows?.row(this.#cells)
    this.#cells = []
  }
}
