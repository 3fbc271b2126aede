import { u16 } from '../../lib/bytes.ts'
import { DecodeStatus, type Packet } from '../packet.ts'
import { type Cursor, insideNetwork, Layer, NetworkKind, type Next } from './cursor.ts'
import { layerOfEtherType } from './ethernet.ts'

const LABEL_BYTES = 4
const BOTTOM_OF_STACK = 1

/**
 * MPLS label stack, RFC 3032 section 2.1. What follows is not told: RFC 4928 section 3 has receivers look at the first
 * four bits, 0 being the control word of a pseudowire, which carries Ethernet for all that concerns us.
 */
export function mpls(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < LABEL_BYTES) return cursor.lacking(LABEL_BYTES)
  const isLast = (packet.bytes[cursor.at + 2] & BOTTOM_OF_STACK) !== 0
  cursor.at += LABEL_BYTES
  if (!isLast) return Layer.mpls
  if (cursor.end - cursor.at < 1) return cursor.lacking(1)
  const version = packet.bytes[cursor.at] >> 4
  if (version === 4) return Layer.ipv4
  if (version === 6) return Layer.ipv6
  if (version !== 0) return DecodeStatus.unsupported
  cursor.at += 4
  return Layer.ethernet
}

/** PPP protocol numbers of the IANA registry. */
const PppProtocol = { ipv4: 0x0021, ipv6: 0x0057, mpls: 0x0281 } as const
/** HDLC address and control, RFC 1662 section 3.1; may be left out. */
const HDLC_PREFIX = 0xff03

/** Address of Cisco HDLC; the top bit is set for broadcast. LINKTYPE_PPP_HDLC may hold it in place of PPP. */
const CISCO_ADDRESS = 0x0f

/** PPP, RFC 1661 and 1662: the protocol has one byte when that one is odd. */
export function ppp(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  if (cursor.end > cursor.at && (bytes[cursor.at] & 0x7f) === CISCO_ADDRESS) return Layer.ciscoHdlc
  if (cursor.end - cursor.at >= 2 && u16(bytes, cursor.at) === HDLC_PREFIX) cursor.at += 2
  if (cursor.end - cursor.at < 2) return cursor.lacking(2)
  const isShort = (bytes[cursor.at] & 1) === 1
  const protocol = isShort ? bytes[cursor.at] : u16(bytes, cursor.at)
  cursor.at += isShort ? 1 : 2
  if (protocol === PppProtocol.ipv4) return Layer.ipv4
  if (protocol === PppProtocol.ipv6) return Layer.ipv6
  return protocol === PppProtocol.mpls ? Layer.mpls : DecodeStatus.unsupported
}

const PPPOE_BYTES = 6
const PPPOE_VERSION_AND_TYPE = 0x11
const PPPOE_SESSION_DATA = 0

/** PPPoE session stage, RFC 2516 section 4. */
export function pppEthernet(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < PPPOE_BYTES) return cursor.lacking(PPPOE_BYTES)
  const { bytes } = packet
  const { at } = cursor
  if (bytes[at] !== PPPOE_VERSION_AND_TYPE) return DecodeStatus.malformed
  if (bytes[at + 1] !== PPPOE_SESSION_DATA) return DecodeStatus.unsupported
  packet.networkId = insideNetwork(packet.networkId, NetworkKind.pppoe | u16(bytes, at + 2))
  cursor.at = at + PPPOE_BYTES
  return cursor.endAt(cursor.at + u16(bytes, at + 4)) ? Layer.ppp : DecodeStatus.malformed
}

const CISCO_BYTES = 4

/** Cisco HDLC: address, control, EtherType (RFC 1547 section 4.3.1 describes it). */
export function ciscoHdlc(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < CISCO_BYTES) return cursor.lacking(CISCO_BYTES)
  cursor.at += CISCO_BYTES
  return layerOfEtherType(u16(packet.bytes, cursor.at - 2))
}

const FABRIC_PATH_TAG_BYTES = 2

/** Cisco FabricPath: a tree and a time to live, then the frame as it was. */
export function fabricPath(_packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < FABRIC_PATH_TAG_BYTES) return cursor.lacking(FABRIC_PATH_TAG_BYTES)
  cursor.at += FABRIC_PATH_TAG_BYTES
  return Layer.ethernet
}
