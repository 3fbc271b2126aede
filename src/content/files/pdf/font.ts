import { CMap } from './cmap.ts'
import { encodings, glyphText, winAnsi } from './encodings.ts'
import { limits } from './limits.ts'
import type { PdfObjects } from './objects.ts'
import { utf16 } from './parser.ts'
import { isArray, nameOf, numberOf, PdfName, PdfStream, type PdfDictionary, type PdfValue } from './values.ts'

/** Width of glyphs of which none is known, in thousandths of the font's size: about what letters have. */
const USUAL_WIDTH = 500

/** Takes the characters of a string that is shown. */
export interface GlyphSink {
  /** @param width - in thousandths of the font's size. @param isSpace - a code of one byte, 32 */
  glyph(text: string, width: number, isSpace: boolean): void
}

/** Says what the strings that a font shows stand for, and how wide they are (ISO 32000-1 section 9.5 to 9.10). */
export class PdfFont {
  readonly #toUnicode: CMap | undefined
  /** By code; for fonts whose codes are single bytes. */
  readonly #letters: readonly string[]
  readonly #widths = new Map<number, number>()
  readonly #usualWidth: number
  readonly #isComposite: boolean
  /** Codes are UTF-16, as the names of some maps say. */
  readonly #isUnicode: boolean
  readonly #objects: PdfObjects

  constructor(font: PdfDictionary, objects: PdfObjects) {
    this.#objects = objects
    this.#isComposite = nameOf(objects.resolve(font.get('Subtype'))) === 'Type0'
    const map = objects.resolve(font.get('ToUnicode'))
    this.#toUnicode = map instanceof PdfStream ? CMap.read(objects.decoded(map), objects.budget) : undefined
    const encoding = objects.resolve(font.get('Encoding'))
    this.#isUnicode = this.#isComposite && /UCS2|UTF16/.test(nameOf(encoding))
    this.#letters = this.#isComposite ? [] : lettersOf(encoding, objects)
    this.#usualWidth = this.#isComposite ? this.#readCompositeWidths(font) : this.#readWidths(font)
  }

  /** Hands on what a string shows. False where that cannot be told of any of it. */
  show(bytes: Uint8Array, sink: GlyphSink): boolean {
    let isTold = bytes.length === 0
    for (let at = 0; at < bytes.length;) {
      const length = this.#isComposite ? (this.#toUnicode?.codeBytes(bytes[at]) ?? 2) : 1
      const code = length === 1 ? bytes[at] : (bytes[at] << 8) | (bytes[at + 1] ?? 0)
      const text = this.#textOf(code, bytes, at)
      isTold ||= text !== undefined
      sink.glyph(text ?? '', this.#widths.get(code) ?? this.#usualWidth, length === 1 && code === 32)
      at += length
    }
    return isTold
  }

  #textOf(code: number, bytes: Uint8Array, at: number): string | undefined {
    const mapped = this.#toUnicode?.text(code)
    if (mapped !== undefined) return mapped
    if (this.#isUnicode) return utf16(bytes.subarray(at, at + 2))
    return this.#letters[code]
  }

  #readWidths(font: PdfDictionary): number {
    const objects = this.#objects
    const widths = objects.resolve(font.get('Widths'))
    const first = numberOf(objects.resolve(font.get('FirstChar')), 0)
    // Of a font of Type 3, widths are in a space of its own, most often one of thousandths too.
    const matrix = objects.resolve(font.get('FontMatrix'))
    const scale = isArray(matrix) ? numberOf(matrix[0], 0.001) * 1000 : 1
    if (isArray(widths)) {
      for (const [i, width] of widths.slice(0, 256).entries())
        this.#widths.set(first + i, numberOf(objects.resolve(width), 0) * scale)
    }
    const descriptor = objects.dictionary(font.get('FontDescriptor'))
    return numberOf(objects.resolve(descriptor.get('MissingWidth')), 0) || USUAL_WIDTH
  }

  /** `W`: `first [w …]` or `first last w` (section 9.7.4.3). */
  #readCompositeWidths(font: PdfDictionary): number {
    const objects = this.#objects
    const descendants = objects.resolve(font.get('DescendantFonts'))
    const descendant = objects.dictionary(isArray(descendants) ? descendants[0] : descendants)
    const widths = objects.resolve(descendant.get('W'))
    if (isArray(widths)) {
      for (let i = 0; i + 1 < widths.length;) {
        const first = numberOf(objects.resolve(widths[i]), 0)
        const second = objects.resolve(widths[i + 1])
        if (isArray(second)) this.#addWidths(first, second)
        else this.#addRun(first, numberOf(second, 0), numberOf(objects.resolve(widths[i + 2]), 0))
        i += isArray(second) ? 2 : 3
      }
    }
    return numberOf(objects.resolve(descendant.get('DW')), 1000)
  }

  #addWidths(first: number, widths: readonly PdfValue[]): void {
    for (const [i, width] of widths.entries()) {
      if (this.#widths.size >= limits.mappedCodes) return
      this.#widths.set(first + i, numberOf(this.#objects.resolve(width), 0))
    }
  }

  #addRun(first: number, last: number, width: number): void {
    const { budget } = this.#objects
    for (let code = first; code <= last && this.#widths.size < limits.mappedCodes && budget.step(); code++)
      this.#widths.set(code, width)
  }
}

/** A named encoding, or one with differences from it. */
function lettersOf(encoding: PdfValue | undefined, objects: PdfObjects): readonly string[] {
  if (encoding instanceof PdfName) return encodings[encoding.name] ?? winAnsi
  const dictionary = objects.dictionary(encoding)
  const letters = [...(encodings[nameOf(objects.resolve(dictionary.get('BaseEncoding')))] ?? winAnsi)]
  const differences = objects.resolve(dictionary.get('Differences'))
  if (!isArray(differences)) return letters
  let code = 0
  for (const one of differences) {
    const value = objects.resolve(one)
    if (typeof value === 'number') code = value
    else if (value instanceof PdfName && code >= 0 && code < 256) {
      letters[code] = glyphText(value.name) ?? letters[code]
      code++
    }
  }
  return letters
}
