import type { HttpDetails } from '../../model/records.ts'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import type { ProtocolEvent } from '../protocol.ts'
import { FrameFlag, FrameType, PREFACE } from './frames.ts'
import { Http2Parser } from './http2-parser.ts'
import { staticTable } from './hpack/static-table.ts'

/** What one side sends; a number is that many bytes lost. */
export type Turn = ['>' | '<', Uint8Array | number]

/** A frame, RFC 9113 section 4.1. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(9)
  header.writeUIntBE(payload.length, 0, 3)
  header[3] = type
  header[4] = flags
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, payload])
}

/** HPACK integer, RFC 7541 section 5.1. */
function integer(value: number, bits: number, first: number): Buffer {
  const mask = (1 << bits) - 1
  if (value < mask) return Buffer.from([first | value])
  const octets = [first | mask]
  let rest = value - mask
  for (; rest >= 128; rest = Math.floor(rest / 128)) octets.push((rest % 128) | 0x80)
  return Buffer.from([...octets, rest])
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  return Buffer.concat([integer(bytes.length, 7, 0), bytes])
}

/** Literal with incremental indexing, under a name of the static table or a new one. */
export function added(name: string, value: string): Buffer {
  const index = staticTable.findIndex((field) => Buffer.from(field.name).toString('latin1') === name) + 1
  const start = integer(index, 6, 0x40)
  return Buffer.concat(index === 0 ? [start, string(name), string(value)] : [start, string(value)])
}

/** Literal that no table keeps. */
export function literal(name: string, value: string): Buffer {
  return Buffer.concat([integer(0, 4, 0), string(name), string(value)])
}

export function indexed(index: number): Buffer {
  return integer(index, 7, 0x80)
}

export function tableSize(size: number): Buffer {
  return integer(size, 5, 0x20)
}

export function fields(...pairs: [name: string, value: string][]): Buffer {
  return Buffer.concat(pairs.map(([name, value]) => literal(name, value)))
}

const { endStream, endHeaders } = FrameFlag

export function headers(stream: number, block: Uint8Array, ends = false): Buffer {
  return frame(FrameType.headers, endHeaders | (ends ? endStream : 0), stream, block)
}

export function data(stream: number, text: string | Uint8Array, ends = true): Buffer {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  return frame(FrameType.data, ends ? endStream : 0, stream, bytes)
}

export function resetStream(stream: number): Buffer {
  return frame(FrameType.resetStream, 0, stream, Buffer.from([0, 0, 0, 8]))
}

/** What a client's connection begins with. */
export const HELLO: Buffer = Buffer.concat([PREFACE, frame(FrameType.settings, 0, 0)])
/** What a server's begins with. */
export const SETTINGS: Buffer = frame(FrameType.settings, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100]))

export function request(path: string, ...more: [string, string][]): Buffer {
  return fields(
    [':method', 'GET'],
    [':scheme', 'http'],
    [':authority', 'a.example'],
    [':path', path],
    ...more,
  )
}

/** Writes messages down as they are told apart, beside what they are made of. */
class MessageSink extends RecordingSink {
  readonly told: ProtocolEvent[] = []

  message(id: number): void {
    if (id > 0)
      this.events.push({ kind: 'field', direction: 'to-server', place: '#', name: `${id}`, text: '' })
  }

  event(event: ProtocolEvent): void {
    // Told of every SETTINGS, too: for those who count.
    if (event !== 'http2-control') this.told.push(event)
  }
}

export interface Conversed {
  lines: string[]
  anomalies: string[]
  events: ProtocolEvent[]
  details: HttpDetails
  application: string | undefined
}

/** A whole connection, in the pieces given or in pieces that end at every multiple of `step`. */
export function converse(turns: readonly Turn[], step = Infinity): Conversed {
  const sink = new MessageSink()
  const parser = new Http2Parser(sink)
  for (const [side, what] of turns) {
    const direction = side === '>' ? 0 : 1
    if (typeof what === 'number') parser.gap(direction, what)
    else
      for (let at = 0; at < what.length; at += step)
        parser.data(direction, what, at, Math.min(what.length, at + step), 0)
  }
  parser.end(0)
  parser.end(1)
  const described: { http?: HttpDetails } = {}
  parser.describe(described)
  const details = described.http ?? { requests: 0, responses: 0, methods: [], statuses: {} }
  const lines = sink.lines().filter((line) => !line.startsWith('> # '))
  const anomalies = lines.filter((line) => line.startsWith('! ')).map((line) => line.slice(2))
  return { lines, anomalies, events: sink.told, details, application: parser.spoken() }
}
