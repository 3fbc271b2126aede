import type { Transport } from '../model/records.ts'
import { IpProtocol } from './packet.ts'

/** What records call an IP protocol. */
export function transportName(protocol: number): Transport {
  switch (protocol) {
    case IpProtocol.tcp:
      return 'tcp'
    case IpProtocol.udp:
      return 'udp'
    case IpProtocol.icmp:
      return 'icmp'
    case IpProtocol.icmp6:
      return 'icmp6'
    case IpProtocol.sctp:
      return 'sctp'
    default:
      return `ip-${protocol}`
  }
}
