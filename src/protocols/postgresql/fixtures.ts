import assert from 'node:assert/strict'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import type { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ContentOptions, ContentStream } from '../protocol.ts'
import { PostgresParser } from './parser.ts'

/* Messages as tests need them, and what a parser hands on of them. */

export const int16 = (n: number) => Buffer.from([(n >> 8) & 255, n & 255])
export const int32 = (n: number) => Buffer.from([(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255])
export const cstring = (text: string) => Buffer.from(`${text}\0`)

export function message(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

export function startup(...pairs: string[]): Buffer {
  const body = Buffer.concat([int32(196_608), ...pairs.map(cstring), Buffer.from([0])])
  return Buffer.concat([int32(body.length + 4), body])
}

export type Value = string | Buffer | null

export function value(content: Value): Buffer {
  return content === null
    ? int32(-1)
    : Buffer.concat([int32(Buffer.byteLength(content)), Buffer.from(content)])
}

export const row = (...values: Value[]) => message('D', int16(values.length), ...values.map(value))

/** RowDescription; type 25 is text, 20 int8, 1082 date. */
export function columns(...names: (string | [name: string, oid: number, format: number])[]): Buffer {
  const described = names.map((column) => {
    const [name, oid, format] = typeof column === 'string' ? [column, 25, 0] : column
    return Buffer.concat([cstring(name), int32(0), int16(0), int32(oid), int16(4), int32(-1), int16(format)])
  })
  return message('T', int16(names.length), ...described)
}

export const query = (sql: string) => message('Q', cstring(sql))
export const parse = (name: string, sql: string) => message('P', cstring(name), cstring(sql), int16(0))

export function bind(
  portal: string,
  name: string,
  {
    formats = [],
    values = [],
    results = [],
  }: { formats?: number[]; values?: Value[]; results?: number[] } = {},
): Buffer {
  return message(
    'B',
    cstring(portal),
    cstring(name),
    int16(formats.length),
    ...formats.map(int16),
    int16(values.length),
    ...values.map(value),
    int16(results.length),
    ...results.map(int16),
  )
}

/** `what` is `S` for a statement, `P` for a portal. */
export const describe = (what: string, name = '') => message('D', what, cstring(name))
export const close = (what: string, name: string) => message('C', what, cstring(name))
export const execute = (portal = '') => message('E', cstring(portal), int32(0))
export const sync = message('S')
export const parsed = message('1')
export const bound = message('2')
export const closed = message('3')
export const noData = message('n')
export const parameterTypes = (...oids: number[]) => message('t', int16(oids.length), ...oids.map(int32))
export const complete = (tag = 'SELECT 1') => message('C', cstring(tag))
export const ready = message('Z', 'I')
export const error = (...fields: string[]) => message('E', ...fields.map(cstring), Buffer.from([0]))
export const copyData = (data: Buffer | string) => message('d', data)
export const copyDone = message('c')
/** CopyInResponse (`G`) and CopyOutResponse (`H`) of `count` columns. */
export const copyResponse = (type: string, count: number, format = 0) =>
  message(type, Buffer.from([format]), int16(count), ...Array.from({ length: count }, () => int16(format)))

export const sslRequest = Buffer.concat([int32(8), int32(80_877_103)])
export const gssRequest = Buffer.concat([int32(8), int32(80_877_104)])

/** What one side says, or a hole of so many bytes in it. */
export type Turn = [direction: Direction, bytes: Buffer | { lost: number }]

export const client = (...messages: Buffer[]): Turn => [0, Buffer.concat(messages)]
export const server = (...messages: Buffer[]): Turn => [1, Buffer.concat(messages)]
export const lost = (direction: Direction, bytes: number): Turn => [direction, { lost: bytes }]

export const login: Turn[] = [
  client(startup('user', 'clinic', 'database', 'patients', 'application_name', 'api')),
  server(message('R', int32(0)), message('S', cstring('server_version'), cstring('15.18')), ready),
]

export interface Outcome {
  lines: string[]
  details: FlowDetails
  parser: PostgresParser
  /** Where the last call stopped. */
  stopped: number
}

/** Shows a table with its columns, its separator and quote where they are not those of its format, and its header. */
class TableSink extends RecordingSink {
  override open(
    direction: Direction,
    place: string,
    format: string,
    options?: ContentOptions,
  ): ContentStream {
    const table = options?.table
    if (table === undefined) return super.open(direction, place, format)
    const [separator, quote] = [table.separator, table.quote].map((c) => String.fromCharCode(c))
    const usual = format === 'csv' ? ',"' : '\t\0'
    const form = separator + quote === usual ? '' : ` ${separator}${quote}`
    const columns = `${table.columns.join('|')}${table.hasHeader ? '+' : ''}`
    return super.open(direction, place, `${format}(${columns}${form})`)
  }
}

/** Runs turns through a parser, each in pieces of at most `piece` bytes. */
export function run(turns: readonly Turn[], piece = Number.POSITIVE_INFINITY): Outcome {
  return cutRun(turns, (length) =>
    Array.from({ length: Math.ceil(length / piece) - 1 }, (_, i) => (i + 1) * piece),
  )
}

/** Runs turns through a parser, each cut at the offsets that `cuts` gives for its length and number. */
export function cutRun(turns: readonly Turn[], cuts: (length: number, turn: number) => number[]): Outcome {
  const sink = new TableSink()
  const parser = new PostgresParser(sink)
  let stopped = -1
  for (const [i, [direction, bytes]] of turns.entries()) {
    if ('lost' in bytes) {
      parser.gap(direction, bytes.lost)
      continue
    }
    let at = 0
    for (const end of [...cuts(bytes.length, i), bytes.length]) {
      if (end <= at || parser.handover) continue
      stopped = parser.data(direction, bytes, at, end)
      at = end
    }
  }
  parser.end(0)
  parser.end(1)
  const details: FlowDetails = {}
  parser.describe(details)
  return { lines: sink.lines(), details, parser, stopped }
}

/** What is handed on is the same wherever the turns are cut: whole, at each one byte, and in small pieces. */
export function assertLines(turns: readonly Turn[], lines: readonly string[]): void {
  assert.deepEqual(run(turns).lines, lines)
  for (const piece of [1, 2, 3, 5, 7, 64])
    assert.deepEqual(run(turns, piece).lines, lines, `pieces of ${piece}`)
  for (const [i, [, bytes]] of turns.entries()) {
    if ('lost' in bytes || bytes.length > 2000) continue
    for (let cut = 1; cut < bytes.length; cut++) {
      const outcome = cutRun(turns, (_, turn) => (turn === i ? [cut] : []))
      assert.deepEqual(outcome.lines, lines, `turn ${i} cut at ${cut}`)
    }
  }
}
