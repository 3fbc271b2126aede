import type { Protocol } from '../protocol.ts'
import { probeTls } from './probe.ts'
import { TlsParser } from './tls-parser.ts'

/** TLS 1.0 to 1.3 and SSL 3.0 over TCP. See `readme.md`. */
export const tlsProtocol: Protocol = {
  application: 'SSL',
  transport: 'tcp',
  probe: (_direction, bytes, start, end) => probeTls(bytes, start, end),
  create: (sink) => new TlsParser(sink),
}
