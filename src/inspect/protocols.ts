import { dnsProtocol } from '../protocols/dns/index.ts'
import { httpProtocol } from '../protocols/http/index.ts'
import { http2Protocol } from '../protocols/http2/index.ts'
import { postgresqlProtocol } from '../protocols/postgresql/index.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { tlsProtocol } from '../protocols/tls/index.ts'

/** Every protocol that has a parser, in the order in which they are asked. Adding one is a line here. */
export const builtInProtocols: readonly Protocol[] = [
  tlsProtocol,
  httpProtocol,
  postgresqlProtocol,
  dnsProtocol,
  http2Protocol,
]
