import assert from 'node:assert/strict'
import { formatAddress } from '../../lib/ip.ts'
import { decode } from '../decode.ts'
import { concatenate, ethernet, ipv4, ipv6, longs, tcp, udp, words } from '../frames.ts'
import { decodeLimits } from '../limits.ts'
import { DecodeStatus, IpProtocol, LinkType, Packet, TcpFlag } from '../packet.ts'
import { EtherType } from './ethernet.ts'

/* Packets for the tests of decoding, and what decoding made of them. */

export const GET = Buffer.from('GET / HTTP/1.1\r\n\r\n')
export const ADDRESSES = { source: '10.0.0.1', destination: '10.0.0.2' }
export const ADDRESSES6 = { source: '2001:db8::1', destination: '2001:db8::2' }
export const OUTER = { source: '192.0.2.1', destination: '192.0.2.2' }

export const segment = tcp(
  { sourcePort: 40_000, destinationPort: 80, flags: TcpFlag.ack | TcpFlag.psh, sequence: 0xfffffff0 },
  GET,
)
export const packet4 = ipv4({ ...ADDRESSES, protocol: IpProtocol.tcp }, segment)
export const packet6 = ipv6({ ...ADDRESSES6, protocol: IpProtocol.tcp }, segment)
export const frame4 = ethernet(EtherType.ipv4, packet4)
export const frame6 = ethernet(EtherType.ipv6, packet6)

export const FLOW4 = 'tcp 10.0.0.1:40000 > 10.0.0.2:80'
export const FLOW6 = 'tcp 2001:db8::1:40000 > 2001:db8::2:80'

/** Decodes bytes that do not begin at 0 and have something behind them, so that neither can be taken for granted. */
export function decoded(frame: Uint8Array, linkType: number = LinkType.ethernet, cut = frame.length): Packet {
  const packet = new Packet()
  packet.bytes = concatenate(
    longs(0xa5a5_a5a5, 0x5a5a_5a5a),
    frame.subarray(0, cut),
    new Uint8Array(100).fill(0x45),
  )
  packet.start = 8
  packet.end = 8 + cut
  packet.originalLength = frame.length
  packet.linkType = linkType
  assert.equal(decode(packet), packet.status)
  return packet
}

const NAMES: Record<number, string> = {
  [IpProtocol.tcp]: 'tcp',
  [IpProtocol.udp]: 'udp',
  [IpProtocol.icmp]: 'icmp',
  [IpProtocol.icmp6]: 'icmp6',
  [IpProtocol.sctp]: 'sctp',
}

/** `tcp 10.0.0.1:40000 > 10.0.0.2:80`, followed by network and depth where there are any, or the status's name. */
export function summary(packet: Packet): string {
  const status = Object.entries(DecodeStatus).find(([, code]) => code === packet.status)?.[0]
  if (packet.status !== DecodeStatus.ok) return String(status)
  const length = packet.ipVersion === 4 ? 4 : 16
  const from = formatAddress(packet.bytes, packet.sourceAt, length)
  const to = formatAddress(packet.bytes, packet.destinationAt, length)
  const name = NAMES[packet.protocol] ?? `ip-${packet.protocol}`
  const network = packet.networkId === 0 ? '' : ` net ${packet.networkId}`
  const depth = packet.tunnelDepth === 0 ? '' : ` depth ${packet.tunnelDepth}`
  return `${name} ${from}:${packet.sourcePort} > ${to}:${packet.destinationPort}${network}${depth}`
}

export function payloadText(packet: Packet): string {
  return Buffer.from(packet.bytes.subarray(packet.payloadStart, packet.payloadEnd)).toString('latin1')
}

/** An IPv4 packet around what a tunnel carries. */
export function tunnelled(protocol: number, payload: Uint8Array): Uint8Array {
  return ethernet(EtherType.ipv4, ipv4({ ...OUTER, protocol }, payload))
}

export function inUdp(port: number, payload: Uint8Array, sourcePort = 50_000): Uint8Array {
  return tunnelled(IpProtocol.udp, udp({ sourcePort, destinationPort: port }, payload))
}

export const vxlan = (id: number, payload: Uint8Array) => concatenate(longs(0x0800_0000, id << 8), payload)
export const geneve = (type: number, options: Uint8Array, payload: Uint8Array) =>
  concatenate(options.length >> 2, 0, words(type), longs(9 << 8), options, payload)
export const gtp = (flags: number, head: Uint8Array, payload: Uint8Array) =>
  concatenate(flags, 255, words(head.length + payload.length), longs(1), head, payload)

export function isShown(packet: Packet): boolean {
  return packet.status === DecodeStatus.ok || packet.status === DecodeStatus.fragment
}

/** What must hold of every decoded packet, whatever was in it and wherever it came from. */
export function checkPacket(packet: Packet, where?: string): void {
  const { start, end, payloadStart, payloadEnd } = packet
  assert.ok(packet.tunnelDepth <= decodeLimits.tunnelDepth, where)
  if (!isShown(packet)) return
  const addressBytes = packet.ipVersion === 4 ? 4 : 16
  assert.ok(packet.ipVersion === 4 || packet.ipVersion === 6, where)
  assert.ok(packet.networkAt >= start && packet.networkAt < packet.transportAt, where)
  assert.ok(
    packet.sourceAt > packet.networkAt && packet.destinationAt + addressBytes <= packet.transportAt,
    where,
  )
  assert.ok(packet.transportAt <= payloadStart && payloadStart <= payloadEnd && payloadEnd <= end, where)
  assert.ok(packet.payloadLength >= payloadEnd - payloadStart, where)
  assert.ok(packet.networkLength >= packet.payloadLength, where)
}
