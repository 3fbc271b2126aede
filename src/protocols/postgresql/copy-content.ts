import type { CopyForm } from '../../content/copy-statement.ts'
import type { Direction } from '../../model/direction.ts'
import type { ContentStream, ProtocolSink } from '../protocol.ts'
import { BINARY_SIGNATURE, CopyBinary } from './copy-binary.ts'
import { CopyText } from './copy-text.ts'

const State = { idle: 0, signature: 1, text: 2, raw: 3, binary: 4, messages: 5 } as const

/**
 * The data of COPY in one direction, a content for each COPY. Binary data tell themselves by their signature, which no
 * text can hold; whether other data are text or CSV only the statement tells, and where that is not known they are
 * inspected without columns.
 */
export class CopyContent {
  readonly #sink: ProtocolSink
  readonly #direction: Direction
  #form: CopyForm | undefined
  #state: number = State.idle
  /** Bytes of the signature that came. */
  #matched = 0
  #stream: ContentStream | undefined
  readonly #text = new CopyText()
  #binary: CopyBinary | undefined

  constructor(sink: ProtocolSink, direction: Direction) {
    this.#sink = sink
    this.#direction = direction
  }

  /** The next data will be of this form, as far as it is known; they have not begun. */
  expect(form: CopyForm | undefined): void {
    this.end(false)
    this.#form = form
  }

  /** The data are messages of their own, as in replication, not a table. */
  expectMessages(): void {
    this.end(false)
    this.#state = State.messages
  }

  /** A part of a message; `isLast` when it ends with it. */
  data(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    let at = start
    if (this.#state === State.idle) this.#begin()
    if (this.#state === State.signature) at = this.#readSignature(bytes, start, end)
    this.#write(bytes, at, end)
    if (isLast && this.#state === State.messages) this.#close(true)
  }

  /** The data have ended; `complete` is false when they were broken off. */
  end(complete: boolean): void {
    if (this.#state === State.signature && this.#matched > 0) this.#refuteSignature()
    if (this.#state === State.text && this.#stream !== undefined) this.#text.end(this.#stream)
    this.#binary?.end()
    this.#close(complete)
    this.#state = State.idle
    this.#form = undefined
  }

  #begin(): void {
    this.#state = State.signature
    this.#matched = 0
  }

  #readSignature(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.#matched < BINARY_SIGNATURE.length) {
      if (bytes[at] !== BINARY_SIGNATURE[this.#matched]) {
        this.#refuteSignature()
        return at
      }
      this.#matched++
      at++
    }
    if (this.#matched === BINARY_SIGNATURE.length) {
      this.#state = State.binary
      this.#binary ??= new CopyBinary(this.#sink, this.#direction)
      this.#binary.begin(this.#form?.table.columns ?? [])
    }
    return at
  }

  /** What looked like the signature's beginning is data. */
  #refuteSignature(): void {
    this.#state = this.#form?.format === 'text' ? State.text : State.raw
    this.#text.begin(this.#form?.table.separator ?? 0)
    this.#write(BINARY_SIGNATURE, 0, this.#matched)
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    if (start === end || this.#state === State.signature) return
    if (this.#state === State.binary) {
      this.#binary?.read(bytes, start, end)
      return
    }
    const stream = (this.#stream ??= this.#open())
    if (this.#state === State.text) this.#text.read(bytes, start, end, stream)
    else stream.write(bytes, start, end)
  }

  #open(): ContentStream {
    const format = this.#form?.format ?? 'binary'
    if (this.#form === undefined || format === 'binary')
      return this.#sink.open(this.#direction, 'sql.column', 'text')
    const { table } = this.#form
    return this.#sink.open(this.#direction, 'sql.column', format === 'csv' ? 'csv' : 'tsv', { table })
  }

  #close(complete: boolean): void {
    this.#stream?.close(complete)
    this.#stream = undefined
  }
}
