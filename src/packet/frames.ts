import { parseAddress } from '../lib/ip.ts'
import { IpProtocol } from './packet.ts'

/*
 * Builds packets from the inside out, with right lengths and checksums, for tests, benches and synthetic traffic:
 *
 *     ethernet(EtherType.ipv4, ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: IpProtocol.tcp }, tcp({ … })))
 *
 * Allocates freely and, unlike the rest of this folder, throws when asked for what cannot be.
 */

const NOTHING = new Uint8Array(0)

/** Joins parts; a number is one byte. */
export function concatenate(...parts: (Uint8Array | number)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : part))),
  )
}

/** 16-bit numbers in network byte order. */
export function words(...values: number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [(value >>> 8) & 0xff, value & 0xff]))
}

/** 32-bit numbers in network byte order. */
export function longs(...values: number[]): Uint8Array {
  return words(...values.flatMap((value) => [value >>> 16, value & 0xffff]))
}

/** The addresses are locally administered ones. */
export function ethernet(etherType: number, payload: Uint8Array): Uint8Array {
  return concatenate(words(0x0200, 0, 2, 0x0200, 0, 1, etherType), payload)
}

/** The tag and what follows it; goes inside `ethernet(EtherType.vlan, …)`. */
export function vlan(id: number, etherType: number, payload: Uint8Array): Uint8Array {
  return concatenate(words(id, etherType), payload)
}

export interface Ipv4Fields {
  source: string
  destination: string
  protocol: number
  id?: number
  /** Bytes into the datagram. */
  fragmentOffset?: number
  moreFragments?: boolean
  options?: Uint8Array
  /** In place of the right one. */
  totalLength?: number
}

export function ipv4(fields: Ipv4Fields, payload: Uint8Array = NOTHING): Uint8Array {
  const options = padded(fields.options ?? NOTHING, 4)
  const headerBytes = 20 + options.length
  const offset = fields.fragmentOffset ?? 0
  const header = concatenate(
    0x40 | (headerBytes >> 2),
    0,
    words(fields.totalLength ?? headerBytes + payload.length, fields.id ?? 0),
    words((fields.moreFragments ? 0x2000 : 0) | (offset >> 3)),
    64,
    fields.protocol,
    words(0),
    address(fields.source, 4),
    address(fields.destination, 4),
    options,
  )
  header.set(words(checksum(header)), 10)
  const isFragment = offset > 0 || fields.moreFragments
  return concatenate(
    header,
    isFragment ? payload : checksummed(fields.protocol, header.subarray(12, 20), payload),
  )
}

export interface Ipv6Fields {
  source: string
  destination: string
  /** Of the payload: extension headers are put in front of it by `extension` and `fragmentHeader`. */
  protocol: number
  /** In place of the right one. */
  payloadLength?: number
}

export function ipv6(fields: Ipv6Fields, payload: Uint8Array = NOTHING): Uint8Array {
  const addresses = concatenate(address(fields.source, 16), address(fields.destination, 16))
  return concatenate(
    longs(0x6000_0000),
    words(fields.payloadLength ?? payload.length),
    fields.protocol,
    64,
    addresses,
    checksummed(fields.protocol, addresses, payload),
  )
}

/** An extension header of `units` times 8 bytes, filled with padding (RFC 8200 section 4.2), and what follows it. */
export function extension(next: number, units: number, payload: Uint8Array): Uint8Array {
  const padding = new Uint8Array(units * 8 - 4)
  return concatenate(next, units - 1, 1, padding.length, padding, payload)
}

export function fragmentHeader(
  next: number,
  fragment: { id: number; offset: number; more: boolean },
  payload: Uint8Array,
): Uint8Array {
  return concatenate(next, 0, words(fragment.offset | (fragment.more ? 1 : 0)), longs(fragment.id), payload)
}

export interface TcpFields {
  sourcePort: number
  destinationPort: number
  sequence?: number
  acknowledgment?: number
  /** Bits of `TcpFlag`; default none. */
  flags?: number
  window?: number
  /** Padded to 32 bits. */
  options?: Uint8Array
}

export function tcp(fields: TcpFields, payload: Uint8Array = NOTHING): Uint8Array {
  const options = padded(fields.options ?? NOTHING, 4)
  return concatenate(
    words(fields.sourcePort, fields.destinationPort),
    longs(fields.sequence ?? 0, fields.acknowledgment ?? 0),
    (20 + options.length) << 2,
    fields.flags ?? 0,
    words(fields.window ?? 65_535, 0, 0),
    options,
    payload,
  )
}

export interface UdpFields {
  sourcePort: number
  destinationPort: number
  /** In place of the right one. */
  length?: number
}

export function udp(fields: UdpFields, payload: Uint8Array = NOTHING): Uint8Array {
  const length = fields.length ?? 8 + payload.length
  return concatenate(words(fields.sourcePort, fields.destinationPort, length, 0), payload)
}

/** ICMP and ICMPv6 echo, and whatever else has an identifier and a number. */
export function icmp(type: number, identifier: number, payload: Uint8Array = NOTHING): Uint8Array {
  return concatenate(type, 0, words(0, identifier, 1), payload)
}

export function sctp(sourcePort: number, destinationPort: number, chunks: Uint8Array = NOTHING): Uint8Array {
  return concatenate(words(sourcePort, destinationPort), longs(0x1234_5678, 0), chunks)
}

function address(text: string, length: 4 | 16): Uint8Array {
  const bytes = parseAddress(text)
  if (bytes?.length !== length) throw new TypeError(`not an address of ${length} bytes: ${text}`)
  return bytes
}

function padded(bytes: Uint8Array, unit: number): Uint8Array {
  return concatenate(bytes, new Uint8Array((unit - (bytes.length % unit)) % unit))
}

/** Where each protocol has its checksum. */
const CHECKSUM_AT: Record<number, number> = {
  [IpProtocol.tcp]: 16,
  [IpProtocol.udp]: 6,
  [IpProtocol.icmp]: 2,
  [IpProtocol.icmp6]: 2,
}

/** `payload` with its checksum set, over the pseudo header where the protocol has one. */
function checksummed(protocol: number, addresses: Uint8Array, payload: Uint8Array): Uint8Array {
  const at = CHECKSUM_AT[protocol]
  if (at === undefined || payload.length < at + 2) return payload
  const pseudo = concatenate(addresses, longs(payload.length, protocol))
  const covered = protocol === IpProtocol.icmp ? payload : concatenate(pseudo, payload)
  const result = Uint8Array.from(payload)
  // 0 means none in UDP: its other form is sent (RFC 768).
  result.set(words(checksum(covered) || 0xffff), at)
  return result
}

/** RFC 1071. */
function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) | (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000)
  return ~sum & 0xffff
}
