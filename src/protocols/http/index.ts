import type { Protocol } from '../protocol.ts'
import { HttpParser } from './http-parser.ts'
import { probeHttp } from './probe.ts'

/** HTTP/0.9, 1.0 and 1.1 (RFC 9110, RFC 9112, RFC 1945) over TCP. See `readme.md`. */
export const httpProtocol: Protocol = {
  application: 'HTTP',
  transport: 'tcp',
  probe: (_direction, bytes, start, end) => probeHttp(bytes, start, end),
  create: (sink) => new HttpParser(sink),
}
