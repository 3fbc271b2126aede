import { PcapWriter } from '../../../src/packet/capture/pcap-writer.ts'
import { PcapngWriter } from '../../../src/packet/capture/pcapng-writer.ts'
import { CaptureReader } from '../../../src/packet/capture/reader.ts'
import { EtherType } from '../../../src/packet/decode/ethernet.ts'
import {
  concatenate,
  ethernet,
  extension,
  fragmentHeader,
  ipv4,
  ipv6,
  longs,
  tcp,
  udp,
  vlan,
  words,
} from '../../../src/packet/frames.ts'
import { IpProtocol, LinkType, Packet, TcpFlag } from '../../../src/packet/packet.ts'
import type { Exchange } from './conversations.ts'
import type { Random } from './random.ts'

export interface Frame {
  bytes: Uint8Array
  time: number
  linkType: number
}

const START_US = 1_795_167_000_000_000
const CLIENT = ['10.0.0.1', '2001:db8::1']
const SERVER = ['10.0.0.2', '2001:db8::2']

/** Puts one exchange into frames: cut anywhere, in one of the ways in which networks wrap it. */
export function toFrames(exchange: Exchange, random: Random): Frame[] {
  const wrap = random.pick(WRAPPINGS)
  const port = 32_768 + random.below(3)
  const segments =
    exchange.transport === 'tcp' ? segmentsOf(exchange, port, random) : datagramsOf(exchange, port)
  const protocol = exchange.transport === 'tcp' ? IpProtocol.tcp : IpProtocol.udp
  return segments.flatMap(([side, payload], i) =>
    wrap({ protocol, isReply: side === 1, payload, id: i + 1 }).map((bytes) => ({
      bytes,
      time: START_US + i * 1000,
      linkType: LinkType.ethernet,
    })),
  )
}

type Segment = [side: 0 | 1, bytes: Uint8Array]

function segmentsOf({ port, turns }: Exchange, clientPort: number, random: Random): Segment[] {
  const ports = [clientPort, port]
  const sent = [random.chance(4) ? 0xffff_ff00 : 1000, 5000]
  const segments: Segment[] = []
  const send = (side: 0 | 1, flags: number, payload: Uint8Array) => {
    const acknowledgment = flags === TcpFlag.syn ? 0 : sent[1 - side]
    const fields = {
      sourcePort: ports[side],
      destinationPort: ports[1 - side],
      sequence: sent[side],
      acknowledgment,
      flags,
    }
    segments.push([side, tcp(fields, payload)])
    const consumed = payload.length + ((flags & (TcpFlag.syn | TcpFlag.fin)) === 0 ? 0 : 1)
    sent[side] = (sent[side] + consumed) >>> 0
  }
  const none = new Uint8Array(0)
  send(0, TcpFlag.syn, none)
  send(1, TcpFlag.syn | TcpFlag.ack, none)
  const most = random.pick([8, 60, 536, 1448])
  for (const [side, bytes] of turns) {
    for (let at = 0, size = 0; at < bytes.length; at += size) {
      // Tiny pieces in small numbers only: a case is to have tens of packets, not thousands.
      size = Math.max(1 + random.below(most), Math.ceil(bytes.length / 30))
      send(side, TcpFlag.ack | TcpFlag.psh, bytes.subarray(at, at + size))
    }
  }
  send(0, TcpFlag.fin | TcpFlag.ack, none)
  send(1, random.chance(4) ? TcpFlag.rst : TcpFlag.fin | TcpFlag.ack, none)
  return segments
}

function datagramsOf({ port, turns }: Exchange, clientPort: number): Segment[] {
  return turns.map(([side, bytes]) => {
    const [sourcePort, destinationPort] = side === 0 ? [clientPort, port] : [port, clientPort]
    return [side, udp({ sourcePort, destinationPort }, bytes)]
  })
}

interface Datagram {
  protocol: number
  isReply: boolean
  payload: Uint8Array
  id: number
}
type Wrap = (datagram: Datagram) => Uint8Array[]

const ends = (version: 0 | 1, isReply: boolean) => ({
  source: (isReply ? SERVER : CLIENT)[version],
  destination: (isReply ? CLIENT : SERVER)[version],
})
const packet4 = ({ protocol, isReply, payload, id }: Datagram) =>
  ipv4({ ...ends(0, isReply), protocol, id }, payload)
const packet6 = ({ protocol, isReply, payload }: Datagram) => ipv6({ ...ends(1, isReply), protocol }, payload)
const frame4 = (bytes: Uint8Array) => ethernet(EtherType.ipv4, bytes)
const tunnel = (datagram: Datagram, protocol: number, payload: Uint8Array) =>
  frame4(ipv4({ source: '192.0.2.1', destination: '192.0.2.2', protocol, id: datagram.id }, payload))
const overUdp = (datagram: Datagram, destinationPort: number, ...parts: Uint8Array[]) =>
  tunnel(datagram, IpProtocol.udp, udp({ sourcePort: 5000, destinationPort }, concatenate(...parts)))

const WRAPPINGS: readonly Wrap[] = [
  (datagram) => [frame4(packet4(datagram))],
  (datagram) => [ethernet(EtherType.ipv6, packet6(datagram))],
  (datagram) => [
    ethernet(
      EtherType.ipv6,
      ipv6(
        { ...ends(1, datagram.isReply), protocol: 0 },
        extension(60, 1, extension(datagram.protocol, 2, datagram.payload)),
      ),
    ),
  ],
  (datagram) => [
    ethernet(EtherType.serviceVlan, vlan(5, EtherType.vlan, vlan(6, EtherType.ipv4, packet4(datagram)))),
  ],
  (datagram) => [overUdp(datagram, 4789, longs(0x0800_0000, 0x100), frame4(packet4(datagram)))],
  (datagram) => [
    overUdp(datagram, 6081, words(0x0200, 0x6558), longs(0x100, 1, 2), frame4(packet4(datagram))),
  ],
  (datagram) => [
    tunnel(datagram, IpProtocol.gre, concatenate(words(0x2000, EtherType.ipv6), longs(7), packet6(datagram))),
  ],
  (datagram) => [tunnel(datagram, IpProtocol.ipInIp, packet4(datagram))],
  fragments4,
  fragments6,
]

/** Bytes of a fragment's data: a multiple of 8. */
const FRAGMENT = 48

function fragments4({ protocol, isReply, payload, id }: Datagram): Uint8Array[] {
  return pieces(payload).map(([fragmentOffset, piece, moreFragments]) =>
    frame4(ipv4({ ...ends(0, isReply), protocol, id, fragmentOffset, moreFragments }, piece)),
  )
}

function fragments6({ protocol, isReply, payload, id }: Datagram): Uint8Array[] {
  return pieces(payload).map(([offset, piece, more]) =>
    ethernet(
      EtherType.ipv6,
      ipv6({ ...ends(1, isReply), protocol: 44 }, fragmentHeader(protocol, { id, offset, more }, piece)),
    ),
  )
}

function pieces(payload: Uint8Array): [offset: number, piece: Uint8Array, more: boolean][] {
  const size = Math.max(FRAGMENT, Math.ceil(payload.length / 8 / 8) * 8)
  const all: [number, Uint8Array, boolean][] = []
  for (let at = 0; at < payload.length; at += size)
    all.push([at, payload.subarray(at, at + size), at + size < payload.length])
  return all
}

/** The frames of a capture file, as far as it can be read. */
export function framesOf(file: Uint8Array): Frame[] {
  const frames: Frame[] = []
  new CaptureReader().read(file, 0, file.length, {
    packet: ({ bytes, start, end, time, linkType }) =>
      void frames.push({ bytes: bytes.slice(start, end), time, linkType }),
  })
  return frames
}

/** A capture file of frames; pcap has one link type only, so that of the first holds for all. */
export function toCapture(frames: readonly Frame[], isPcapng: boolean): Uint8Array {
  const parts: Uint8Array[] = []
  const sink = {
    write: (bytes: Uint8Array, start: number, end: number) => void parts.push(bytes.slice(start, end)),
  }
  const linkTypes = [...new Set(frames.map(({ linkType }) => linkType))]
  const ng = isPcapng ? new PcapngWriter(sink) : undefined
  for (const linkType of isPcapng ? linkTypes : []) ng?.addInterface({ linkType })
  const writer = ng ?? new PcapWriter(sink, { linkType: linkTypes[0] ?? LinkType.ethernet })
  const packet = new Packet()
  for (const { bytes, time, linkType } of frames) {
    packet.bytes = bytes
    packet.end = packet.originalLength = bytes.length
    packet.time = time
    packet.interfaceId = Math.max(0, linkTypes.indexOf(linkType))
    writer.packet(packet)
  }
  return Buffer.concat(parts)
}
