import { u16, u16le, u32, u32le } from '../../lib/bytes.ts'
import { DecodeStatus, LinkType, type Packet } from '../packet.ts'
import { type Cursor, Layer, type Next } from './cursor.ts'
import { layerOfEtherType } from './ethernet.ts'

/** The first header of a packet, by the capture's link type. */
export function layerOfLinkType(linkType: number): Next {
  switch (linkType) {
    case LinkType.ethernet:
      return Layer.ethernet
    case LinkType.linuxSll:
      return Layer.linuxSll
    case LinkType.linuxSll2:
      return Layer.linuxSll2
    case LinkType.rawBsd:
    case LinkType.rawOpenBsd:
    case LinkType.raw:
    case LinkType.ipv4:
    case LinkType.ipv6:
      return Layer.rawIp
    case LinkType.null:
    case LinkType.loop:
      return Layer.loopback
    case LinkType.ppp:
    case LinkType.pppHdlc:
      return Layer.ppp
    case LinkType.pppEthernet:
      return Layer.pppEthernet
    case LinkType.ciscoHdlc:
      return Layer.ciscoHdlc
    case LinkType.wifi:
      return Layer.wifi
    case LinkType.radiotap:
      return Layer.radiotap
    default:
      return DecodeStatus.unsupported
  }
}

/** No link header: the version is in the first four bits. */
export function rawIp(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < 1) return cursor.lacking(1)
  const version = packet.bytes[cursor.at] >> 4
  if (version === 4) return Layer.ipv4
  return version === 6 ? Layer.ipv6 : DecodeStatus.malformed
}

const SLL_BYTES = 16
const SLL2_BYTES = 20
/** In place of an EtherType: IEEE 802.2 LLC follows (LINUX_SLL_P_802_2). */
const SLL_LOGICAL_LINK = 4

/** LINKTYPE_LINUX_SLL: the protocol is the last field. */
export function linuxSll(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < SLL_BYTES) return cursor.lacking(SLL_BYTES)
  cursor.at += SLL_BYTES
  return cookedProtocol(u16(packet.bytes, cursor.at - 2))
}

/** LINKTYPE_LINUX_SLL2: the protocol is the first field. */
export function linuxSll2(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < SLL2_BYTES) return cursor.lacking(SLL2_BYTES)
  cursor.at += SLL2_BYTES
  return cookedProtocol(u16(packet.bytes, cursor.at - SLL2_BYTES))
}

function cookedProtocol(protocol: number): Next {
  return protocol === SLL_LOGICAL_LINK ? Layer.logicalLink : layerOfEtherType(protocol)
}

const LOOPBACK_BYTES = 4
const AF_INET = 2

/**
 * LINKTYPE_NULL and LINKTYPE_LOOP: the address family, in the byte order of whichever machine captured. AF_INET6 has
 * another number on each system: 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin.
 */
export function loopback(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < LOOPBACK_BYTES) return cursor.lacking(LOOPBACK_BYTES)
  const { at } = cursor
  cursor.at += LOOPBACK_BYTES
  switch (Math.min(u32(packet.bytes, at), u32le(packet.bytes, at))) {
    case AF_INET:
      return Layer.ipv4
    case 10:
    case 24:
    case 28:
    case 30:
      return Layer.ipv6
    default:
      return DecodeStatus.unsupported
  }
}

const RADIOTAP_BYTES = 8

/** radiotap.org: version 0, then the length of the whole header, little-endian. */
export function radiotap(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < RADIOTAP_BYTES) return cursor.lacking(RADIOTAP_BYTES)
  const length = u16le(packet.bytes, cursor.at + 2)
  if (packet.bytes[cursor.at] !== 0 || length < RADIOTAP_BYTES) return DecodeStatus.malformed
  if (cursor.end - cursor.at < length) return cursor.lacking(length)
  cursor.at += length
  return Layer.wifi
}

const WIFI_BYTES = 24
const WifiFlag = { toDs: 0x0100, fromDs: 0x0200, protected: 0x4000, order: 0x8000 } as const
const WIFI_DATA = 2
const WIFI_SUBTYPE_QOS = 8
const WIFI_SUBTYPE_NO_DATA = 4
const WIFI_AGGREGATE = 0x80

/** IEEE 802.11 section 9.2: data frames that are neither encrypted nor aggregated; nothing else carries readable IP. */
export function wifi(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < 2) return cursor.lacking(2)
  const control = u16le(packet.bytes, cursor.at)
  const subtype = (control >> 4) & 0xf
  const isData = ((control >> 2) & 3) === WIFI_DATA && (subtype & WIFI_SUBTYPE_NO_DATA) === 0
  if (!isData || control & WifiFlag.protected) return DecodeStatus.unsupported
  if (cursor.end - cursor.at < WIFI_BYTES) return cursor.lacking(WIFI_BYTES)
  // Both set: a fourth address.
  let length = WIFI_BYTES + (control & WifiFlag.toDs && control & WifiFlag.fromDs ? 6 : 0)
  if (subtype & WIFI_SUBTYPE_QOS) {
    if (cursor.end - cursor.at < length + 2) return cursor.lacking(length + 2)
    if (packet.bytes[cursor.at + length] & WIFI_AGGREGATE) return DecodeStatus.unsupported
    length += control & WifiFlag.order ? 6 : 2
  }
  cursor.at += length
  return Layer.logicalLink
}
