import { u16 } from '../../lib/bytes.ts'
import { DecodeStatus, type Packet } from '../packet.ts'
import { type Cursor, insideNetwork, Layer, type Next } from './cursor.ts'

/** EtherTypes of the IEEE registry that are decoded. */
export const EtherType = {
  ipv4: 0x0800,
  vlan: 0x8100,
  ipv6: 0x86dd,
  mpls: 0x8847,
  mplsMulticast: 0x8848,
  pppoeSession: 0x8864,
  fabricPath: 0x8903,
  /** 802.1ad service tag. */
  serviceVlan: 0x88a8,
  /** Service tags of before 802.1ad. */
  oldServiceVlan: 0x9100,
  oldServiceVlan2: 0x9200,
  /** Ethernet inside GRE, Geneve, NVGRE. */
  transparentEthernet: 0x6558,
} as const

const HEADER_BYTES = 14
const VLAN_BYTES = 4
/** Below it the field is a length: IEEE 802.3 section 3.2.6. */
const FIRST_ETHER_TYPE = 0x600
const SNAP_BYTES = 8

export function layerOfEtherType(etherType: number): Next {
  switch (etherType) {
    case EtherType.ipv4:
      return Layer.ipv4
    case EtherType.ipv6:
      return Layer.ipv6
    case EtherType.vlan:
    case EtherType.serviceVlan:
    case EtherType.oldServiceVlan:
    case EtherType.oldServiceVlan2:
      return Layer.vlan
    case EtherType.mpls:
    case EtherType.mplsMulticast:
      return Layer.mpls
    case EtherType.pppoeSession:
      return Layer.pppEthernet
    case EtherType.transparentEthernet:
      return Layer.ethernet
    case EtherType.fabricPath:
      return Layer.fabricPath
    default:
      return DecodeStatus.unsupported
  }
}

export function ethernet(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < HEADER_BYTES) return cursor.lacking(HEADER_BYTES)
  cursor.at += HEADER_BYTES
  return typeOrLength(packet, cursor)
}

/** IEEE 802.1Q and 802.1ad. Tag 0 carries a priority only and says nothing about the network. */
export function vlan(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < VLAN_BYTES) return cursor.lacking(VLAN_BYTES)
  const id = u16(packet.bytes, cursor.at) & 0xfff
  if (id !== 0) packet.networkId = insideNetwork(packet.networkId, id)
  cursor.at += VLAN_BYTES
  return typeOrLength(packet, cursor)
}

/** Reads the type or length that stands right before the cursor. */
function typeOrLength(packet: Packet, cursor: Cursor): Next {
  const value = u16(packet.bytes, cursor.at - 2)
  if (value >= FIRST_ETHER_TYPE) return layerOfEtherType(value)
  return cursor.endAt(cursor.at + value) ? Layer.logicalLink : DecodeStatus.malformed
}

/** IEEE 802.2 with SNAP, RFC 1042: DSAP and SSAP 0xaa, control 3, organisation 0, EtherType. Other LLC is no IP. */
export function logicalLink(packet: Packet, cursor: Cursor): Next {
  if (cursor.end - cursor.at < SNAP_BYTES) return DecodeStatus.unsupported
  const { bytes } = packet
  const { at } = cursor
  const isSnap = u16(bytes, at) === 0xaaaa && bytes[at + 2] === 3
  if (!isSnap || bytes[at + 3] !== 0 || u16(bytes, at + 4) !== 0) return DecodeStatus.unsupported
  cursor.at = at + SNAP_BYTES
  return layerOfEtherType(u16(bytes, at + 6))
}
