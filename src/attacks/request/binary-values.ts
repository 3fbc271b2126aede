import { makeTracker } from '../../content/trackers.ts'
import { isValueReader, type RunSink, type ValueReader } from '../../content/value-reader.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import { limits } from '../limits.ts'
import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

/** Formats whose values have lengths and types beside them: none of it may be read as a part of a value. */
export type BinaryFormat = Extract<ContentFormat, 'grpc' | 'protobuf' | 'msgpack' | 'bson' | 'avro'>

/** Hands on the values of gRPC messages, protocol buffers, MessagePack, BSON and Avro; `1.3` names one that has but a number. */
export class BinaryValues implements RunSink {
  readonly #readers = new Map<BinaryFormat, ValueReader>()
  /** Of a value that comes in runs. */
  readonly #held = new Uint8Array(limits.windowBytes)
  #length = 0
  #reader: ValueReader | undefined
  #sink: ValueSink | undefined

  read(format: BinaryFormat, bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
    const reader = this.#readerOf(format)
    if (reader === undefined) return
    this.#reader = reader
    this.#sink = sink
    this.#length = 0
    reader.reset()
    reader.read(bytes, start, end, this)
    reader.end(this)
    this.#sink = undefined
  }

  value(bytes: Uint8Array, start: number, end: number, last: boolean): void {
    if (last && this.#length === 0) return this.#give(bytes, start, end)
    const taken = Math.min(end - start, this.#held.length - this.#length)
    this.#held.set(bytes.subarray(start, start + taken), this.#length)
    this.#length += taken
    if (!last && this.#length < this.#held.length) return
    const length = this.#length
    this.#length = 0
    this.#give(this.#held, 0, length)
    if (start + taken < end) this.value(bytes, start + taken, end, last)
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return
    this.#sink?.value('value', FieldName.of(this.#reader?.name() ?? ''), bytes, start, end)
  }

  #readerOf(format: BinaryFormat): ValueReader | undefined {
    const known = this.#readers.get(format)
    if (known !== undefined) return known
    const tracker = makeTracker(format)
    if (!isValueReader(tracker)) return undefined
    this.#readers.set(format, tracker)
    return tracker
  }
}
