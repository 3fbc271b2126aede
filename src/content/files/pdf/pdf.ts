import { anyName, fieldName } from '../../field-name.ts'
import { limits as contentLimits } from '../../limits.ts'
import type { FileTexts } from '../file-texts.ts'
import type { PdfFont } from './font.ts'
import { limits } from './limits.ts'
import { PdfObjects } from './objects.ts'
import { PageText } from './page-text.ts'
import { textString } from './parser.ts'
import {
  isArray,
  isDictionary,
  isString,
  nameOf,
  PdfStream,
  type PdfDictionary,
  type PdfValue,
} from './values.ts'

/** Reads the pages, the fields of forms and what is said of the document. False where nothing of a document is there. */
export function readPdf(bytes: Uint8Array, texts: FileTexts): boolean {
  const objects = new PdfObjects(bytes, texts.budget)
  if (objects.isEncrypted) {
    texts.budget.problems.add('encrypted')
    return true
  }
  const pages = pagesOf(objects)
  const fonts = new Map<PdfDictionary, PdfFont>()
  for (const [index, page] of pages.entries()) texts.add(`page ${index + 1}`, pageText(page, objects, fonts))
  readFields(objects, texts)
  readInformation(objects, texts)
  return pages.length > 0
}

function pageText(page: PdfDictionary, objects: PdfObjects, fonts: Map<PdfDictionary, PdfFont>): string {
  const contents = objects.resolve(page.get('Contents'))
  const streams = isArray(contents) ? contents : [contents]
  const pieces: Uint8Array[] = []
  for (const one of streams) {
    const stream = objects.resolve(one)
    // A stream may end within a word of the page, never within an operator.
    if (stream instanceof PdfStream) pieces.push(objects.decoded(stream), NEW_LINE)
  }
  const text = new PageText(objects, fonts)
  text.run(Buffer.concat(pieces), resourcesOf(page, objects))
  return text.text()
}

const NEW_LINE = Buffer.from('\n')

/** A page's own, or those of what it is in. */
function resourcesOf(page: PdfDictionary, objects: PdfObjects): PdfDictionary {
  let node = page
  for (let i = 0; i < limits.pageDepth; i++) {
    if (node.has('Resources')) return objects.dictionary(node.get('Resources'))
    node = objects.dictionary(node.get('Parent'))
  }
  return node
}

/** As the tree of pages has them; all there are where there is no such tree. */
function pagesOf(objects: PdfObjects): PdfDictionary[] {
  const tree = new PageTree(objects)
  for (const value of objects.all()) {
    if (isDictionary(value) && isOfType(value, 'Catalog', objects)) tree.walk(value.get('Pages'))
  }
  if (tree.pages.length > 0) return tree.pages
  const all = [...objects.all()].filter(isDictionary).filter((value) => isOfType(value, 'Page', objects))
  return all.slice(0, limits.pages)
}

function isOfType(dictionary: PdfDictionary, type: string, objects: PdfObjects): boolean {
  return nameOf(objects.resolve(dictionary.get('Type'))) === type
}

class PageTree {
  readonly pages: PdfDictionary[] = []
  readonly #objects: PdfObjects
  readonly #seen = new Set<PdfDictionary>()

  constructor(objects: PdfObjects) {
    this.#objects = objects
  }

  walk(value: PdfValue | undefined, depth = 0): void {
    const objects = this.#objects
    const node = objects.dictionary(value)
    if (node.size === 0 || this.#seen.has(node)) return
    if (depth > limits.pageDepth || this.pages.length >= limits.pages) {
      objects.budget.problems.add('limit')
      return
    }
    this.#seen.add(node)
    const kids = objects.resolve(node.get('Kids'))
    if (isArray(kids)) for (const kid of kids) this.walk(kid, depth + 1)
    else this.pages.push(node)
  }
}

/** Values of forms under the names of their fields (section 12.7), and notes on pages (section 12.5). */
function readFields(objects: PdfObjects, texts: FileTexts): void {
  for (const value of objects.all()) {
    if (!isDictionary(value)) continue
    const name = objects.resolve(value.get('T'))
    const filled = objects.resolve(value.get('V'))
    const field = isString(name) ? shownName(textString(name)) : ''
    if (isString(filled)) texts.add('form', textString(filled), field)
    const note = objects.resolve(value.get('Contents'))
    if (isString(note)) texts.add('note', textString(note))
  }
}

function shownName(name: string): string {
  const shown = fieldName(name.trim().slice(0, contentLimits.nameBytes))
  return shown === anyName ? '' : shown
}

/** Section 14.3.3. */
function readInformation(objects: PdfObjects, texts: FileTexts): void {
  for (const trailer of objects.trailers) {
    const information = objects.dictionary(trailer.get('Info'))
    for (const key of ['Title', 'Author', 'Subject', 'Keywords']) {
      const value = objects.resolve(information.get(key))
      if (isString(value)) texts.add('', textString(value), key.toLowerCase())
    }
  }
}
