import { u16, u24, u32 } from '../../lib/bytes.ts'
import { DecodeStatus, type Packet } from '../packet.ts'
import { type Cursor, insideNetwork, Layer, NetworkKind, type Next } from './cursor.ts'
import { layerOfEtherType } from './ethernet.ts'

const VXLAN_BYTES = 8
const VXLAN_HAS_NETWORK = 0x08

/** RFC 7348 section 5; the group policy extension uses some of the reserved bits, so they are not looked at. */
export function vxlan(packet: Packet, cursor: Cursor): Next {
  return vxlanHeader(packet, cursor) ? Layer.ethernet : DecodeStatus.unsupported
}

/** Next protocols of draft-ietf-nvo3-vxlan-gpe section 3.2. */
const GPE_LAYERS: readonly Next[] = [
  DecodeStatus.unsupported,
  Layer.ipv4,
  Layer.ipv6,
  Layer.ethernet,
  DecodeStatus.unsupported,
  Layer.mpls,
]

export function vxlanGpe(packet: Packet, cursor: Cursor): Next {
  if (!vxlanHeader(packet, cursor)) return DecodeStatus.unsupported
  const protocol = packet.bytes[cursor.at - VXLAN_BYTES + 3]
  return protocol < GPE_LAYERS.length ? GPE_LAYERS[protocol] : DecodeStatus.unsupported
}

function vxlanHeader(packet: Packet, cursor: Cursor): boolean {
  const { at } = cursor
  if (cursor.end - at < VXLAN_BYTES || (packet.bytes[at] & VXLAN_HAS_NETWORK) === 0) return false
  packet.networkId = insideNetwork(packet.networkId, NetworkKind.vxlan | u24(packet.bytes, at + 4))
  cursor.at = at + VXLAN_BYTES
  return true
}

const GENEVE_BYTES = 8

/** RFC 8926 section 3.4: version 0, options in units of 4 bytes, EtherType of what follows. */
export function geneve(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < GENEVE_BYTES || bytes[at] >> 6 !== 0) return DecodeStatus.unsupported
  const headerBytes = GENEVE_BYTES + (bytes[at] & 0x3f) * 4
  if (cursor.end - at < headerBytes) return cursor.lacking(headerBytes)
  packet.networkId = insideNetwork(packet.networkId, NetworkKind.geneve | u24(bytes, at + 4))
  cursor.at = at + headerBytes
  return layerOfEtherType(u16(bytes, at + 2))
}

const GreFlag = {
  checksum: 0x8000,
  /** Source routes of RFC 1701, which RFC 2784 section 2.3 has receivers discard. */
  routing: 0x4000,
  key: 0x2000,
  sequence: 0x1000,
  /** Version 1 only. */
  acknowledgment: 0x0080,
  version: 0x0007,
} as const
const GRE_BYTES = 4
/** Version 1 carries PPP only: RFC 2637 section 4.1. */
const GRE_PPP = 0x880b
/** Cisco's redirection to web caches; with or without a header of its own. */
const GRE_WCCP = 0x883e

/** RFC 2784 with the key and sequence of RFC 2890; NVGRE's network id (RFC 7637) is a key; version 1 is PPTP's. */
export function gre(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < GRE_BYTES) return cursor.lacking(GRE_BYTES)
  const flags = u16(bytes, at)
  const protocol = u16(bytes, at + 2)
  const version = flags & GreFlag.version
  if (version > 1 || flags & GreFlag.routing) return DecodeStatus.unsupported
  const headerBytes = greBytes(flags)
  if (cursor.end - at < headerBytes) return cursor.lacking(headerBytes)
  cursor.at = at + headerBytes
  if (version === 1) return pointToPoint(flags, protocol)
  if (flags & GreFlag.key) {
    const key = u32(bytes, flags & GreFlag.checksum ? at + 8 : at + 4)
    packet.networkId = insideNetwork(packet.networkId, NetworkKind.gre ^ key)
  }
  return protocol === GRE_WCCP ? Layer.wccp : layerOfEtherType(protocol)
}

function greBytes(flags: number): number {
  let bytes = GRE_BYTES
  if (flags & GreFlag.checksum) bytes += 4
  if (flags & GreFlag.key) bytes += 4
  if (flags & GreFlag.sequence) bytes += 4
  if ((flags & GreFlag.version) === 1 && flags & GreFlag.acknowledgment) bytes += 4
  return bytes
}

/** Without a sequence number it is an acknowledgment that carries nothing. Its key differs by direction. */
function pointToPoint(flags: number, protocol: number): Next {
  return protocol === GRE_PPP && flags & GreFlag.sequence ? Layer.ppp : DecodeStatus.unsupported
}

const WCCP_BYTES = 4

/** draft-mclaggan-wccp-v2rev1 section 4.12: version 2 puts 4 bytes in front, version 1 nothing. */
export function wccp(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < WCCP_BYTES) return cursor.lacking(WCCP_BYTES)
  if (packet.bytes[cursor.at] >> 4 !== 4) cursor.at += WCCP_BYTES
  return Layer.ipv4
}

const ETHER_IP_BYTES = 2

/** RFC 3378 section 3: version 3 in the first four bits. */
export function etherIp(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < ETHER_IP_BYTES) return cursor.lacking(ETHER_IP_BYTES)
  if (packet.bytes[cursor.at] >> 4 !== 3) return DecodeStatus.unsupported
  cursor.at += ETHER_IP_BYTES
  return Layer.ethernet
}

const GTP_BYTES = 8
/** Version 1, protocol type GTP (not GTP'). */
const GTP_VERSION = 0x30
const GTP_VERSION_MASK = 0xf0
const GTP_OPTIONAL = 0x07
const GTP_EXTENDED = 0x04
const GTP_DATA = 0xff
/** Extension headers walked over; 5G uses one. */
const GTP_EXTENSIONS = 4

/** User data of mobile networks, 3GPP TS 29.281 section 5. The tunnel id differs by direction and is left alone. */
export function gtp(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < GTP_BYTES) return DecodeStatus.unsupported
  const flags = bytes[at]
  if ((flags & GTP_VERSION_MASK) !== GTP_VERSION || bytes[at + 1] !== GTP_DATA)
    return DecodeStatus.unsupported
  if (!cursor.endAt(at + GTP_BYTES + u16(bytes, at + 2))) return DecodeStatus.malformed
  cursor.at = at + GTP_BYTES + (flags & GTP_OPTIONAL ? 4 : 0)
  if (flags & GTP_EXTENDED && !gtpExtensions(packet, cursor)) return DecodeStatus.malformed
  return Layer.rawIp
}

/** The byte before the cursor tells the next extension's type, as does the last byte of each; 0 ends them. */
function gtpExtensions(packet: Packet, cursor: Cursor): boolean {
  for (let walked = 0; walked < GTP_EXTENSIONS; walked++) {
    if (cursor.at >= cursor.end) return false
    if (packet.bytes[cursor.at - 1] === 0) return true
    const length = packet.bytes[cursor.at] * 4
    if (length === 0) return false
    cursor.at += length
  }
  return false
}

const TEREDO_AUTHENTICATION = 1
const TEREDO_ORIGIN = 0
const TEREDO_ORIGIN_BYTES = 8

/** RFC 4380 section 5.1.1: authentication, then origin, each optional, then IPv6. */
export function teredo(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  if (cursor.end - cursor.at < TEREDO_ORIGIN_BYTES) return DecodeStatus.unsupported
  if (u16(bytes, cursor.at) === TEREDO_AUTHENTICATION)
    cursor.at += 13 + bytes[cursor.at + 2] + bytes[cursor.at + 3]
  if (cursor.end - cursor.at < TEREDO_ORIGIN_BYTES) return DecodeStatus.unsupported
  if (u16(bytes, cursor.at) === TEREDO_ORIGIN) cursor.at += TEREDO_ORIGIN_BYTES
  return Layer.ipv6
}
