import { DecodeStatus, IpProtocol, type Packet } from '../packet.ts'
import { type Cursor, Layer, type Next } from './cursor.ts'

/** What IP carries, from the cursor on, is of `protocol`: a transport, a tunnel, or something shown as it is. */
export function upperLayer(packet: Packet, cursor: Cursor, protocol: number): Next {
  packet.protocol = protocol
  packet.transportAt = cursor.at
  switch (protocol) {
    case IpProtocol.tcp:
      return Layer.tcp
    case IpProtocol.udp:
      return Layer.udp
    case IpProtocol.icmp:
      return Layer.icmp
    case IpProtocol.icmp6:
      return Layer.icmp6
    case IpProtocol.sctp:
      return Layer.sctp
    default:
      setPorts(packet, 0, 0)
      setPayload(packet, cursor, 0)
      return tunnelLayer(packet, cursor, protocol)
  }
}

function tunnelLayer(packet: Packet, cursor: Cursor, protocol: number): Next {
  switch (protocol) {
    case IpProtocol.ipInIp:
      return cursor.enterTunnel(packet, Layer.ipv4)
    case IpProtocol.ipv6InIp:
      return cursor.enterTunnel(packet, Layer.ipv6)
    case IpProtocol.gre:
      return cursor.enterTunnel(packet, Layer.gre)
    case IpProtocol.etherIp:
      return cursor.enterTunnel(packet, Layer.etherIp)
    case IpProtocol.mpls:
      return cursor.enterTunnel(packet, Layer.mpls)
    case IpProtocol.ethernet:
      return cursor.enterTunnel(packet, Layer.ethernet)
    default:
      return DecodeStatus.ok
  }
}

const AUTHENTICATION_BYTES = 12

/** Authentication header of IPv4, RFC 4302 section 2: next protocol, length in units of 4 less 2. */
export function authentication(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < AUTHENTICATION_BYTES) return cursor.lacking(AUTHENTICATION_BYTES)
  const next = packet.bytes[cursor.at]
  const length = (packet.bytes[cursor.at + 1] + 2) * 4
  if (length < AUTHENTICATION_BYTES) return DecodeStatus.malformed
  if (cursor.end - cursor.at < length) return cursor.lacking(length)
  cursor.at += length
  return upperLayer(packet, cursor, next)
}

/** A fragment's data begins at the cursor. */
export function fragment(packet: Packet, cursor: Cursor): Next {
  packet.transportAt = cursor.at
  setPorts(packet, 0, 0)
  setPayload(packet, cursor, 0)
  return DecodeStatus.fragment
}

export function setPorts(packet: Packet, source: number, destination: number): void {
  packet.sourcePort = source
  packet.destinationPort = destination
}

/** The transport's payload begins `headerBytes` after the cursor; the capture may have cut it, or the header itself. */
export function setPayload(packet: Packet, cursor: Cursor, headerBytes: number): void {
  const start = cursor.at + headerBytes
  packet.payloadStart = Math.min(start, cursor.end)
  packet.payloadEnd = cursor.end
  packet.payloadLength = cursor.wireEnd - start
}
