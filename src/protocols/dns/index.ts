import type { Protocol } from '../protocol.ts'
import { Verdict } from '../protocol.ts'
import { DnsParser } from './dns-parser.ts'
import { probeDatagram, probeStream } from './probe.ts'

/** DNS over UDP and over TCP (RFC 1035, RFC 7766). See `readme.md`. */
export const dnsProtocol: Protocol = {
  application: 'DNS',
  transport: 'both',
  probe(_direction, bytes, start, end, serverPort) {
    // The two forms exclude each other: what is the count of questions in one is the flags in the other.
    const isDatagram = probeDatagram(bytes, start, end, serverPort) === Verdict.yes
    return isDatagram ? Verdict.yes : probeStream(bytes, start, end, serverPort)
  },
  create: (sink, transport) => new DnsParser(sink, transport),
}
