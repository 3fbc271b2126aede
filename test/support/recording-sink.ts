import type { Direction } from '../../src/model/direction.ts'
import { directionName } from '../../src/model/direction.ts'
import type { ContentStream, ProtocolSink } from '../../src/protocols/protocol.ts'

/** One thing that a parser handed on, as text, so that two runs can be compared. */
export interface Recorded {
  kind: 'content' | 'field' | 'anomaly' | 'resolved'
  direction?: string
  place?: string
  /** Format of a content, name of a field. */
  name: string
  text: string
  complete?: boolean
}

/** A sink for parser tests: writes down what it is given, streams as one content when they close. */
export class RecordingSink implements ProtocolSink {
  readonly events: Recorded[] = []

  content(
    direction: Direction,
    place: string,
    format: string,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.events.push({
      kind: 'content',
      direction: directionName(direction),
      place,
      name: format,
      text: text(bytes, start, end),
    })
  }

  field(
    direction: Direction,
    place: string,
    name: string,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.events.push({
      kind: 'field',
      direction: directionName(direction),
      place,
      name,
      text: text(bytes, start, end),
    })
  }

  open(direction: Direction, place: string, format: string): ContentStream {
    let whole = ''
    return {
      write: (bytes, start, end) => void (whole += text(bytes, start, end)),
      close: (complete) =>
        void this.events.push({
          kind: 'content',
          direction: directionName(direction),
          place,
          name: format,
          text: whole,
          complete,
        }),
    }
  }

  anomaly(code: string): void {
    this.events.push({ kind: 'anomaly', name: code, text: '' })
  }

  resolved(name: string, address: Uint8Array): void {
    this.events.push({ kind: 'resolved', name, text: Buffer.from(address).toString('hex') })
  }

  /** Shorthand for assertions: `place name=text`. */
  lines(): string[] {
    return this.events.map((event) => {
      if (event.kind === 'anomaly') return `! ${event.name}`
      return `${event.direction === 'to-client' ? '<' : '>'} ${event.place} ${event.name}=${event.text}`
    })
  }
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}
