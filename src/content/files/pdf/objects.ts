import type { Budget } from '../budget.ts'
import { decodeStream } from './filters.ts'
import { limits } from './limits.ts'
import { PdfParser } from './parser.ts'
import {
  isDictionary,
  nameOf,
  numberOf,
  PdfOperator,
  PdfReference,
  PdfStream,
  type PdfDictionary,
  type PdfValue,
} from './values.ts'

const OBJ = Buffer.from('obj')
const STREAM_END = Buffer.from('endstream')
const TRAILER = Buffer.from('trailer')

/**
 * The indirect objects of a file, as they lie in it: tables of where they are can be missing, wrong or misleading, and the bytes
 * of a file that was cut are there all the same. Of several with one number the last one counts, as after an update.
 */
export class PdfObjects {
  readonly budget: Budget
  readonly #bytes: Buffer
  readonly #mayBeEncrypted: boolean
  readonly #objects = new Map<number, PdfValue>()
  /** A form may be drawn on every page. */
  readonly #decoded = new Map<PdfStream, Uint8Array>()
  /** Dictionaries that say what the whole file is. */
  readonly trailers: PdfDictionary[] = []

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.budget = budget
    this.#mayBeEncrypted = this.#bytes.includes('/Encrypt')
    this.#findObjects()
    this.#findTrailers()
  }

  get isEncrypted(): boolean {
    return this.trailers.some((trailer) => trailer.has('Encrypt'))
  }

  all(): Iterable<PdfValue> {
    return this.#objects.values()
  }

  /** What a value is or refers to. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let resolved = value
    for (let i = 0; i < limits.depth && resolved instanceof PdfReference; i++)
      resolved = this.#objects.get(resolved.number)
    return resolved
  }

  /** A dictionary, that of a stream too; empty for everything else. */
  dictionary(value: PdfValue | undefined): PdfDictionary {
    const resolved = this.resolve(value)
    if (resolved instanceof PdfStream) return resolved.dictionary
    return isDictionary(resolved) ? resolved : EMPTY
  }

  decoded(stream: PdfStream): Uint8Array {
    let bytes = this.#decoded.get(stream)
    if (bytes === undefined) this.#decoded.set(stream, (bytes = decodeStream(stream, this, this.budget)))
    return bytes
  }

  #findObjects(): void {
    const bytes = this.#bytes
    for (let at = bytes.indexOf(OBJ); at >= 0 && this.#objects.size < limits.objects;) {
      const number = objectNumber(bytes, at)
      let from = at + OBJ.length
      if (number >= 0) {
        const parser = new PdfParser(bytes, from, bytes.length, this.budget)
        const value = this.#objectAt(parser)
        if (value === undefined) return
        this.#add(number, value)
        from = Math.max(from, value instanceof PdfStream ? value.end : parser.at)
      }
      at = bytes.indexOf(OBJ, from)
    }
  }

  #add(number: number, value: PdfValue): void {
    this.#objects.set(number, value)
    if (!(value instanceof PdfStream)) return
    const type = nameOf(value.dictionary.get('Type'))
    if (type === 'XRef') this.trailers.push(value.dictionary)
    // What is encrypted cannot be inflated, and is not damaged.
    else if (type === 'ObjStm' && !this.#mayBeEncrypted) this.#addContained(value)
  }

  #objectAt(parser: PdfParser): PdfValue | undefined {
    const value = parser.next()
    if (!isDictionary(value)) return value
    const before = parser.at
    const word = parser.next()
    if (word instanceof PdfOperator && word.word === 'stream') return this.#streamAt(value, parser.at)
    parser.at = before
    return value
  }

  #streamAt(dictionary: PdfDictionary, keywordEnd: number): PdfStream {
    const bytes = this.#bytes
    let start = keywordEnd
    if (bytes[start] === 0x0d) start++
    if (bytes[start] === 0x0a) start++
    const length = dictionary.get('Length')
    if (typeof length === 'number' && length >= 0 && this.#endsAt(start + length))
      return new PdfStream(dictionary, bytes, start, start + length)
    const end = bytes.indexOf(STREAM_END, start)
    return new PdfStream(dictionary, bytes, start, end < 0 ? bytes.length : end)
  }

  /** Whether the keyword follows, behind the end of a line. */
  #endsAt(end: number): boolean {
    if (end > this.#bytes.length) return false
    const following = this.#bytes.toString('latin1', end, end + 2 + STREAM_END.length)
    return /^\r?\n?endstream/.test(following)
  }

  /** Objects within a stream (section 7.5.7): pairs of a number and a position, then the objects. */
  #addContained(stream: PdfStream): void {
    const bytes = this.decoded(stream)
    const first = numberOf(this.resolve(stream.dictionary.get('First')), 0)
    const count = Math.min(numberOf(this.resolve(stream.dictionary.get('N')), 0), limits.objects)
    const header = new PdfParser(bytes, 0, first, this.budget)
    for (let i = 0; i < count && this.#objects.size < limits.objects; i++) {
      const number = header.next()
      const at = header.next()
      if (typeof number !== 'number' || typeof at !== 'number' || at < 0) return
      const value = new PdfParser(bytes, first + at, bytes.length, this.budget).next()
      if (value !== undefined) this.#objects.set(number, value)
    }
  }

  #findTrailers(): void {
    const bytes = this.#bytes
    for (let at = bytes.indexOf(TRAILER); at >= 0; at = bytes.indexOf(TRAILER, at + TRAILER.length)) {
      const value = new PdfParser(bytes, at + TRAILER.length, bytes.length, this.budget).next()
      if (isDictionary(value)) this.trailers.push(value)
      if (value === undefined) return
    }
  }
}

const EMPTY: PdfDictionary = new Map()

/** The number in `12 0 obj` whose `obj` is at `at`; -1 where it is none, as in `endobj`. */
function objectNumber(bytes: Uint8Array, at: number): number {
  const generation = numberBefore(bytes, at)
  if (generation === at) return -1
  const number = numberBefore(bytes, generation)
  if (number === generation) return -1
  return Number.parseInt(Buffer.from(bytes.subarray(number, generation)).toString('latin1'), 10)
}

/** Where the digits begin that stand before white space before `at`; `at` where there are none. */
function numberBefore(bytes: Uint8Array, at: number): number {
  let end = at
  while (end > 0 && at - end < 8 && bytes[end - 1] <= 0x20) end--
  let start = end
  while (start > 0 && end - start < 10 && bytes[start - 1] >= 0x30 && bytes[start - 1] <= 0x39) start--
  return start === end || end === at ? at : start
}
