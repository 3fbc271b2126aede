import { IpProtocol, type Packet } from '../../packet/packet.ts'

/** Unreachable, source quench, redirect, time exceeded, parameter problem (RFC 792). */
const icmp = new Set([3, 4, 5, 11, 12])
/** Errors (RFC 4443 section 2.1), multicast listeners (RFC 2710, RFC 3810), neighbours and routers (RFC 4861). */
const icmp6 = new Set([1, 2, 3, 4, 130, 131, 132, 133, 134, 135, 136, 137, 143])

/** Whether connections of an IP protocol tell more than their addresses and ports. */
export function hasContent(protocol: number): boolean {
  return protocol === IpProtocol.tcp || protocol === IpProtocol.udp
}

/** A message of ICMP that belongs to the network or to another connection, and opens none of its own: without it IP does not work. */
export function isControlMessage({ protocol, icmpType }: Packet): boolean {
  if (protocol === IpProtocol.icmp) return icmp.has(icmpType)
  return protocol === IpProtocol.icmp6 && icmp6.has(icmpType)
}
