import { PdfFont, type GlyphSink } from './font.ts'
import { limits } from './limits.ts'
import { identity, type Matrix, multiply } from './matrix.ts'
import type { PdfObjects } from './objects.ts'
import { PageLines } from './page-lines.ts'
import { PdfParser } from './parser.ts'
import {
  isArray,
  isString,
  nameOf,
  numberOf,
  PdfOperator,
  PdfStream,
  type PdfDictionary,
  type PdfValue,
} from './values.ts'

/**
 * Some writers make the space between two words by the spacing of the characters around it: in strings of at most so many bytes,
 * where it is so many sizes of the font. Longer ones are letters that are set apart.
 */
const spacedBytes = 6
const spacedGap = 0.2

/** What operators change of how text is shown (ISO 32000-1 section 9.3). */
interface TextState {
  matrix: Matrix
  font: PdfFont | undefined
  size: number
  characterSpacing: number
  wordSpacing: number
  scale: number
  leading: number
  rise: number
}

/** Reads what a page shows as text, in the order of its lines. */
export class PageText implements GlyphSink {
  readonly #objects: PdfObjects
  readonly #fonts: Map<PdfDictionary, PdfFont>
  readonly #lines = new PageLines()
  #state: TextState = {
    ...{ matrix: identity, font: undefined, size: 1 },
    ...{ characterSpacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0 },
  }
  readonly #saved: TextState[] = []
  #textMatrix = identity
  #lineMatrix = identity
  /** Of the string at hand. */
  #text = ''
  #advance = 0
  #isSpaced = false

  /** @param fonts - those that were read for other pages. */
  constructor(objects: PdfObjects, fonts: Map<PdfDictionary, PdfFont>) {
    this.#objects = objects
    this.#fonts = fonts
  }

  text(): string {
    return this.#lines.text()
  }

  /** Follows a content stream, of a page or of a form on it. */
  run(bytes: Uint8Array, resources: PdfDictionary, depth = 0): void {
    const parser = new PdfParser(bytes, 0, bytes.length, this.#objects.budget)
    let operands: PdfValue[] = []
    for (let value = parser.next(); value !== undefined; value = parser.next()) {
      if (!(value instanceof PdfOperator)) {
        if (operands.length < limits.operands) operands.push(value)
        continue
      }
      if (value.word === 'ID') skipImage(bytes, parser)
      else if (value.word === 'Do') this.#drawForm(operands, resources, depth)
      else if (value.word === 'Tf') this.#setFont(operands, resources)
      else this.#operate(value.word, operands)
      operands = []
    }
  }

  glyph(text: string, width: number, isSpace: boolean): void {
    const { size, characterSpacing, wordSpacing, scale } = this.#state
    if (this.#isSpaced && this.#text !== '') this.#text += ' '
    this.#text += text
    this.#advance += ((width / 1000) * size + characterSpacing + (isSpace ? wordSpacing : 0)) * scale
  }

  #operate(word: string, operands: readonly PdfValue[]): void {
    const n = (i: number): number => numberOf(operands[i], 0)
    const state = this.#state
    switch (word) {
      case 'q':
        if (this.#saved.length < limits.savedStates) this.#saved.push({ ...state })
        break
      case 'Q':
        this.#state = this.#saved.pop() ?? state
        break
      case 'cm':
        state.matrix = multiply(matrixOf(operands), state.matrix)
        break
      case 'BT':
        this.#textMatrix = this.#lineMatrix = identity
        break
      case 'Tc':
        state.characterSpacing = n(0)
        break
      case 'Tw':
        state.wordSpacing = n(0)
        break
      case 'Tz':
        state.scale = n(0) / 100
        break
      case 'TL':
        state.leading = n(0)
        break
      case 'Ts':
        state.rise = n(0)
        break
      default:
        this.#operateText(word, operands)
    }
  }

  #operateText(word: string, operands: readonly PdfValue[]): void {
    const n = (i: number): number => numberOf(operands[i], 0)
    switch (word) {
      case 'Td':
        this.#moveLine(n(0), n(1))
        break
      case 'TD':
        this.#state.leading = -n(1)
        this.#moveLine(n(0), n(1))
        break
      case 'Tm':
        this.#textMatrix = this.#lineMatrix = matrixOf(operands)
        break
      case 'T*':
        this.#moveLine(0, -this.#state.leading)
        break
      case 'Tj':
        this.#show(operands[0])
        break
      case 'TJ':
        this.#showAll(operands[0])
        break
      case "'":
        this.#moveLine(0, -this.#state.leading)
        this.#show(operands[0])
        break
      case '"':
        this.#state.wordSpacing = n(0)
        this.#state.characterSpacing = n(1)
        this.#moveLine(0, -this.#state.leading)
        this.#show(operands[2])
        break
    }
  }

  #moveLine(x: number, y: number): void {
    this.#textMatrix = this.#lineMatrix = multiply([1, 0, 0, 1, x, y], this.#lineMatrix)
  }

  #setFont(operands: readonly PdfValue[], resources: PdfDictionary): void {
    const state = this.#state
    state.size = numberOf(operands[1], 1)
    const fonts = this.#objects.dictionary(resources.get('Font'))
    const dictionary = this.#objects.dictionary(fonts.get(nameOf(operands[0])))
    state.font = this.#fonts.get(dictionary) ?? this.#readFont(dictionary)
  }

  #readFont(dictionary: PdfDictionary): PdfFont | undefined {
    if (this.#fonts.size >= limits.fonts) {
      this.#objects.budget.problems.add('limit')
      return undefined
    }
    const font = new PdfFont(dictionary, this.#objects)
    this.#fonts.set(dictionary, font)
    return font
  }

  /** Strings, and by how many thousandths of the size what follows is moved back. */
  #showAll(values: PdfValue | undefined): void {
    if (!isArray(values)) return
    for (const value of values) {
      if (typeof value === 'number') this.#move((-value / 1000) * this.#state.size * this.#state.scale)
      else this.#show(value)
    }
  }

  #show(value: PdfValue | undefined): void {
    const { font, size, rise, matrix, characterSpacing } = this.#state
    if (!isString(value) || font === undefined || !this.#objects.budget.step(limits.showSteps)) return
    this.#text = ''
    this.#advance = 0
    this.#isSpaced = value.length <= spacedBytes && characterSpacing > spacedGap * size
    if (!font.show(value, this)) this.#objects.budget.problems.add('damaged')
    const placed = multiply([1, 0, 0, 1, 0, rise], multiply(this.#textMatrix, matrix))
    this.#place(placed, size)
    this.#move(this.#advance)
  }

  #move(x: number): void {
    this.#textMatrix = multiply([1, 0, 0, 1, x, 0], this.#textMatrix)
  }

  /** Adds the string at hand where it was shown. */
  #place([a, b, c, d, x, y]: Matrix, size: number): void {
    if (this.#text.trim() === '') return
    const turn = Math.round(Math.atan2(b, a) / (Math.PI / 2)) & 3
    const [along, across] = TURNED[turn](x, y)
    // The space behind the last character is none of its own.
    const length = (this.#advance - this.#state.characterSpacing * this.#state.scale) * Math.hypot(a, b)
    const height = Math.abs(size) * Math.hypot(c, d) || 1
    const piece = { text: this.#text, start: along, end: along + length, across, size: height, turn }
    if (!this.#lines.add(piece)) this.#objects.budget.problems.add('limit')
  }

  /** A form is a content stream with a space and, most often, resources of its own (section 8.10). */
  #drawForm(operands: readonly PdfValue[], resources: PdfDictionary, depth: number): void {
    const objects = this.#objects
    const forms = objects.dictionary(resources.get('XObject'))
    const form = objects.resolve(forms.get(nameOf(operands[0])))
    if (!(form instanceof PdfStream) || nameOf(objects.resolve(form.dictionary.get('Subtype'))) !== 'Form')
      return
    if (depth >= limits.formDepth) {
      objects.budget.problems.add('limit')
      return
    }
    const before = { ...this.#state }
    const matrix = objects.resolve(form.dictionary.get('Matrix'))
    if (isArray(matrix)) this.#state.matrix = multiply(matrixOf(matrix), this.#state.matrix)
    const own = form.dictionary.get('Resources')
    this.run(objects.decoded(form), own === undefined ? resources : objects.dictionary(own), depth + 1)
    this.#state = before
  }
}

/** Position along and across a line that is turned by quarters, anticlockwise. */
const TURNED: readonly ((x: number, y: number) => [along: number, across: number])[] = [
  (x, y) => [x, y],
  (x, y) => [y, -x],
  (x, y) => [-x, -y],
  (x, y) => [-y, x],
]

function matrixOf(operands: readonly PdfValue[]): Matrix {
  const n = (i: number): number => numberOf(operands[i], 0)
  return [n(0), n(1), n(2), n(3), n(4), n(5)]
}

/** Data of an image within the stream goes to the next `EI` that stands alone (section 8.9.7). */
function skipImage(bytes: Uint8Array, parser: PdfParser): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = buffer.indexOf('EI', parser.at); at >= 0; at = buffer.indexOf('EI', at + 1)) {
    parser.at = at + 2
    if (bytes[at - 1] <= 0x20 && (at + 2 === bytes.length || bytes[at + 2] <= 0x20)) return
  }
  parser.at = bytes.length
}
