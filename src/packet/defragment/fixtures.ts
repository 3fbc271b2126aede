import assert from 'node:assert/strict'
import { decode } from '../decode.ts'
import type { DefragmentCounters, Defragmenter } from '../defragment.ts'
import { fragmentHeader, ipv4, ipv6, udp } from '../frames.ts'
import { DecodeStatus, IpProtocol, LinkType, Packet } from '../packet.ts'

/* Fragments for the tests of defragmentation, and what came of them. */

const ADDRESSES = { source: '10.0.0.1', destination: '10.0.0.2' }
export const ADDRESSES6 = { source: '2001:db8::1', destination: '2001:db8::2' }
export const START = 1_700_000_000_000_000

export interface Piece {
  offset: number
  /** Text of 8 bytes' multiple length, unless it is the last one. */
  data: string | Uint8Array
  more: boolean
  id?: number
  protocol?: number
  source?: string
}

export function fragment4(piece: Piece): Uint8Array {
  const { offset, more, id = 1, protocol = IpProtocol.udp, source = ADDRESSES.source } = piece
  const addresses = { ...ADDRESSES, source }
  return ipv4(
    { ...addresses, protocol, id, fragmentOffset: offset, moreFragments: more },
    bytesOf(piece.data),
  )
}

export function fragment6(piece: Piece): Uint8Array {
  const { offset, more, id = 1, protocol = IpProtocol.udp } = piece
  return ipv6(
    { ...ADDRESSES6, protocol: 44 },
    fragmentHeader(protocol, { id, offset, more }, bytesOf(piece.data)),
  )
}

export function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, 'latin1') : data
}

export function decoded(bytes: Uint8Array, seconds = 0): Packet {
  const packet = new Packet()
  packet.bytes = bytes
  packet.end = packet.originalLength = bytes.length
  packet.linkType = LinkType.raw
  packet.time = START + seconds * 1e6
  decode(packet)
  return packet
}

/** Adds fragments in turn; returns what came out whole, as text of the transport's payload. */
export function assemble(
  defragmenter: Defragmenter,
  packets: (Uint8Array | Packet)[],
): (string | undefined)[] {
  return packets.map((packet) => {
    const whole = defragmenter.add(packet instanceof Packet ? packet : decoded(packet))
    return whole && payloadText(whole)
  })
}

export function payloadText(packet: Packet): string {
  assert.equal(packet.status, DecodeStatus.ok)
  return Buffer.from(packet.bytes.subarray(packet.payloadStart, packet.payloadEnd)).toString('latin1')
}

/** The counters that are not 0. */
export function counted(defragmenter: Defragmenter): Partial<DefragmentCounters> {
  return Object.fromEntries(Object.entries(defragmenter.counters).filter(([, value]) => value !== 0))
}

/** A UDP header and `text`. */
export function datagram(text: string, sourcePort = 1000): string {
  return Buffer.from(udp({ sourcePort, destinationPort: 2000 }, Buffer.from(text))).toString('latin1')
}
