import { u16, u32 } from '../../lib/bytes.ts'
import { decodeLimits } from '../limits.ts'
import { DecodeStatus, IpProtocol, type Packet } from '../packet.ts'
import type { Cursor, Next } from './cursor.ts'
import { fragment, upperLayer } from './upper.ts'

const HEADER_BYTES = 40
const FRAGMENT_BYTES = 8

/** Extension headers of the IANA registry that are walked over; ESP is not, for what follows it is encrypted. */
const Extension = {
  hopByHop: 0,
  routing: 43,
  fragment: 44,
  authentication: IpProtocol.authentication,
  destination: 60,
  mobility: 135,
  hostIdentity: 139,
  shim6: 140,
} as const

/** RFC 8200 section 3. */
export function ipv6(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < HEADER_BYTES) return cursor.lacking(HEADER_BYTES)
  if (bytes[at] >> 4 !== 6) return DecodeStatus.malformed
  const payloadLength = u16(bytes, at + 4)
  const protocol = bytes[at + 6]
  const isBounded = payloadLength !== 0 || !isLengthless(cursor, protocol)
  if (isBounded && !cursor.endAt(at + HEADER_BYTES + payloadLength)) return DecodeStatus.malformed
  packet.ipVersion = 6
  packet.networkAt = at
  packet.networkLength = cursor.wireEnd - at
  packet.sourceAt = at + 8
  packet.destinationAt = at + 24
  cursor.at = at + HEADER_BYTES
  return isExtension(protocol) ? extensions(packet, cursor, protocol) : upperLayer(packet, cursor, protocol)
}

/**
 * A payload length of 0 may be that of a jumbogram, whose hop-by-hop option needs no reading because all of the frame
 * belongs to it (Linux takes it without the option, too), or of segmentation offload.
 */
function isLengthless(cursor: Cursor, protocol: number): boolean {
  return protocol === Extension.hopByHop || cursor.wireEnd - cursor.at > decodeLimits.lengthlessBytes
}

function isExtension(protocol: number): boolean {
  switch (protocol) {
    case Extension.hopByHop:
    case Extension.routing:
    case Extension.fragment:
    case Extension.authentication:
    case Extension.destination:
    case Extension.mobility:
    case Extension.hostIdentity:
    case Extension.shim6:
      return true
    default:
      return false
  }
}

/** Walks the chain of extension headers from the one of kind `first` at the cursor. */
function extensions(packet: Packet, cursor: Cursor, first: number): Next {
  const { bytes } = packet
  let kind = first
  for (let walked = 0; isExtension(kind); walked++) {
    if (walked === decodeLimits.extensionHeaders) return DecodeStatus.tooDeep
    if (cursor.end - cursor.at < FRAGMENT_BYTES) return cursor.lacking(FRAGMENT_BYTES)
    const { at } = cursor
    const next = bytes[at]
    if (kind === Extension.fragment) {
      cursor.at = at + FRAGMENT_BYTES
      if (isPartial(packet, at)) return lastFragmentHeader(packet, cursor, next)
    } else {
      const length = extensionBytes(kind, bytes[at + 1])
      if (cursor.end - at < length) return cursor.lacking(length)
      cursor.at = at + length
    }
    kind = next
  }
  return upperLayer(packet, cursor, kind)
}

/** RFC 4302 section 2.2 counts the authentication header in units of 4 and less 2; all others are units of 8, less 1. */
function extensionBytes(kind: number, length: number): number {
  return kind === Extension.authentication ? Math.max(8, (length + 2) * 4) : (length + 1) * 8
}

/** False for an atomic fragment, which is a whole packet with a fragment header (RFC 6946). */
function isPartial(packet: Packet, at: number): boolean {
  const offsetAndFlag = u16(packet.bytes, at + 2)
  packet.fragmentOffset = offsetAndFlag & 0xfff8
  packet.moreFragments = (offsetAndFlag & 1) !== 0
  packet.fragmentId = u32(packet.bytes, at + 4)
  return packet.fragmentOffset !== 0 || packet.moreFragments
}

function lastFragmentHeader(packet: Packet, cursor: Cursor, next: number): Next {
  packet.protocol = next
  return fragment(packet, cursor)
}
