import type { Budget } from '../budget.ts'
import { limits } from './limits.ts'
import { PdfParser, utf16 } from './parser.ts'
import { isArray, isString, PdfOperator, type PdfValue } from './values.ts'

/** What the codes of a font stand for (ISO 32000-1 section 9.10.3). */
export class CMap {
  readonly #texts = new Map<number, string>()
  readonly #budget: Budget
  /** Lowest and highest code of one byte; none unless the map says so. */
  #oneByte: [number, number] | undefined
  #hasLonger = false

  private constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Reads the map that a font carries. */
  static read(bytes: Uint8Array, budget: Budget): CMap {
    const map = new CMap(budget)
    const parser = new PdfParser(bytes, 0, bytes.length, budget)
    let operands: PdfValue[] = []
    for (let value = parser.next(); value !== undefined; value = parser.next()) {
      if (!(value instanceof PdfOperator)) {
        operands.push(value)
        continue
      }
      if (value.word === 'endcodespacerange') map.#addLengths(operands)
      else if (value.word === 'endbfchar') map.#addCharacters(operands)
      else if (value.word === 'endbfrange') map.#addRanges(operands)
      operands = []
    }
    return map
  }

  /** `undefined` for a code that is not in the map. */
  text(code: number): string | undefined {
    return this.#texts.get(code)
  }

  /** Bytes of the code that begins with this byte, where its font has codes of more than one. */
  codeBytes(first: number): number {
    const oneByte = this.#oneByte
    if (oneByte === undefined) return 2
    return !this.#hasLonger || (first >= oneByte[0] && first <= oneByte[1]) ? 1 : 2
  }

  #addLengths(operands: readonly PdfValue[]): void {
    for (let i = 0; i + 1 < operands.length; i += 2) {
      const [low, high] = [operands[i], operands[i + 1]]
      if (!isString(low) || !isString(high)) continue
      if (low.length === 1) this.#oneByte = [low[0], high[0] ?? 0xff]
      else this.#hasLonger = true
    }
  }

  #addCharacters(operands: readonly PdfValue[]): void {
    for (let i = 0; i + 1 < operands.length; i += 2) {
      const [code, text] = [operands[i], operands[i + 1]]
      if (isString(code) && isString(text)) this.#set(codeOf(code), utf16(text))
    }
  }

  #addRanges(operands: readonly PdfValue[]): void {
    for (let i = 0; i + 2 < operands.length; i += 3) {
      const [low, high, texts] = [operands[i], operands[i + 1], operands[i + 2]]
      if (!isString(low) || !isString(high)) continue
      const first = codeOf(low)
      const last = Math.min(codeOf(high), first + 0xffff)
      if (isArray(texts)) {
        for (const [j, text] of texts.entries()) if (isString(text)) this.#set(first + j, utf16(text))
      } else if (isString(texts) && texts.length >= 1) this.#addRun(first, last, texts)
    }
  }

  /** Only the last character of the text counts on. */
  #addRun(first: number, last: number, text: Uint8Array): void {
    const begin = text.length === 1 ? String.fromCharCode(text[0]) : utf16(text)
    const head = begin.slice(0, -1)
    const unit = begin.charCodeAt(begin.length - 1)
    for (
      let code = first;
      code <= last && this.#texts.size < limits.mappedCodes && this.#budget.step();
      code++
    )
      this.#set(code, head + String.fromCharCode(unit + code - first))
  }

  #set(code: number, text: string): void {
    if (this.#texts.size < limits.mappedCodes && this.#budget.step()) this.#texts.set(code, text)
  }
}

function codeOf(bytes: Uint8Array): number {
  let code = 0
  for (let i = 0; i < bytes.length && i < 4; i++) code = code * 256 + bytes[i]
  return code
}
