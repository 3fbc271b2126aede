import type { Direction } from '../../model/direction.ts'
import type { PostgresDetails } from '../../model/records.ts'
import type { ContentStream, ProtocolSink } from '../protocol.ts'
import { Cursor } from './cursor.ts'
import { Statements } from './statements.ts'
import type { TextRun } from './value-text.ts'
import { ValueText } from './value-text.ts'

/** What both sides of a connection share. */
export class Session {
  readonly sink: ProtocolSink
  readonly details: PostgresDetails = { statements: 0, rows: 0, errors: 0 }
  readonly statements = new Statements()
  readonly cursor = new Cursor()
  readonly values = new ValueText()
  readonly run: TextRun = { bytes: new Uint8Array(0), start: 0, end: 0 }
  /** Column names of a COPY, from its statement; `[]` where it names none. */
  copyColumns: string[] = []
  lost = false
  readonly #streams: [ContentStream | undefined, ContentStream | undefined] = [undefined, undefined]

  constructor(sink: ProtocolSink) {
    this.sink = sink
  }

  lose(code: string): void {
    this.lost = true
    this.sink.anomaly(code)
    this.end()
  }

  /** The stream of a direction for COPY rows and for messages too long to take apart. */
  stream(direction: Direction, open: () => ContentStream): ContentStream {
    return (this.#streams[direction] ??= open())
  }

  closeStream(direction: Direction, complete: boolean): void {
    this.#streams[direction]?.close(complete)
    this.#streams[direction] = undefined
  }

  end(): void {
    this.closeStream(0, false)
    this.closeStream(1, false)
  }
}
