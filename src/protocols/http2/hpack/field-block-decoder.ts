import { limits } from '../limits.ts'
import { DynamicTable } from './dynamic-table.ts'
import { decodeHuffman } from './huffman.ts'
import { staticTable } from './static-table.ts'

/** Takes the fields of a block in order. */
export interface FieldTaker {
  /** A name in `bytes[0, nameEnd)`, its value in `bytes[nameEnd, end)`; valid during the call. */
  field(bytes: Uint8Array, nameEnd: number, end: number): void
  /** A field stands in the table by what was not seen: all of it, or its name. */
  unknownField(): void
  /** It takes no more: the block unfolds to more than is read. */
  readonly isFull: boolean
}

/** Why a block is not read on: `corrupt`, `too-large`. `table-too-large` is told of, and read on. */
export type BlockProblem = 'corrupt' | 'too-large' | 'table-too-large'

const INCOMPLETE = -1
const CORRUPT = -2

const INDEXED = 0x80
const INCREMENTAL = 0x40
const SIZE_UPDATE = 0x20
const HUFFMAN = 0x80

/** Names and values of one field: a block of `limits.blockBytes` in codes of five bits, and a name from a table. */
const FIELD = new Uint8Array(2 * limits.blockBytes + limits.tableBytes)
/** What a field is called the name of which stood in the table before it was read. */
const UNKNOWN_NAME = Buffer.from('unknown', 'latin1')

/** Decodes the field blocks of one direction, RFC 7541. */
export class FieldBlockDecoder {
  /** There may be entries of the table that were not seen. */
  isPartial = false
  problem: BlockProblem | undefined
  readonly #table = new DynamicTable()
  /** Behind the integer or the string that was just read. */
  #at = 0
  /** Length of the name at the beginning of `FIELD`. */
  #nameLength = 0

  /** What was in the table is not known any more: something was lost. */
  lose(): void {
    this.isPartial = true
    this.#table.clear()
  }

  /**
   * Reads representations as far as they are whole; returns the position behind them. At most `limits.blockBytes` may be given. Where
   * `problem` is `corrupt` or `too-large`, what follows cannot be read.
   */
  decode(bytes: Uint8Array, start: number, end: number, taker: FieldTaker): number {
    this.problem = undefined
    let i = start
    while (i < end) {
      const next = this.#representation(bytes, i, end, taker)
      if (next === CORRUPT || taker.isFull) {
        this.problem = next === CORRUPT ? 'corrupt' : 'too-large'
        this.lose()
        return i
      }
      if (next === INCOMPLETE) return i
      i = next
    }
    return i
  }

  #representation(bytes: Uint8Array, at: number, end: number, taker: FieldTaker): number {
    const c = bytes[at]
    if ((c & INDEXED) !== 0) return this.#indexed(bytes, at, end, taker)
    if ((c & INCREMENTAL) !== 0) return this.#literal(bytes, at, end, { bits: 6, taker })
    if ((c & SIZE_UPDATE) !== 0) return this.#sizeUpdate(bytes, at, end)
    return this.#literal(bytes, at, end, { bits: 4, taker })
  }

  /** Section 6.1. */
  #indexed(bytes: Uint8Array, at: number, end: number, taker: FieldTaker): number {
    const index = this.#integer(bytes, at, end, 7)
    if (index < 0) return index
    const length = this.#take(index, true)
    if (length === CORRUPT) return CORRUPT
    if (length === INCOMPLETE) taker.unknownField()
    else taker.field(FIELD, this.#nameLength, length)
    return this.#at
  }

  /** Section 6.2: with indexing where the prefix has six bits. */
  #literal(
    bytes: Uint8Array,
    at: number,
    end: number,
    { bits, taker }: { bits: 4 | 6; taker: FieldTaker },
  ): number {
    const index = this.#integer(bytes, at, end, bits)
    if (index < 0) return index
    const nameEnd = index === 0 ? this.#string(bytes, end, 0) : this.#take(index, false)
    if (nameEnd === CORRUPT || (nameEnd === INCOMPLETE && index === 0)) return nameEnd
    const isNamed = nameEnd !== INCOMPLETE
    if (!isNamed) FIELD.set(UNKNOWN_NAME)
    const nameLength = isNamed ? nameEnd : UNKNOWN_NAME.length
    const fieldEnd = this.#string(bytes, end, nameLength)
    if (fieldEnd < 0) return fieldEnd
    if (bits === 6) this.#table.add(FIELD, 0, nameLength, fieldEnd)
    if (!isNamed) taker.unknownField()
    taker.field(FIELD, nameLength, fieldEnd)
    return this.#at
  }

  /** Section 6.3. */
  #sizeUpdate(bytes: Uint8Array, at: number, end: number): number {
    const size = this.#integer(bytes, at, end, 5)
    if (size < 0) return size
    if (size > limits.tableBytes) {
      this.problem = 'table-too-large'
      this.isPartial = true
    }
    this.#table.resize(Math.min(size, limits.tableBytes))
    return this.#at
  }

  /**
   * Copies the name of a table's field to `FIELD`, and its value where `isWhole`; returns the length of both, `INCOMPLETE` where the
   * entry is one that was not seen.
   */
  #take(index: number, isWhole: boolean): number {
    if (index === 0) return CORRUPT
    if (index <= staticTable.length) {
      const { name, value } = staticTable[index - 1]
      FIELD.set(name)
      if (isWhole) FIELD.set(value, name.length)
      this.#nameLength = name.length
      return name.length + (isWhole ? value.length : 0)
    }
    const entry = index - staticTable.length - 1
    const table = this.#table
    if (entry >= table.count) return this.#mayHave(entry) ? INCOMPLETE : CORRUPT
    table.copyTo(FIELD, 0, entry, isWhole)
    this.#nameLength = table.nameLength(entry)
    return this.#nameLength + (isWhole ? table.valueLength(entry) : 0)
  }

  /** Whether an entry that was not seen may be there. */
  #mayHave(entry: number): boolean {
    return this.isPartial && entry < limits.tableBytes / limits.entryOverheadBytes
  }

  /** Section 5.1; moves `#at` behind it. */
  #integer(bytes: Uint8Array, at: number, end: number, bits: number): number {
    if (at >= end) return INCOMPLETE
    const mask = (1 << bits) - 1
    let value = bytes[at] & mask
    this.#at = at + 1
    if (value < mask) return value
    for (let octets = 0; octets < limits.integerOctets; octets++) {
      if (this.#at >= end) return INCOMPLETE
      const c = bytes[this.#at++]
      value += (c & 0x7f) * 2 ** (7 * octets)
      if ((c & 0x80) === 0) return value
    }
    return CORRUPT
  }

  /** Section 5.2: decodes a string to `FIELD` from `to` on, and returns its end there. */
  #string(bytes: Uint8Array, end: number, to: number): number {
    const first = this.#at
    const length = this.#integer(bytes, first, end, 7)
    if (length < 0) return length
    const start = this.#at
    if (length > end - start) return INCOMPLETE
    this.#at = start + length
    if ((bytes[first] & HUFFMAN) !== 0) {
      const decoded = decodeHuffman(bytes, { start, end: this.#at }, FIELD, to)
      return decoded < 0 ? CORRUPT : decoded
    }
    FIELD.set(bytes.subarray(start, this.#at), to)
    return to + length
  }
}
