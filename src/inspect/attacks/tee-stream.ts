import type { ContentStream } from '../../protocols/protocol.ts'

/** Hands a content on to two. */
export class TeeStream implements ContentStream {
  readonly #first: ContentStream
  readonly #second: ContentStream

  constructor(first: ContentStream, second: ContentStream) {
    this.#first = first
    this.#second = second
  }

  write(bytes: Uint8Array, start: number, end: number, isLast?: boolean): void {
    this.#first.write(bytes, start, end, isLast)
    this.#second.write(bytes, start, end, isLast)
  }

  close(complete: boolean): void {
    this.#first.close(complete)
    this.#second.close(complete)
  }
}
