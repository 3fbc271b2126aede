import { Direction } from '../../model/direction.ts'
import { limits } from './limits.ts'
import type { MessageHandler } from './message-reader.ts'
import type { Session } from './session.ts'
import type { Columns } from './statements.ts'

/** Messages of the server (documentation, 55.7), by type byte. */
const ROW_DESCRIPTION = 0x54
const DATA_ROW = 0x44
const COMMAND_COMPLETE = 0x43
const EMPTY_QUERY = 0x49
const SUSPENDED = 0x73
const READY = 0x5a
const NO_DATA = 0x6e
const PARAMETER_DESCRIPTION = 0x74
const ERROR = 0x45
const NOTICE = 0x4e
const AUTHENTICATION = 0x52
const PARAMETER_STATUS = 0x53
const COPY_DATA = 0x64
const COPY_DONE = 0x63
const COPY_OUT = 0x48
const COPY_IN = 0x47
const NOTIFICATION = 0x41

const direction = Direction.toClient

/** What a server answers: result rows, COPY data and the details of errors are content. */
export class Backend implements MessageHandler {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  message(type: number, bytes: Uint8Array, start: number, end: number): void {
    const { cursor, statements } = this.#session
    cursor.begin(bytes, start, end)
    if (type === DATA_ROW) this.#row()
    else if (type === ROW_DESCRIPTION) statements.described(this.#columns())
    else if (type === NO_DATA) statements.described(undefined)
    else if (type === COMMAND_COMPLETE || type === EMPTY_QUERY || type === SUSPENDED) statements.completed()
    else if (type === READY) statements.ready()
    else if (type === COPY_DATA) this.#copy(bytes, start, end)
    else if (type === COPY_DONE) this.#session.closeStream(direction, true)
    else this.#rare(type, bytes, start, end)
    if (cursor.failed) this.#session.sink.anomaly('postgresql-malformed-message')
  }

  #rare(type: number, bytes: Uint8Array, start: number, end: number): void {
    const { details, sink, cursor } = this.#session
    if (type === ERROR) {
      details.errors++
      this.#session.closeStream(direction, false)
      sink.content(direction, 'sql.error', 'text', bytes, start, end)
    } else if (type === NOTICE || type === NOTIFICATION) {
      sink.content(direction, 'sql.error', 'text', bytes, start, end)
    } else if (type === AUTHENTICATION) this.#authentication(cursor.int32())
    else if (type === PARAMETER_STATUS) this.#parameterStatus()
    else if (type === PARAMETER_DESCRIPTION) this.#parameterTypes()
    else if (type === COPY_OUT || type === COPY_IN) details.copies = (details.copies ?? 0) + 1
  }

  longMessage(type: number, bytes: Uint8Array, start: number, end: number, last: boolean): void {
    const { sink, details } = this.#session
    const open = () => {
      if (type === COPY_DATA) return this.#openCopy()
      if (type === DATA_ROW) details.rows++
      sink.anomaly('postgresql-long-message')
      return sink.open(direction, type === DATA_ROW ? 'sql.column' : 'sql.error', 'text')
    }
    this.#session.stream(direction, open).write(bytes, start, end)
    if (last && type !== COPY_DATA) this.#session.closeStream(direction, true)
  }

  broken(): void {
    this.#session.lose('postgresql-bad-length')
  }

  #columns(): Columns {
    const { cursor } = this.#session
    const columns: Columns = { names: [], types: [], formats: [] }
    const count = cursor.int16()
    for (let i = 0; i < count && i < limits.columns && !cursor.failed; i++) {
      columns.names.push(cursor.string(limits.nameChars))
      cursor.skip(6) // table's OID, attribute number
      columns.types.push(cursor.int32())
      cursor.skip(6) // type's size and modifier
      columns.formats.push(cursor.int16())
    }
    return columns
  }

  #row(): void {
    const { cursor, run, values, sink, details, statements } = this.#session
    details.rows++
    const columns = statements.columns()
    const resultFormats = statements.resultFormats()
    const count = cursor.int16()
    for (let i = 0; i < count; i++) {
      const length = cursor.int32()
      const at = cursor.at
      if (length > 0) cursor.skip(length)
      if (cursor.failed) return
      if (length <= 0) continue
      run.bytes = cursor.bytes
      run.start = at
      run.end = at + length
      if (isBinary(columns, resultFormats, i) && !values.of(columns?.types[i] ?? 0, run)) continue
      sink.field(direction, 'sql.column', columns?.names[i] ?? '', run.bytes, run.start, run.end)
    }
  }

  #parameterTypes(): void {
    const { cursor, statements } = this.#session
    const types: number[] = []
    const count = Math.min(cursor.int16(), limits.columns)
    for (let i = 0; i < count && !cursor.failed; i++) types.push(cursor.int32())
    statements.parametersDescribed(types)
  }

  /** Passwords themselves are never handed on; that one crosses readable is what matters. */
  #authentication(method: number): void {
    if (method === 3) this.#session.sink.anomaly('postgresql-cleartext-password')
    else if (method === 5) this.#session.sink.anomaly('postgresql-md5-password')
  }

  #parameterStatus(): void {
    const { cursor, details } = this.#session
    const name = cursor.string(limits.nameChars)
    if (name === 'server_version') details.serverVersion = cursor.string(limits.nameChars)
  }

  #copy(bytes: Uint8Array, start: number, end: number): void {
    this.#session.stream(direction, () => this.#openCopy()).write(bytes, start, end)
  }

  #openCopy() {
    return this.#session.sink.open(direction, 'sql.column', 'tsv', { columns: this.#session.copyColumns })
  }
}

function isBinary(columns: Columns | undefined, resultFormats: readonly number[], index: number): boolean {
  if (resultFormats.length === 1) return resultFormats[0] === 1
  return (resultFormats[index] ?? columns?.formats[index] ?? 0) === 1
}
