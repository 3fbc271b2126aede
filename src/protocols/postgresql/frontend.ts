import { Direction } from '../../model/direction.ts'
import { parameterFields, copyColumns } from '../../content/sql-fields.ts'
import { limits } from './limits.ts'
import type { MessageHandler } from './message-reader.ts'
import type { Session } from './session.ts'
import type { Statement } from './statements.ts'

/** Messages of the client (documentation, 55.7), by type byte. */
const Q = 0x51
const PARSE = 0x50
const BIND = 0x42
const DESCRIBE = 0x44
const EXECUTE = 0x45
const CLOSE = 0x43
const SYNC = 0x53
const COPY_DATA = 0x64
const COPY_DONE = 0x63
const COPY_FAIL = 0x66
const FUNCTION_CALL = 0x46

const direction = Direction.toServer

/** What a client asks: SQL text and bind parameters are content, the rest keeps requests and answers in step. */
export class Frontend implements MessageHandler {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  message(type: number, bytes: Uint8Array, start: number, end: number): void {
    const { cursor, statements } = this.#session
    cursor.begin(bytes, start, end)
    if (type === Q) this.#query(bytes, start, end)
    else if (type === PARSE) this.#parse(bytes)
    else if (type === BIND) this.#bind(bytes)
    else if (type === DESCRIBE) statements.describe(cursor.int8(), cursor.string(limits.nameChars))
    else if (type === EXECUTE) statements.execute(cursor.string(limits.nameChars))
    else if (type === CLOSE) statements.close(cursor.int8(), cursor.string(limits.nameChars))
    else if (type === SYNC || type === FUNCTION_CALL) statements.sync()
    else if (type === COPY_DATA) this.#copy(bytes, start, end)
    else if (type === COPY_DONE || type === COPY_FAIL)
      this.#session.closeStream(direction, type === COPY_DONE)
    if (cursor.failed) this.#session.sink.anomaly('postgresql-malformed-message')
  }

  longMessage(type: number, bytes: Uint8Array, start: number, end: number, last: boolean): void {
    if (type === COPY_DATA) {
      this.#copy(bytes, start, end)
      return
    }
    const { sink } = this.#session
    const isText = type === Q || type === PARSE
    const open = () => {
      sink.anomaly('postgresql-long-message')
      if (type === Q) this.#count()
      return isText ? sink.open(direction, 'sql.text', 'sql') : sink.open(direction, 'sql.parameter', 'text')
    }
    this.#session.stream(direction, open).write(bytes, start, end)
    if (last) this.#session.closeStream(direction, true)
  }

  broken(): void {
    this.#session.lose('postgresql-bad-length')
  }

  #query(bytes: Uint8Array, start: number, end: number): void {
    const textEnd = end > start && bytes[end - 1] === 0 ? end - 1 : end
    this.#count()
    this.#session.statements.query()
    this.#session.copyColumns = copyColumns(bytes, start, textEnd)
    this.#session.sink.content(direction, 'sql.text', 'sql', bytes, start, textEnd)
  }

  #parse(bytes: Uint8Array): void {
    const { cursor, statements, sink } = this.#session
    const name = cursor.string(limits.nameChars)
    const textStart = cursor.at
    const textEnd = cursor.stringEnd()
    const parameterTypes: number[] = []
    const count = Math.min(cursor.int16(), limits.columns)
    for (let i = 0; i < count && !cursor.failed; i++) parameterTypes.push(cursor.int32())
    const parameters = parameterFields(bytes, textStart, textEnd)
    statements.parse(name, { parameters, parameterTypes, columns: undefined, resultFormats: [] })
    this.#session.copyColumns = copyColumns(bytes, textStart, textEnd)
    sink.content(direction, 'sql.text', 'sql', bytes, textStart, textEnd)
  }

  #bind(bytes: Uint8Array): void {
    const { cursor, statements } = this.#session
    const portal = cursor.string(limits.nameChars)
    const statement = statements.bind(portal, cursor.string(limits.nameChars))
    const formatCount = cursor.int16()
    const formatsAt = cursor.at
    cursor.skip(formatCount * 2)
    const parameterCount = cursor.int16()
    this.#count()
    for (let i = 0; i < parameterCount && !cursor.failed; i++) {
      const length = cursor.int32()
      const valueAt = cursor.at
      if (length <= 0) continue
      cursor.skip(length)
      if (cursor.failed) return
      const format = formatAt(bytes, formatsAt, formatCount, i)
      this.#parameter(statement, i, format, valueAt, length)
    }
    this.#resultFormats(statement)
  }

  #parameter(
    statement: Statement | undefined,
    index: number,
    format: number,
    at: number,
    length: number,
  ): void {
    const { cursor, run, values, sink } = this.#session
    run.bytes = cursor.bytes
    run.start = at
    run.end = at + length
    if (format === 1 && !values.of(statement?.parameterTypes[index] ?? 0, run)) return
    const name = statement?.parameters[index] ?? (index < limits.columns ? `$${index + 1}` : '$…')
    sink.field(direction, 'sql.parameter', name, run.bytes, run.start, run.end)
  }

  /** Formats that the client wants for the columns: they hold even where the description says text. */
  #resultFormats(statement: Statement | undefined): void {
    const { cursor } = this.#session
    const formats: number[] = []
    const count = Math.min(cursor.int16(), limits.columns)
    for (let i = 0; i < count && !cursor.failed; i++) formats.push(cursor.int16())
    if (statement !== undefined) statement.resultFormats = formats
  }

  #copy(bytes: Uint8Array, start: number, end: number): void {
    const { sink, copyColumns: columns } = this.#session
    const open = () => sink.open(direction, 'sql.column', 'tsv', { columns })
    this.#session.stream(direction, open).write(bytes, start, end)
  }

  #count(): void {
    this.#session.details.statements++
  }
}

/** Format codes: none means text for all, one holds for all, else one each. */
function formatAt(bytes: Uint8Array, formatsAt: number, count: number, index: number): number {
  if (count === 0) return 0
  const at = formatsAt + (count === 1 ? 0 : Math.min(index, count - 1) * 2)
  return (bytes[at] << 8) | bytes[at + 1]
}
