import { u16 } from '../../lib/bytes.ts'
import { decodeLimits } from '../limits.ts'
import { DecodeStatus, IpProtocol, type Packet } from '../packet.ts'
import type { Cursor, Next } from './cursor.ts'
import { authentication, fragment, upperLayer } from './upper.ts'

const HEADER_BYTES = 20
const MORE_FRAGMENTS = 0x2000
const OFFSET = 0x1fff

/** RFC 791 section 3.1. */
export function ipv4(packet: Packet, cursor: Cursor): Next {
  const { bytes } = packet
  const { at } = cursor
  if (cursor.end - at < HEADER_BYTES) return cursor.lacking(HEADER_BYTES)
  const headerBytes = (bytes[at] & 0xf) << 2
  if (bytes[at] >> 4 !== 4 || headerBytes < HEADER_BYTES) return DecodeStatus.malformed
  // Whoever tells of a malformed packet wants to know whose it is.
  packet.ipVersion = 4
  packet.sourceAt = at + 12
  packet.destinationAt = at + 16
  const protocol = bytes[at + 9]
  packet.protocol = protocol
  if (!bounded(cursor, u16(bytes, at + 2), headerBytes)) return DecodeStatus.malformed
  if (cursor.end - at < headerBytes) return cursor.lacking(headerBytes)
  packet.networkAt = at
  packet.networkLength = cursor.wireEnd - at
  const flagsAndOffset = u16(bytes, at + 6)
  cursor.at = at + headerBytes
  if (flagsAndOffset & (MORE_FRAGMENTS | OFFSET)) {
    packet.fragmentId = u16(bytes, at + 4)
    packet.fragmentOffset = (flagsAndOffset & OFFSET) << 3
    packet.moreFragments = (flagsAndOffset & MORE_FRAGMENTS) !== 0
    return fragment(packet, cursor)
  }
  return protocol === IpProtocol.authentication
    ? authentication(packet, cursor)
    : upperLayer(packet, cursor, protocol)
}

/** Ends the cursor where the packet's total length says; 0 is that of segmentation offload, which has all of the frame. */
function bounded(cursor: Cursor, totalLength: number, headerBytes: number): boolean {
  if (totalLength === 0) return cursor.wireEnd - cursor.at > decodeLimits.lengthlessBytes
  return totalLength >= headerBytes && cursor.endAt(cursor.at + totalLength)
}
