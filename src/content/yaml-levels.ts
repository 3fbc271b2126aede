import { FieldPath } from './field-path.ts'
import { limits } from './limits.ts'

/** Levels of a YAML document that enclose a position: in block style by their columns, in flow style by brackets. */
export class YamlLevels {
  readonly #path = new FieldPath()
  /** Columns of the levels in block style. */
  readonly #columns = new Int32Array(limits.depth)
  /** Levels in flow style that are open; they are the innermost. */
  #flow = 0
  /** The position is on a level in block style too deep to be kept. */
  #isBeyond = false

  get isEmpty(): boolean {
    return this.#path.depth === 0
  }

  get isInFlow(): boolean {
    return this.#flow > 0
  }

  /** Column of the innermost level in block style where no flow style is open; -1 where there is none. */
  get column(): number {
    const { depth } = this.#path
    return depth === 0 ? -1 : this.#columns[depth - 1]
  }

  clear(): void {
    this.#path.clear()
    this.#flow = 0
    this.#isBeyond = false
  }

  /** Closes what is right of a column; there, too, a sequence if what follows is none of its entries. */
  leaveBlocks(column: number, andSequence: boolean): void {
    this.#isBeyond = false
    while (this.column > column) this.#path.leave()
    if (andSequence && this.#isOn(true, column)) this.#path.leave()
  }

  enterBlock(isList: boolean, column: number): void {
    this.leaveBlocks(column, !isList)
    if (this.#isOn(isList, column)) return
    this.#isBeyond = this.#path.depth >= limits.depth
    if (this.#isBeyond) return
    this.#path.enter(isList)
    this.#columns[this.#path.depth - 1] = column
  }

  enterFlow(isList: boolean): void {
    this.#path.enter(isList)
    this.#flow++
  }

  leaveFlow(): void {
    this.#path.leave()
    this.#flow--
  }

  #isOn(isList: boolean, column: number): boolean {
    return this.#path.isInList() === isList && this.column === column
  }

  /** Whether a scalar at a column can only be a key: another one of the innermost map. */
  expectsKey(column: number): boolean {
    return this.#flow > 0 ? this.#path.isInList() === false : this.#isOn(false, column)
  }

  /** Another key of the innermost map begins. */
  beginKey(): void {
    if (this.#path.isInList() === false) this.#path.beginName()
  }

  nameKey(bytes: Uint8Array, length: number): void {
    if (this.#isBeyond || this.#path.isInList() !== false) return
    this.#path.beginName()
    this.#path.appendToName(bytes, 0, length)
    this.#path.endName()
  }

  record(): number {
    return this.#path.record()
  }

  isInRecord(record: number): boolean {
    return this.#path.isInRecord(record)
  }

  /** `$.customer.accounts[].iban` */
  text(): string {
    const text = this.#path.text()
    return this.#isBeyond && this.#path.depth === limits.depth ? `${text}…` : text
  }
}
