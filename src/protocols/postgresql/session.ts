import { Direction } from '../../model/direction.ts'
import type { PostgresDetails } from '../../model/records.ts'
import type { ProtocolSink } from '../protocol.ts'
import { CopyContent } from './copy-content.ts'
import { Cursor } from './cursor.ts'
import { Dialogue } from './dialogue.ts'
import { Statements } from './statements.ts'
import type { TextRun } from './value-text.ts'
import { ValueText } from './value-text.ts'

/** What both sides of a connection share. */
export class Session {
  readonly sink: ProtocolSink
  readonly details: PostgresDetails = { statements: 0, rows: 0, errors: 0 }
  readonly statements = new Statements()
  readonly dialogue: Dialogue
  readonly copyIn: CopyContent
  readonly copyOut: CopyContent
  readonly cursor = new Cursor()
  readonly values = new ValueText()
  readonly run: TextRun = { bytes: new Uint8Array(0), start: 0, end: 0 }

  constructor(sink: ProtocolSink) {
    this.sink = sink
    this.dialogue = new Dialogue(this.statements, (code) => sink.anomaly(code))
    this.copyIn = new CopyContent(sink, Direction.toServer)
    this.copyOut = new CopyContent(sink, Direction.toClient)
  }
}
