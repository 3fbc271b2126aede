import type { Direction } from '../../model/direction.ts'
import type { HttpDetails } from '../../model/records.ts'
import type { ProtocolParser } from '../protocol.ts'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import { httpProtocol } from './index.ts'

/** What one side sends, as latin-1 text or bytes; a number is that many bytes lost. */
export type Turn = ['>' | '<', string | Uint8Array | number]

export interface Conversation {
  sink: RecordingSink
  parser: ProtocolParser
  /** Where the parser stopped in the last turn. */
  stopped: number
  /** What was handed on, a line each: `> http.header headers=…`, `! http-bare-lf`. */
  lines: string[]
  details: HttpDetails
}

export function directionOf(side: '>' | '<'): Direction {
  return side === '>' ? 0 : 1
}

/** Gives one turn to a parser in pieces that end at `cuts`; returns where it stopped. */
export function give(parser: ProtocolParser, [side, what]: Turn, cuts: readonly number[] = []): number {
  const direction = directionOf(side)
  if (typeof what === 'number') {
    parser.gap(direction, what)
    return 0
  }
  const bytes = typeof what === 'string' ? Buffer.from(what, 'latin1') : what
  let at = 0
  for (const cut of [...cuts, bytes.length]) {
    if (cut <= at || cut > bytes.length) continue
    const stopped = parser.data(direction, bytes, at, cut, 0)
    if (stopped < cut || parser.handover) return stopped
    at = cut
  }
  return at
}

/** A whole connection; `end` says whether both sides close it. */
export function converse(turns: readonly Turn[], end = true): Conversation {
  const sink = new RecordingSink()
  const parser = httpProtocol.create(sink, 'tcp')
  let stopped = 0
  for (const turn of turns) stopped = give(parser, turn)
  if (end) {
    parser.end(0)
    parser.end(1)
  }
  const described: { http?: HttpDetails } = {}
  parser.describe(described)
  const details = described.http ?? { requests: 0, responses: 0, methods: [], statuses: {} }
  return { sink, parser, stopped, lines: sink.lines(), details }
}

/** Lines joined by CRLF. */
export function crlf(...lines: string[]): string {
  return lines.join('\r\n')
}

/** A head: the lines, then the empty one. */
export function head(...lines: string[]): string {
  return crlf(...lines, '', '')
}
