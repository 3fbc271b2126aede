import { formatAddress } from '../lib/ip.ts'
import { formatTime } from '../lib/time.ts'
import { CaptureReader } from '../packet/capture/reader.ts'
import { decode } from '../packet/decode.ts'
import { DecodeStatus, type Packet, TcpFlag } from '../packet/packet.ts'
import { transportName } from '../packet/transport-name.ts'
import { captureLimits } from './limits.ts'

/** A packet of a file, for people: who to whom, and its bytes. */
export interface ListedPacket {
  /** From 1, in the file. */
  number: number
  /** RFC 3339. */
  at: string
  /** Of its bytes on the wire. */
  length: number
  /** What it is: `tcp`, `udp`, `ip-47`; `not decoded` where its headers say nothing. */
  protocol: string
  /** `10.0.0.1:80`; the address alone where there are no ports. Empty where it is not known. */
  from: string
  to: string
  /** Of TCP: `SYN ACK`. */
  flags: string
  /** Bytes in base64, the first of them; and where among them the payload of the transport begins. */
  data: string
  payloadAt: number
  /** There are more bytes than `data` has. */
  isCut: boolean
}

export interface PacketList {
  packets: ListedPacket[]
  /** In the file, as far as it could be read. */
  count: number
  /** What was wrong with the file; null where nothing was. */
  problem: string | null
}

/** The packets of a capture file from a number on (the first is 1), as many as are asked for. Never throws. */
export function listPackets(bytes: Uint8Array, { from, most }: { from: number; most: number }): PacketList {
  const packets: ListedPacket[] = []
  const reader = new CaptureReader()
  let count = 0
  reader.read(bytes, 0, bytes.length, {
    packet: (packet) => {
      count++
      if (count >= from && packets.length < most) packets.push(listed(packet, count))
    },
  })
  return { packets, count, problem: reader.finish()?.reason ?? null }
}

function listed(packet: Packet, number: number): ListedPacket {
  const status = decode(packet)
  const isKnown = status === DecodeStatus.ok || status === DecodeStatus.fragment
  const { start, end, bytes, originalLength, payloadStart } = packet
  const cut = Math.min(end, start + captureLimits.shownBytes)
  return {
    number,
    at: formatTime(packet.time),
    length: originalLength,
    ...(isKnown ? endsOf(packet) : { protocol: 'not decoded', from: '', to: '', flags: '' }),
    data: Buffer.from(bytes.buffer, bytes.byteOffset + start, cut - start).toString('base64'),
    payloadAt: isKnown ? Math.max(0, payloadStart - start) : 0,
    isCut: cut < end || originalLength > end - start,
  }
}

function endsOf(packet: Packet): Pick<ListedPacket, 'protocol' | 'from' | 'to' | 'flags'> {
  const { bytes, ipVersion, sourceAt, destinationAt, protocol, sourcePort, destinationPort, tcpFlags } =
    packet
  const size = ipVersion === 4 ? 4 : 16
  const name = transportName(protocol)
  const hasPorts = (name === 'tcp' || name === 'udp' || name === 'sctp') && packet.status === DecodeStatus.ok
  const end = (at: number, port: number): string => {
    const address = formatAddress(bytes.subarray(at, at + size))
    if (!hasPorts) return address
    return ipVersion === 4 ? `${address}:${port}` : `[${address}]:${port}`
  }
  return {
    protocol: name,
    from: end(sourceAt, sourcePort),
    to: end(destinationAt, destinationPort),
    flags: name === 'tcp' && hasPorts ? flagNames(tcpFlags) : '',
  }
}

function flagNames(flags: number): string {
  const set = Object.entries(TcpFlag).filter(([, bit]) => (flags & bit) !== 0)
  return set.map(([name]) => name.toUpperCase()).join(' ')
}
