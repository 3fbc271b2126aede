import { utf8 } from '../lib/bytes.ts'
import type { AvroType } from './avro-schema.ts'
import { avroSchema, isEmpty } from './avro-schema.ts'
import { DecimalText } from './decimal-text.ts'
import { FieldPath } from './field-path.ts'
import type { FieldTracker } from './field-tracker.ts'
import { limits } from './limits.ts'
import type { RunSink, ValueReader } from './value-reader.ts'
import { endValue } from './value-reader.ts'

const State = {
  // In a number of variable length.
  entries: 0,
  entriesBytes: 1,
  keyLength: 2,
  entryLength: 3,
  objects: 4,
  blockBytes: 5,
  integer: 6,
  enum: 7,
  branch: 8,
  length: 9,
  items: 10,
  itemsBytes: 11,
  itemKeyLength: 12,
  // In bytes of a known number.
  magic: 13,
  key: 14,
  entry: 15,
  sync: 16,
  fixed: 17,
  text: 18,
  itemKey: 19,
  /** No Avro, compressed, or nested too deep. */
  lost: 20,
} as const

const lastNumber = State.itemKeyLength

const MAGIC = Buffer.from('Obj\x01')
const syncBytes = 16
const longestNumber = 10

/** A record, list or map that is open. */
interface Level {
  type: AvroType & { kind: 'record' | 'list' | 'map' }
  /** Next field of a record. */
  next: number
  /** Items to come of the block at hand of a list or map. */
  left: number
}

/**
 * Object container files of Avro (specification 1.12), in which the schema travels. Fields are named as in JSON, a map's keys are
 * values of the map, too. What is compressed is handed on as it is.
 */
export class AvroTracker implements FieldTracker, ValueReader {
  readonly #path = new FieldPath()
  readonly #levels: Level[] = []
  readonly #decimal = new DecimalText()
  #state: number = State.magic
  /** Bytes to come of what has a known number, and the number so far of what has not. */
  #needed = MAGIC.length
  #number = 0
  /** Of the bits of the next byte. */
  #scale = 0.5
  #isNegative = false
  #numberBytes = 0
  #entries = 0
  #key = ''
  #entry: Uint8Array = new Uint8Array(0)
  #entryLength = 0
  #schema: AvroType | undefined
  #isCompressed = false
  #objects = 0
  #union: AvroType[] = []
  #sink: RunSink | undefined

  reset(): void {
    this.#path.clear()
    this.#levels.length = 0
    this.#schema = undefined
    this.#isCompressed = false
    this.#key = ''
    this.#beginBytes(State.magic, MAGIC.length)
  }

  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void {
    this.#sink = sink
    let i = start
    while (i < end) {
      if (this.#state <= lastNumber) this.#inNumber(bytes[i++])
      else if (this.#state === State.magic) i = this.#inMagic(bytes, i)
      else if (this.#state === State.lost) {
        sink?.value(bytes, i, end, false)
        i = end
      } else i = this.#inBytes(bytes, i, end)
    }
    this.#sink = undefined
  }

  end(sink?: RunSink): void {
    const { text, itemKey, lost } = State
    const isOpen = [text, itemKey, lost].some((state) => state === this.#state) || this.#isInOwnEntry()
    if (isOpen) endValue(sink)
    this.reset()
  }

  /** Takes one byte, unless the content begins otherwise: then it is no Avro. */
  #inMagic(bytes: Uint8Array, at: number): number {
    const known = MAGIC.length - this.#needed
    if (bytes[at] === MAGIC[known]) {
      if (--this.#needed === 0) this.#beginNumber(State.entries)
      return at + 1
    }
    if (known > 0) this.#sink?.value(MAGIC, 0, known, false)
    this.#lose()
    return at
  }

  #beginNumber(state: number): void {
    this.#state = state
    this.#number = 0
    this.#scale = 0.5
    this.#numberBytes = 0
  }

  /** Seven bits a byte, the lowest first; the lowest of all is the sign. */
  #inNumber(c: number): void {
    if (this.#numberBytes === 0) this.#isNegative = (c & 1) === 1
    // Without the sign, numbers are exact up to 2^53.
    this.#number += this.#numberBytes === 0 ? (c & 0x7f) >> 1 : (c & 0x7f) * this.#scale
    this.#scale *= 128
    if (c < 0x80) this.#endNumber(this.#isNegative ? -1 - this.#number : this.#number)
    else if (++this.#numberBytes === longestNumber) this.#lose()
  }

  #endNumber(value: number): void {
    const state = this.#state
    if (state <= State.blockBytes) this.#endHeaderNumber(value)
    else if (state === State.branch) {
      const branch = this.#union[value]
      if (branch === undefined) this.#lose()
      else this.#begin(branch)
    } else if (state === State.items) this.#beginItems(value)
    else if (state === State.itemsBytes) this.#next()
    else if (state === State.length || state === State.itemKeyLength) {
      if (state === State.itemKeyLength) this.#path.beginName()
      this.#beginBytes(state === State.length ? State.text : State.itemKey, value)
    } else {
      if (state === State.integer) this.#decimal.handOn(value, this.#sink)
      this.#next()
    }
  }

  #endHeaderNumber(value: number): void {
    const state = this.#state
    if (state === State.entries) {
      this.#entries = Math.abs(value)
      if (value === 0) this.#endMetadata()
      else this.#beginNumber(value < 0 ? State.entriesBytes : State.keyLength)
    } else if (state === State.entriesBytes) this.#beginNumber(State.keyLength)
    else if (state === State.keyLength) this.#beginEntryPart(State.key, value, limits.nameBytes)
    else if (state === State.entryLength) this.#beginEntryPart(State.entry, value, limits.avroSchemaBytes)
    else if (state === State.objects) {
      this.#objects = value
      this.#beginNumber(State.blockBytes)
    } else if (this.#schema === undefined || this.#isCompressed || value < 0) this.#lose()
    else this.#endObject()
  }

  /** A key, or its entry, of the metadata; of what is longer than is kept, nothing is. */
  #beginEntryPart(state: number, length: number, most: number): void {
    this.#entry = new Uint8Array(length > 0 && length <= most ? length : 0)
    this.#entryLength = 0
    this.#beginBytes(state, length)
  }

  #beginBytes(state: number, length: number): void {
    this.#state = state
    this.#needed = length
    if (length < 0) this.#lose()
    else if (length === 0) this.#endBytes()
  }

  #inBytes(bytes: Uint8Array, start: number, end: number): number {
    const to = Math.min(end, start + this.#needed)
    this.#needed -= to - start
    const isLast = this.#needed === 0
    const state = this.#state
    const isValue = state === State.text || state === State.itemKey || this.#isInOwnEntry()
    if (isValue) this.#sink?.value(bytes, start, to, isLast)
    if (state === State.itemKey) this.#path.appendToName(bytes, start, to)
    else if (state === State.key || state === State.entry) this.#keepEntry(bytes, start, to)
    if (isLast) this.#endBytes()
    return to
  }

  /** In metadata that whoever wrote the file added. */
  #isInOwnEntry(): boolean {
    return this.#state === State.entry && !this.#key.startsWith('avro.')
  }

  #keepEntry(bytes: Uint8Array, start: number, end: number): void {
    if (this.#entry.length === 0) return
    Buffer.prototype.copy.call(bytes, this.#entry, this.#entryLength, start, end)
    this.#entryLength += end - start
  }

  #endBytes(): void {
    const state = this.#state
    if (state === State.key) {
      this.#key = utf8(this.#entry, 0, this.#entryLength)
      this.#beginNumber(State.entryLength)
    } else if (state === State.entry) this.#endEntry()
    else if (state === State.sync) this.#beginNumber(State.objects)
    else if (state === State.itemKey) {
      this.#path.endName()
      this.#beginItem()
    } else this.#next()
  }

  #endEntry(): void {
    const value = utf8(this.#entry, 0, this.#entryLength)
    if (this.#key === 'avro.schema') this.#schema = avroSchema(value)
    else if (this.#key === 'avro.codec') this.#isCompressed = value !== 'null'
    this.#entry = new Uint8Array(0)
    this.#beginNumber(--this.#entries > 0 ? State.keyLength : State.entries)
  }

  #endMetadata(): void {
    if (this.#schema === undefined) this.#lose()
    else this.#beginBytes(State.sync, syncBytes)
  }

  /** Between two objects of a block, or behind its last. */
  #endObject(): void {
    if (this.#schema === undefined || this.#objects-- <= 0 || isEmpty(this.#schema)) {
      this.#beginBytes(State.sync, syncBytes)
    } else this.#begin(this.#schema)
  }

  /** Begins a value. None that takes no bytes gets here but those of unions: what a byte leads to is bounded by depth. */
  #begin(type: AvroType): void {
    if (type.kind === 'empty') this.#next()
    else if (type.kind === 'fixed') this.#beginBytes(State.fixed, type.bytes)
    else if (type.kind === 'text') this.#beginBytes(State.text, type.bytes)
    else if (type.kind === 'bytes') this.#beginNumber(State.length)
    else if (type.kind === 'integer') this.#beginNumber(State.integer)
    else if (type.kind === 'enum') this.#beginNumber(State.enum)
    else if (type.kind === 'union') {
      this.#union = type.branches
      this.#beginNumber(State.branch)
    } else this.#enter(type)
  }

  #enter(type: Level['type']): void {
    if (this.#levels.length === limits.depth) {
      this.#lose()
      return
    }
    this.#levels.push({ type, next: 0, left: 0 })
    this.#path.enter(type.kind === 'list')
    if (type.kind === 'record') this.#next()
    else this.#beginNumber(State.items)
  }

  #leave(): void {
    this.#levels.pop()
    this.#path.leave()
  }

  /** A value is complete: goes on to the next one. */
  #next(): void {
    let level = this.#levels.at(-1)
    while (level?.type.kind === 'record' && level.next === level.type.fields.length) {
      this.#leave()
      level = this.#levels.at(-1)
    }
    if (level === undefined) this.#endObject()
    else if (level.type.kind === 'record') {
      const field = level.type.fields[level.next++]
      this.#path.beginName()
      this.#path.appendToName(field.name, 0, field.name.length)
      this.#path.endName()
      this.#begin(field.type)
    } else if (level.left === 0) this.#beginNumber(State.items)
    else {
      level.left--
      if (level.type.kind === 'map') this.#beginNumber(State.itemKeyLength)
      else this.#begin(level.type.item)
    }
  }

  /** A block of a list or map; a number below zero is followed by the bytes of the block. */
  #beginItems(count: number): void {
    const level = this.#levels.at(-1)
    if (level === undefined || level.type.kind === 'record') return
    if (count === 0) {
      this.#leave()
      this.#next()
      return
    }
    level.left = level.type.kind === 'list' && isEmpty(level.type.item) ? 0 : Math.abs(count)
    if (count < 0) this.#beginNumber(State.itemsBytes)
    else this.#next()
  }

  #beginItem(): void {
    const level = this.#levels.at(-1)
    if (level?.type.kind === 'map') this.#begin(level.type.item)
  }

  #lose(): void {
    this.#path.clear()
    this.#levels.length = 0
    this.#state = State.lost
  }

  record(): number {
    return this.#path.record()
  }

  isInRecord(record: number): boolean {
    return this.#path.isInRecord(record)
  }

  name(): string {
    return this.field()
  }

  field(): string {
    return this.#schema === undefined || this.#state === State.lost ? '' : this.#path.text()
  }
}
