/** Objects of PDF (ISO 32000-1 section 7.3). Strings are bytes: what they stand for depends on where they are used. */
export type PdfValue =
  | null
  | boolean
  | number
  | Uint8Array
  | PdfName
  | PdfReference
  | PdfOperator
  | PdfStream
  | readonly PdfValue[]
  | PdfDictionary

export type PdfDictionary = ReadonlyMap<string, PdfValue>

export class PdfName {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Of an indirect object; generations are none of our business. */
export class PdfReference {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}

/** A word that is no value: an operator of a content stream, `endobj`. */
export class PdfOperator {
  readonly word: string
  constructor(word: string) {
    this.word = word
  }
}

/** A stream, encoded as it lies in `bytes[start, end)`. */
export class PdfStream {
  readonly dictionary: PdfDictionary
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  constructor(dictionary: PdfDictionary, bytes: Uint8Array, start: number, end: number) {
    this.dictionary = dictionary
    this.bytes = bytes
    this.start = start
    this.end = end
  }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map
}

export function isArray(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value)
}

export function isString(value: PdfValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array
}

/** `''` for what is no name. */
export function nameOf(value: PdfValue | undefined): string {
  return value instanceof PdfName ? value.name : ''
}

/** The number, or what stands for it where there is none. */
export function numberOf(value: PdfValue | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
