import { u32 } from '../../lib/bytes.ts'
import { Direction } from '../../model/direction.ts'
import type { Protocol } from '../protocol.ts'
import { Verdict } from '../protocol.ts'
import { limits } from './limits.ts'
import { PostgresParser } from './parser.ts'
import { isProtocol3, STARTUP } from './startup.ts'

export const postgresqlProtocol: Protocol = {
  application: 'PostgreSQL',
  transport: 'tcp',
  probe(direction, bytes, start, end) {
    return direction === Direction.toServer ? probeClient(bytes, start, end) : probeServer(bytes, start, end)
  },
  create: (sink) => new PostgresParser(sink),
}

/** A start-up packet, or a query or Parse message of a connection that was picked up in its middle. */
function probeClient(bytes: Uint8Array, start: number, end: number): Verdict {
  if (end - start < 8) return startsLikeStartup(bytes, start, end) ? Verdict.maybe : Verdict.no
  const length = u32(bytes, start)
  const code = u32(bytes, start + 4)
  if (code === STARTUP.ssl || code === STARTUP.gss) return length === 8 ? Verdict.yes : Verdict.no
  if (code === STARTUP.cancel) return length >= 16 && length <= 268 ? Verdict.yes : Verdict.no
  if (isProtocol3(code) && length <= limits.startupBytes) return probeStartup(bytes, start, end, length)
  return isQueryChain(bytes, start, end) ? Verdict.yes : Verdict.no
}

function startsLikeStartup(bytes: Uint8Array, start: number, end: number): boolean {
  // The length is below 10,000: its first two bytes are zero.
  return (end - start < 1 || bytes[start] === 0) && (end - start < 2 || bytes[start + 1] === 0)
}

/** `user` is the one parameter that a start-up packet must have; clients send it first or within a few. */
function probeStartup(bytes: Uint8Array, start: number, end: number, length: number): Verdict {
  const at = start + 8
  for (let i = at; i + 5 <= end && i < start + length; i++) {
    const isUser =
      bytes[i] === 0x75 &&
      bytes[i + 1] === 0x73 &&
      bytes[i + 2] === 0x65 &&
      bytes[i + 3] === 0x72 &&
      bytes[i + 4] === 0
    if (isUser && (i === at || bytes[i - 1] === 0)) return Verdict.yes
  }
  return end - start < length ? Verdict.maybe : Verdict.no
}

const QUERY = 0x51
const CLIENT_TYPES = 'QPBDESCHXdcf'

/** Messages that fill the bytes to the end, the first of them a query or Parse with a zero byte where it must be. */
function isQueryChain(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== QUERY && bytes[start] !== 0x50) return false
  const length = u32(bytes, start + 1)
  if (length < 6 || start + 1 + length > end) return false
  if (bytes[start] === QUERY && bytes[start + length] !== 0) return false
  return chainEnds(bytes, start, end, CLIENT_TYPES)
}

const SERVER_TYPES = 'RSKZTDCEN123tnsAIWGHdcv'
const AUTHENTICATION = 0x52
const READY = 0x5a

/** A server speaks first only when the client's side was missed: authentication, or an answer up to ReadyForQuery. */
function probeServer(bytes: Uint8Array, start: number, end: number): Verdict {
  if (end - start < 6) return Verdict.maybe
  const length = u32(bytes, start + 1)
  if (bytes[start] === AUTHENTICATION && length >= 8 && length < 300 && bytes[start + 5] === 0) {
    return start + 1 + length <= end && chainEnds(bytes, start, end, SERVER_TYPES) ? Verdict.yes : Verdict.no
  }
  const endsReady = end - start >= 12 && bytes[end - 6] === READY && u32(bytes, end - 5) === 5
  return endsReady && chainEnds(bytes, start, end, SERVER_TYPES) ? Verdict.yes : Verdict.no
}

function chainEnds(bytes: Uint8Array, start: number, end: number, types: string): boolean {
  let at = start
  while (at + 5 <= end) {
    const length = u32(bytes, at + 1)
    if (!types.includes(String.fromCharCode(bytes[at])) || length < 4) return false
    at += 1 + length
  }
  return at === end
}
