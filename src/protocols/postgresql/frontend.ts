import { Direction } from '../../model/direction.ts'
import { Anomaly } from './anomalies.ts'
import type { Formats } from './columns.ts'
import { limits } from './limits.ts'
import type { MessageHandler } from './message-reader.ts'
import { Client } from './message-types.ts'
import { PlainStream } from './plain-stream.ts'
import { parameterNames } from './position-names.ts'
import { Request } from './requests.ts'
import type { Session } from './session.ts'
import { copyStatement, prepare, sameFormats, STATEMENT, type Statement } from './statements.ts'

const direction = Direction.toServer
const NO_TYPES: readonly number[] = []

/** What a client asks: SQL text and parameters are content, the rest keeps requests and answers in step. */
export class Frontend implements MessageHandler {
  readonly #session: Session
  readonly #long: PlainStream
  readonly #strays: PlainStream

  constructor(session: Session) {
    this.#session = session
    this.#long = new PlainStream(session.sink, direction)
    this.#strays = new PlainStream(session.sink, direction)
  }

  message(type: number, bytes: Uint8Array, start: number, end: number): void {
    const { cursor } = this.#session
    cursor.begin(bytes, start, end)
    if (type === Client.bind) this.#bind()
    else if (type === Client.execute) this.#execute(cursor.name())
    else if (type === Client.query) this.#query(bytes, start, end)
    else if (type === Client.parse) this.#parse(bytes)
    else this.#rare(type)
    if (cursor.failed) this.anomaly(Anomaly.malformedMessage)
  }

  #rare(type: number): void {
    const { cursor, dialogue, copyIn } = this.#session
    if (type === Client.sync) dialogue.request(Request.sync)
    else if (type === Client.describe) this.#describe(cursor.int8(), cursor.name())
    else if (type === Client.close) this.#close(cursor.int8(), cursor.name())
    else if (type === Client.functionCall) this.#functionCall()
    else if (type === Client.copyDone || type === Client.copyFail) {
      dialogue.copied()
      copyIn.end(type === Client.copyDone)
    }
  }

  part(type: number, bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    if (type === Client.copyData) {
      this.#session.copyIn.data(bytes, start, end, isLast)
    } else if (type !== Client.password) {
      if (!this.#long.isOpen) this.#beginLong(type)
      this.#long.write(bytes, start, end)
      if (isLast) this.#long.close(true)
    }
  }

  lost(): void {
    this.brokenOff()
    this.#session.dialogue.lose()
    // What was lost may have given names to other statements.
    this.#session.statements.forgetAll()
  }

  brokenOff(): void {
    this.#long.close(false)
    this.#session.copyIn.end(false)
  }

  stray(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return
    this.#strays.open('payload', 'text')
    this.#strays.write(bytes, start, end)
  }

  endStrays(): void {
    this.#strays.close(false)
  }

  anomaly(code: string): void {
    this.#session.sink.anomaly(code)
  }

  /** Names within a message that is not put together are not known. */
  #beginLong(type: number): void {
    const { dialogue, statements, details, copyIn } = this.#session
    this.#long.open(
      type === Client.query || type === Client.parse ? 'sql.text' : 'sql.parameter',
      type === Client.query || type === Client.parse ? 'sql' : 'text',
    )
    if (type === Client.query || type === Client.bind) details.statements++
    if (type === Client.query) {
      dialogue.request(Request.query)
      copyIn.expect(undefined)
    } else if (type === Client.bind) {
      statements.forgetPortals()
      dialogue.request(Request.bind)
    } else if (type === Client.parse) {
      statements.forgetAll()
      dialogue.request(Request.parse)
    } else if (type === Client.functionCall) dialogue.request(Request.functionCall)
    else {
      statements.forgetAll()
      dialogue.lose()
    }
  }

  #query(bytes: Uint8Array, start: number, end: number): void {
    const { sink, details, dialogue, copyIn } = this.#session
    const textEnd = end > start && bytes[end - 1] === 0 ? end - 1 : end
    const copy = copyStatement(bytes, start, textEnd)
    details.statements++
    dialogue.request(Request.query, copy)
    copyIn.expect(copy?.text.copy)
    sink.content(direction, 'sql.text', 'sql', bytes, start, textEnd)
  }

  #parse(bytes: Uint8Array): void {
    const { cursor, statements, sink, dialogue } = this.#session
    const name = cursor.name()
    const textStart = cursor.at
    const textEnd = cursor.stringEnd()
    const statement = prepare(name, bytes, textStart, textEnd, this.#parameterTypes())
    if (!statements.parse(statement, dialogue.isInStep)) this.anomaly(Anomaly.statementMemory)
    dialogue.request(Request.parse, statement)
    sink.content(direction, 'sql.text', 'sql', bytes, textStart, textEnd)
  }

  #parameterTypes(): readonly number[] {
    const { cursor } = this.#session
    const count = Math.min(cursor.int16(), limits.columns)
    if (count === 0) return NO_TYPES
    const types: number[] = []
    for (let i = 0; i < count && !cursor.failed; i++) types.push(cursor.int32())
    return types
  }

  #bind(): void {
    const { cursor, statements, details, dialogue } = this.#session
    const portal = cursor.name()
    const statement = statements.bind(portal, cursor.name())
    details.statements++
    dialogue.request(Request.bind)
    this.#values(statement)
    statements.setFormats(portal, this.#resultFormats())
  }

  #execute(portal: string | undefined): void {
    const { statements, dialogue, copyIn } = this.#session
    const statement = statements.ofPortal(portal)
    dialogue.request(Request.execute, statement, statements.formats(portal), portal)
    copyIn.expect(statement?.text.copy)
  }

  #describe(kind: number, name: string | undefined): void {
    const { statements, dialogue } = this.#session
    if (kind === STATEMENT) dialogue.request(Request.describeStatement, statements.named(name))
    else dialogue.request(Request.describePortal, statements.ofPortal(name), undefined, name)
  }

  #close(kind: number, name: string | undefined): void {
    this.#session.statements.close(kind, name)
    this.#session.dialogue.request(Request.close)
  }

  /** The fast path of libpq's large objects: their data are arguments. */
  #functionCall(): void {
    const { cursor, dialogue } = this.#session
    dialogue.request(Request.functionCall)
    cursor.skip(4)
    this.#values(undefined)
  }

  /** Format codes, and the parameters that they are for: no code means text for all, one holds for all, else one each. */
  #values(statement: Statement | undefined): void {
    const { sink } = this.#session
    sink.beginRecord?.(direction)
    this.#record(statement)
    sink.endRecord?.()
  }

  #record(statement: Statement | undefined): void {
    const { cursor } = this.#session
    const formats = cursor.int16()
    const formatsAt = cursor.at
    cursor.skip(formats * 2)
    const count = cursor.int16()
    for (let i = 0; i < count && !cursor.failed; i++) {
      const length = cursor.int32()
      const at = cursor.at
      if (length <= 0) continue
      cursor.skip(length)
      if (cursor.failed) return
      const code = formats === 0 ? -1 : formatsAt + (formats === 1 ? 0 : Math.min(i, formats - 1) * 2)
      this.#parameter(statement, i, code >= 0 && cursor.bytes[code + 1] === 1, at)
    }
  }

  /** The value that the cursor has just passed. */
  #parameter(statement: Statement | undefined, index: number, isBinary: boolean, at: number): void {
    const { cursor, run, values, sink } = this.#session
    run.bytes = cursor.bytes
    run.start = at
    run.end = cursor.at
    if (isBinary && !values.of(statement?.parameterTypes[index] ?? 0, run)) return
    const name = statement?.text.parameters[index] ?? parameterNames.at(index)
    sink.field(direction, 'sql.parameter', name, run.bytes, run.start, run.end)
  }

  /** Formats that the client wants for the columns: they hold even where the description says text. */
  #resultFormats(): Formats {
    const { cursor } = this.#session
    const count = Math.min(cursor.int16(), limits.columns)
    const first = count > 0 ? cursor.int16() : 0
    const at = cursor.at
    let isMixed = false
    for (let i = 1; i < count && !cursor.failed; i++) if (cursor.int16() !== first) isMixed = true
    if (!isMixed || cursor.failed) return sameFormats(first)
    const formats = [first]
    for (let i = 0; i < count - 1; i++) formats.push(cursor.bytes[at + 2 * i + 1])
    return formats
  }
}
