import type { Direction } from '../../model/direction.ts'
import type { Place } from '../../model/records.ts'
import type { ContentFormat, ContentStream, ProtocolSink } from '../protocol.ts'

/** What is inspected as it comes, without being taken apart. Open from its first byte on. */
export class PlainStream {
  readonly #sink: ProtocolSink
  readonly #direction: Direction
  #stream: ContentStream | undefined

  constructor(sink: ProtocolSink, direction: Direction) {
    this.#sink = sink
    this.#direction = direction
  }

  get isOpen(): boolean {
    return this.#stream !== undefined
  }

  open(place: Place, format: ContentFormat): void {
    this.#stream ??= this.#sink.open(this.#direction, place, format)
  }

  /** Nothing where it is not open. */
  write(bytes: Uint8Array, start: number, end: number): void {
    this.#stream?.write(bytes, start, end)
  }

  close(complete: boolean): void {
    this.#stream?.close(complete)
    this.#stream = undefined
  }
}
