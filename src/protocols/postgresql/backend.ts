import { Direction } from '../../model/direction.ts'
import { Anomaly } from './anomalies.ts'
import { columnsOf, type Columns, type Formats } from './columns.ts'
import { limits } from './limits.ts'
import type { MessageHandler } from './message-reader.ts'
import { Server } from './message-types.ts'
import { noticeField } from './notice-fields.ts'
import { PlainStream } from './plain-stream.ts'
import { Request } from './requests.ts'
import type { Session } from './session.ts'

const direction = Direction.toClient

/** Authentication requests whose answer crosses readable, or as good as. */
const CLEARTEXT_PASSWORD = 3
const MD5_PASSWORD = 5

/** Byte in front of an error's SQLSTATE. */
const SQLSTATE = 0x43

/** Class 28, invalid authorization specification (documentation, appendix A). */
function isRefusal(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 5 && bytes[start] === 0x32 && bytes[start + 1] === 0x38
}

/** What a server answers: result rows, COPY data and the details of errors are content. */
export class Backend implements MessageHandler {
  readonly #session: Session
  readonly #long: PlainStream
  readonly #strays: PlainStream

  constructor(session: Session) {
    this.#session = session
    this.#long = new PlainStream(session.sink, direction)
    this.#strays = new PlainStream(session.sink, direction)
  }

  message(type: number, bytes: Uint8Array, start: number, end: number): void {
    const { cursor, dialogue } = this.#session
    cursor.begin(bytes, start, end)
    if (type === Server.dataRow) this.#row()
    else if (type === Server.bindComplete) dialogue.done(Request.bind)
    else if (type === Server.commandComplete) this.#complete()
    else if (type === Server.ready) dialogue.ready()
    else if (type === Server.rowDescription) dialogue.described(this.#columns(bytes, start, end))
    else if (!this.#answer(type)) this.#rare(type)
    if (cursor.failed) this.anomaly(Anomaly.malformedMessage)
  }

  /** False for messages that answer nothing. */
  #answer(type: number): boolean {
    const { dialogue } = this.#session
    if (type === Server.parseComplete) dialogue.done(Request.parse)
    else if (type === Server.closeComplete) dialogue.done(Request.close)
    else if (type === Server.noData) dialogue.described(undefined)
    else if (type === Server.parameterDescription) dialogue.parametersDescribed(this.#parameterTypes())
    else if (type === Server.portalSuspended || type === Server.emptyQuery) dialogue.completed()
    else if (type === Server.functionResult) this.#functionResult()
    else return false
    return true
  }

  #rare(type: number): void {
    const { details, cursor, copyOut } = this.#session
    if (type === Server.error) this.#error()
    else if (type === Server.notice) this.#fields()
    else if (type === Server.notification) this.#notification()
    else if (type === Server.authentication) this.#authentication(cursor.int32())
    else if (type === Server.parameterStatus) this.#parameterStatus()
    else if (type === Server.copyDone) copyOut.end(true)
    else if (type === Server.copyOut || type === Server.copyIn || type === Server.copyBoth) {
      details.copies = (details.copies ?? 0) + 1
      this.#copying(type)
    }
  }

  part(type: number, bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    if (type === Server.copyData) {
      this.#session.copyOut.data(bytes, start, end, isLast)
      return
    }
    if (!this.#long.isOpen) this.#beginLong(type)
    this.#long.write(bytes, start, end)
    if (isLast) this.#long.close(true)
  }

  lost(): void {
    this.brokenOff()
    this.#session.dialogue.lose()
  }

  brokenOff(): void {
    this.#long.close(false)
    this.#session.copyOut.end(false)
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

  #beginLong(type: number): void {
    const { details, dialogue } = this.#session
    if (type === Server.dataRow) {
      this.#long.open('sql.column', 'text')
      details.rows++
      dialogue.columns(0)
    } else if (type === Server.functionResult) {
      this.#long.open('sql.column', 'text')
      dialogue.returned()
    } else if (type === Server.error || type === Server.notice || type === Server.notification) {
      this.#long.open('sql.error', 'text')
      if (type === Server.error) this.#fail()
    } else {
      this.#long.open('payload', 'text')
      if (type === Server.rowDescription) dialogue.described(undefined)
      else dialogue.lose()
    }
  }

  #columns(bytes: Uint8Array, start: number, end: number): Columns | undefined {
    const columns = columnsOf(bytes, start, end)
    if (columns === undefined) this.anomaly(Anomaly.malformedMessage)
    return columns
  }

  #row(): void {
    const { sink, details } = this.#session
    details.rows++
    sink.beginRecord?.(direction)
    this.#values()
    sink.endRecord?.()
  }

  #values(): void {
    const { cursor, run, values, sink, dialogue } = this.#session
    const count = cursor.int16()
    const columns = dialogue.columns(count)
    const formats = dialogue.formats()
    for (let i = 0; i < count; i++) {
      const length = cursor.int32()
      const at = cursor.at
      if (length > 0) cursor.skip(length)
      if (cursor.failed) return
      if (length <= 0) continue
      run.bytes = cursor.bytes
      run.start = at
      run.end = at + length
      if (isBinary(columns, formats, i) && !values.of(columns?.types[i] ?? 0, run)) continue
      sink.field(direction, 'sql.column', columns?.names[i] ?? '', run.bytes, run.start, run.end)
    }
  }

  #complete(): void {
    const { cursor, dialogue, statements } = this.#session
    dialogue.completed()
    // What a name stands for may be another statement from here on.
    if (endsStatements(cursor.bytes, cursor.at, cursor.end)) statements.forgetAll()
  }

  #parameterTypes(): number[] {
    const { cursor } = this.#session
    const types: number[] = []
    const count = Math.min(cursor.int16(), limits.columns)
    for (let i = 0; i < count && !cursor.failed; i++) types.push(cursor.int32())
    return types
  }

  #functionResult(): void {
    const { cursor, dialogue, sink } = this.#session
    dialogue.returned()
    const length = cursor.int32()
    const { at } = cursor
    if (length > 0) cursor.skip(length)
    if (length > 0 && !cursor.failed) sink.field(direction, 'sql.column', '', cursor.bytes, at, cursor.at)
  }

  #copying(type: number): void {
    const { dialogue, copyIn, copyOut } = this.#session
    const form = dialogue.copying(type === Server.copyIn)
    if (type === Server.copyOut) copyOut.expect(form)
    else if (type === Server.copyBoth) {
      copyIn.expectMessages()
      copyOut.expectMessages()
    }
  }

  #error(): void {
    this.#fail()
    this.#fields()
  }

  #fail(): void {
    const { details, dialogue, copyOut } = this.#session
    details.errors++
    dialogue.failed()
    copyOut.end(false)
  }

  /** Fields behind a byte each that says what they are (documentation, 55.8); a zero byte ends them. */
  #fields(): void {
    const { cursor, sink } = this.#session
    for (let code = cursor.int8(); code !== 0; code = cursor.int8()) {
      const start = cursor.at
      const end = cursor.stringEnd()
      sink.field(direction, 'sql.error', noticeField(code), cursor.bytes, start, end)
      if (code === SQLSTATE && isRefusal(cursor.bytes, start, end)) sink.event?.('postgresql-login-refused')
    }
  }

  #notification(): void {
    const { cursor, sink } = this.#session
    cursor.skip(4)
    const channel = cursor.at
    sink.field(direction, 'sql.error', 'channel', cursor.bytes, channel, cursor.stringEnd())
    const payload = cursor.at
    sink.field(direction, 'sql.error', 'payload', cursor.bytes, payload, cursor.stringEnd())
  }

  /** Passwords themselves are never handed on; that one crosses readable is what matters. */
  #authentication(method: number): void {
    if (method === CLEARTEXT_PASSWORD) this.anomaly(Anomaly.cleartextPassword)
    else if (method === MD5_PASSWORD) this.anomaly(Anomaly.md5Password)
  }

  #parameterStatus(): void {
    const { cursor, details } = this.#session
    const name = cursor.string(limits.nameChars)
    if (name === 'server_version') details.serverVersion = cursor.string(limits.nameChars)
  }
}

function isBinary(columns: Columns | undefined, formats: Formats | undefined, index: number): boolean {
  if (formats === undefined) return columns?.formats[index] === 1
  return formats[formats.length === 1 ? 0 : index] === 1
}

/** Tags of `DEALLOCATE`, `DEALLOCATE ALL` and `DISCARD ALL`, by what is not shared with another command. */
function endsStatements(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 3 || bytes[start] !== 0x44) return false
  return (bytes[start + 1] === 0x45 && bytes[start + 2] === 0x41) || isDiscardAll(bytes, start, end)
}

function isDiscardAll(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 11 && bytes[start + 2] === 0x53 && bytes[start + 8] === 0x41
}
