import type { Protocol } from '../protocol.ts'
import { Http2Parser } from './http2-parser.ts'
import { probeHttp2 } from './probe.ts'

/** HTTP/2 (RFC 9113, HPACK by RFC 7541) in the clear. See `readme.md`. */
export const http2Protocol: Protocol = {
  application: 'HTTP',
  otherApplications: ['GRPC'],
  transport: 'tcp',
  probe: (_direction, bytes, start, end) => probeHttp2(bytes, start, end),
  create: (sink) => new Http2Parser(sink),
}
