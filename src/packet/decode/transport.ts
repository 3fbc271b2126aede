import { u16, u32 } from '../../lib/bytes.ts'
import { decodeLimits } from '../limits.ts'
import { DecodeStatus, type Packet } from '../packet.ts'
import { type Cursor, Layer, type Next } from './cursor.ts'
import { setPayload, setPorts } from './upper.ts'

const TCP_BYTES = 20
const UDP_BYTES = 8
const SCTP_BYTES = 12
const ICMP_BYTES = 8

/** RFC 9293 section 3.1. The options, from `transportAt + 20` to `payloadStart`, may be cut by the capture. */
export function tcp(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < TCP_BYTES) return cursor.lacking(TCP_BYTES)
  const headerBytes = (bytes[at + 12] >> 4) << 2
  if (headerBytes < TCP_BYTES || headerBytes > cursor.wireEnd - at) return DecodeStatus.malformed
  packet.sourcePort = u16(bytes, at)
  packet.destinationPort = u16(bytes, at + 2)
  packet.sequence = u32(bytes, at + 4)
  packet.acknowledgment = u32(bytes, at + 8)
  packet.tcpFlags = bytes[at + 13]
  packet.window = u16(bytes, at + 14)
  setPayload(packet, cursor, headerBytes)
  return DecodeStatus.ok
}

/** RFC 768. */
export function udp(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < UDP_BYTES) return cursor.lacking(UDP_BYTES)
  if (!boundedDatagram(packet, cursor, u16(bytes, at + 4))) return DecodeStatus.malformed
  packet.sourcePort = u16(bytes, at)
  packet.destinationPort = u16(bytes, at + 2)
  setPayload(packet, cursor, UDP_BYTES)
  cursor.at = at + UDP_BYTES
  return udpTunnel(packet, cursor)
}

/**
 * Ends the cursor where the datagram's length says. 0 is that of segmentation offload, and over IPv6 that of a
 * jumbogram (RFC 2675 section 4), which Linux takes at any size.
 */
function boundedDatagram(packet: Packet, cursor: Cursor, length: number): boolean {
  if (length === 0) return packet.ipVersion === 6 || cursor.wireEnd - cursor.at > decodeLimits.lengthlessBytes
  return length >= UDP_BYTES && cursor.endAt(cursor.at + length)
}

/** UDP ports of the IANA registry behind which tunnels are looked for. */
const TunnelPort = {
  gtp: 2152,
  teredo: 3544,
  greInUdp: 4754,
  vxlan: 4789,
  vxlanGpe: 4790,
  geneve: 6081,
  mplsInUdp: 6635,
  /** Linux' default for VXLAN, older than the registered port; Flannel and Cilium use it. */
  vxlanLinux: 8472,
} as const

/**
 * The port only says where to look: what does not decode as that tunnel stays a UDP packet. Most tunnels' source port
 * is a hash of the inner flow, so only the destination tells; GTP and Teredo answer from their own port.
 */
function udpTunnel(packet: Packet, cursor: Cursor): Next {
  switch (packet.destinationPort) {
    case TunnelPort.vxlan:
    case TunnelPort.vxlanLinux:
      return cursor.enterTunnel(packet, Layer.vxlan)
    case TunnelPort.vxlanGpe:
      return cursor.enterTunnel(packet, Layer.vxlanGpe)
    case TunnelPort.geneve:
      return cursor.enterTunnel(packet, Layer.geneve)
    case TunnelPort.greInUdp:
      return cursor.enterTunnel(packet, Layer.gre)
    case TunnelPort.mplsInUdp:
      return cursor.enterTunnel(packet, Layer.mpls)
    case TunnelPort.gtp:
      return cursor.enterTunnel(packet, Layer.gtp)
    case TunnelPort.teredo:
      return cursor.enterTunnel(packet, Layer.teredo)
    default:
  }
  if (packet.sourcePort === TunnelPort.gtp) return cursor.enterTunnel(packet, Layer.gtp)
  if (packet.sourcePort === TunnelPort.teredo) return cursor.enterTunnel(packet, Layer.teredo)
  return DecodeStatus.ok
}

/** RFC 9260 section 3.1: the common header; the payload are its chunks. */
export function sctp(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < SCTP_BYTES) return cursor.lacking(SCTP_BYTES)
  setPorts(packet, u16(packet.bytes, cursor.at), u16(packet.bytes, cursor.at + 2))
  setPayload(packet, cursor, SCTP_BYTES)
  return DecodeStatus.ok
}

/** Messages of RFC 792 and RFC 950 that carry an identifier, in pairs. */
const IcmpType = {
  echoReply: 0,
  echo: 8,
  timestamp: 13,
  timestampReply: 14,
  information: 15,
  informationReply: 16,
  mask: 17,
  maskReply: 18,
} as const

export function icmp(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < ICMP_BYTES) return cursor.lacking(ICMP_BYTES)
  typeAndCode(packet, cursor)
  switch (packet.icmpType) {
    case IcmpType.echo:
    case IcmpType.timestamp:
    case IcmpType.information:
    case IcmpType.mask:
      packet.sourcePort = u16(packet.bytes, cursor.at + 4)
      break
    case IcmpType.echoReply:
    case IcmpType.timestampReply:
    case IcmpType.informationReply:
    case IcmpType.maskReply:
      packet.destinationPort = u16(packet.bytes, cursor.at + 4)
      break
    default:
  }
  return DecodeStatus.ok
}

/** RFC 4443 section 4. */
const Icmp6Type = { echo: 128, echoReply: 129 } as const

export function icmp6(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < ICMP_BYTES) return cursor.lacking(ICMP_BYTES)
  typeAndCode(packet, cursor)
  if (packet.icmpType === Icmp6Type.echo) packet.sourcePort = u16(packet.bytes, cursor.at + 4)
  else if (packet.icmpType === Icmp6Type.echoReply) packet.destinationPort = u16(packet.bytes, cursor.at + 4)
  return DecodeStatus.ok
}

function typeAndCode(packet: Packet, cursor: Cursor): void {
  packet.icmpType = packet.bytes[cursor.at]
  packet.icmpCode = packet.bytes[cursor.at + 1]
  setPorts(packet, 0, 0)
  setPayload(packet, cursor, ICMP_BYTES)
}
