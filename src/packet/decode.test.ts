import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAddress } from '../lib/ip.ts'
import { NetworkKind } from './decode/cursor.ts'
import { EtherType } from './decode/ethernet.ts'
import { decode } from './decode.ts'
import {
  concatenate,
  ethernet,
  extension,
  fragmentHeader,
  icmp,
  ipv4,
  ipv6,
  longs,
  sctp,
  tcp,
  udp,
  vlan,
  words,
} from './frames.ts'
import { decodeLimits } from './limits.ts'
import { DecodeStatus, IpProtocol, LinkType, Packet, TcpFlag } from './packet.ts'

const GET = Buffer.from('GET / HTTP/1.1\r\n\r\n')
const ADDRESSES = { source: '10.0.0.1', destination: '10.0.0.2' }
const ADDRESSES6 = { source: '2001:db8::1', destination: '2001:db8::2' }
const OUTER = { source: '192.0.2.1', destination: '192.0.2.2' }

const segment = tcp(
  { sourcePort: 40_000, destinationPort: 80, flags: TcpFlag.ack | TcpFlag.psh, sequence: 0xfffffff0 },
  GET,
)
const packet4 = ipv4({ ...ADDRESSES, protocol: IpProtocol.tcp }, segment)
const packet6 = ipv6({ ...ADDRESSES6, protocol: IpProtocol.tcp }, segment)
const frame4 = ethernet(EtherType.ipv4, packet4)
const frame6 = ethernet(EtherType.ipv6, packet6)

const FLOW4 = 'tcp 10.0.0.1:40000 > 10.0.0.2:80'
const FLOW6 = 'tcp 2001:db8::1:40000 > 2001:db8::2:80'

/** Decodes bytes that do not begin at 0 and have something behind them, so that neither can be taken for granted. */
function decoded(frame: Uint8Array, linkType: number = LinkType.ethernet, cut = frame.length): Packet {
  const packet = new Packet()
  packet.bytes = concatenate(
    longs(0xa5a5_a5a5, 0x5a5a_5a5a),
    frame.subarray(0, cut),
    new Uint8Array(100).fill(0x45),
  )
  packet.start = 8
  packet.end = 8 + cut
  packet.originalLength = frame.length
  packet.linkType = linkType
  assert.equal(decode(packet), packet.status)
  return packet
}

const NAMES: Record<number, string> = {
  [IpProtocol.tcp]: 'tcp',
  [IpProtocol.udp]: 'udp',
  [IpProtocol.icmp]: 'icmp',
  [IpProtocol.icmp6]: 'icmp6',
  [IpProtocol.sctp]: 'sctp',
}

/** `tcp 10.0.0.1:40000 > 10.0.0.2:80`, followed by network and depth where there are any, or the status's name. */
function summary(packet: Packet): string {
  const status = Object.entries(DecodeStatus).find(([, code]) => code === packet.status)?.[0]
  if (packet.status !== DecodeStatus.ok) return String(status)
  const length = packet.ipVersion === 4 ? 4 : 16
  const from = formatAddress(packet.bytes, packet.sourceAt, length)
  const to = formatAddress(packet.bytes, packet.destinationAt, length)
  const name = NAMES[packet.protocol] ?? `ip-${packet.protocol}`
  const network = packet.networkId === 0 ? '' : ` net ${packet.networkId}`
  const depth = packet.tunnelDepth === 0 ? '' : ` depth ${packet.tunnelDepth}`
  return `${name} ${from}:${packet.sourcePort} > ${to}:${packet.destinationPort}${network}${depth}`
}

function payloadText(packet: Packet): string {
  return Buffer.from(packet.bytes.subarray(packet.payloadStart, packet.payloadEnd)).toString('latin1')
}

function sll(protocol: number, payload: Uint8Array): Uint8Array {
  return concatenate(words(0, 1, 6, 0x0200, 0, 1, 0, protocol), payload)
}

function sll2(protocol: number, payload: Uint8Array): Uint8Array {
  return concatenate(words(protocol, 0, 0, 2, 1, 6, 0x0200, 0, 1, 0), payload)
}

const SNAP = Uint8Array.of(0xaa, 0xaa, 3, 0, 0, 0)
const snapped = concatenate(SNAP, words(EtherType.ipv4), packet4)
const PADDING = new Uint8Array(8)

test('every link type leads to the same flow', () => {
  const wifiData = concatenate(Uint8Array.of(0x08, 0x01), new Uint8Array(22), snapped)
  const wifiQos = concatenate(Uint8Array.of(0x88, 0x01), new Uint8Array(24), snapped)
  const wifiBridge = concatenate(Uint8Array.of(0x88, 0x83), new Uint8Array(34), snapped)
  const table: [what: string, linkType: number, frame: Uint8Array, flow: string][] = [
    ['Ethernet', LinkType.ethernet, frame4, FLOW4],
    ['Ethernet, IPv6', LinkType.ethernet, frame6, FLOW6],
    ['Ethernet, padded', LinkType.ethernet, concatenate(frame4, PADDING), FLOW4],
    [
      '802.1Q',
      LinkType.ethernet,
      ethernet(EtherType.vlan, vlan(7, EtherType.ipv4, packet4)),
      `${FLOW4} net 7`,
    ],
    [
      'priority tag',
      LinkType.ethernet,
      ethernet(EtherType.vlan, vlan(0x6000, EtherType.ipv4, packet4)),
      FLOW4,
    ],
    ['802.3 with SNAP', LinkType.ethernet, concatenate(ethernet(snapped.length, snapped), PADDING), FLOW4],
    ['cooked v1', LinkType.linuxSll, sll(EtherType.ipv4, packet4), FLOW4],
    ['cooked v1, 802.2', LinkType.linuxSll, sll(4, snapped), FLOW4],
    [
      'cooked v1, VLAN',
      LinkType.linuxSll,
      sll(EtherType.vlan, vlan(9, EtherType.ipv6, packet6)),
      `${FLOW6} net 9`,
    ],
    ['cooked v2', LinkType.linuxSll2, sll2(EtherType.ipv6, packet6), FLOW6],
    ['raw', LinkType.raw, packet4, FLOW4],
    ['raw of BSD, IPv6', LinkType.rawBsd, packet6, FLOW6],
    ['raw of OpenBSD', LinkType.rawOpenBsd, packet4, FLOW4],
    ['IPv4', LinkType.ipv4, packet4, FLOW4],
    ['IPv6', LinkType.ipv6, packet6, FLOW6],
    ['BSD null, little-endian', LinkType.null, concatenate(2, 0, 0, 0, packet4), FLOW4],
    ['BSD null, big-endian', LinkType.null, concatenate(longs(2), packet4), FLOW4],
    ['BSD null, Darwin IPv6', LinkType.null, concatenate(30, 0, 0, 0, packet6), FLOW6],
    ['BSD loop, OpenBSD IPv6', LinkType.loop, concatenate(longs(24), packet6), FLOW6],
    ['PPP', LinkType.ppp, concatenate(words(0x21), packet4), FLOW4],
    ['PPP, short protocol', LinkType.ppp, concatenate(0x57, packet6), FLOW6],
    ['PPP in HDLC', LinkType.pppHdlc, concatenate(words(0xff03, 0x21), packet4), FLOW4],
    [
      'Cisco HDLC as PPP in HDLC',
      LinkType.pppHdlc,
      concatenate(words(0x8f00, EtherType.ipv4), packet4),
      FLOW4,
    ],
    ['FabricPath', LinkType.ethernet, ethernet(EtherType.fabricPath, concatenate(words(0), frame4)), FLOW4],
    ['Cisco HDLC', LinkType.ciscoHdlc, concatenate(words(0x0f00, EtherType.ipv4), packet4), FLOW4],
    ['802.11', LinkType.wifi, wifiData, FLOW4],
    ['802.11 QoS', LinkType.wifi, wifiQos, FLOW4],
    ['802.11 with four addresses and HT control', LinkType.wifi, wifiBridge, FLOW4],
    ['radiotap', LinkType.radiotap, concatenate(0, 0, 10, 0, longs(0), words(0), wifiData), FLOW4],
  ]
  for (const [what, linkType, frame, flow] of table) {
    const packet = decoded(frame, linkType)
    assert.equal(summary(packet), flow, what)
    assert.equal(payloadText(packet), GET.toString(), what)
    assert.equal(packet.payloadLength, GET.length, what)
    assert.equal(packet.networkLength, flow.startsWith(FLOW6) ? packet6.length : packet4.length, what)
  }
})

test('transports give their fields', () => {
  const packet = decoded(frame4)
  assert.deepEqual(
    [
      packet.sequence,
      packet.acknowledgment,
      packet.tcpFlags,
      packet.window,
      packet.transportAt - packet.networkAt,
    ],
    [0xfffffff0, 0, TcpFlag.ack | TcpFlag.psh, 65_535, 20],
  )
  const { protocol: _, ...rest } = { ...ADDRESSES, protocol: 0 }
  const in4 = (protocol: number, payload: Uint8Array) =>
    ethernet(EtherType.ipv4, ipv4({ ...rest, protocol }, payload))
  const in6 = (payload: Uint8Array) =>
    ethernet(EtherType.ipv6, ipv6({ ...ADDRESSES6, protocol: IpProtocol.icmp6 }, payload))
  const table: [what: string, frame: Uint8Array, flow: string, payload: string][] = [
    [
      'UDP',
      in4(17, udp({ sourcePort: 5353, destinationPort: 53 }, GET)),
      'udp 10.0.0.1:5353 > 10.0.0.2:53',
      GET.toString(),
    ],
    [
      'UDP shorter than IP',
      in4(17, udp({ sourcePort: 1, destinationPort: 2, length: 11 }, GET)),
      'udp 10.0.0.1:1 > 10.0.0.2:2',
      'GET',
    ],
    ['SCTP', in4(132, sctp(36_412, 38_412, GET)), 'sctp 10.0.0.1:36412 > 10.0.0.2:38412', GET.toString()],
    ['echo request', in4(1, icmp(8, 77, GET)), 'icmp 10.0.0.1:77 > 10.0.0.2:0', GET.toString()],
    ['echo reply', in4(1, icmp(0, 77, GET)), 'icmp 10.0.0.1:0 > 10.0.0.2:77', GET.toString()],
    ['unreachable', in4(1, icmp(3, 0, GET)), 'icmp 10.0.0.1:0 > 10.0.0.2:0', GET.toString()],
    ['ICMPv6 echo request', in6(icmp(128, 78)), 'icmp6 2001:db8::1:78 > 2001:db8::2:0', ''],
    ['ICMPv6 echo reply', in6(icmp(129, 78)), 'icmp6 2001:db8::1:0 > 2001:db8::2:78', ''],
    ['neighbour solicitation', in6(icmp(135, 78)), 'icmp6 2001:db8::1:0 > 2001:db8::2:0', ''],
    ['ESP', in4(50, GET), 'ip-50 10.0.0.1:0 > 10.0.0.2:0', GET.toString()],
  ]
  for (const [what, frame, flow, payload] of table) {
    assert.equal(summary(decoded(frame)), flow, what)
    assert.equal(payloadText(decoded(frame)), payload, what)
  }
})

test('IP headers of every length are walked over', () => {
  const ah = (next: number, payload: Uint8Array) =>
    concatenate(next, 4, words(0), longs(1, 2, 3, 4, 5), payload)
  const in6 = (protocol: number, payload: Uint8Array) => ipv6({ ...ADDRESSES6, protocol }, payload)
  const chained = extension(43, 1, extension(60, 2, extension(135, 1, extension(6, 4, segment))))
  const table: [what: string, packet: Uint8Array, flow: string][] = [
    ['IPv4 options', ipv4({ ...ADDRESSES, protocol: 6, options: new Uint8Array(37) }, segment), FLOW4],
    ['IPv4 authentication', ipv4({ ...ADDRESSES, protocol: 51 }, ah(6, segment)), FLOW4],
    ['hop-by-hop, routing, destination, mobility', in6(0, chained), FLOW6],
    ['IPv6 authentication', in6(51, ah(6, segment)), FLOW6],
    ['atomic fragment', in6(44, fragmentHeader(6, { id: 1, offset: 0, more: false }, segment)), FLOW6],
    ['unknown upper layer', in6(0, extension(200, 1, segment)), 'ip-200 2001:db8::1:0 > 2001:db8::2:0'],
    ['nothing more', in6(59, new Uint8Array(0)), 'ip-59 2001:db8::1:0 > 2001:db8::2:0'],
  ]
  for (const [what, packet, flow] of table) assert.equal(summary(decoded(packet, LinkType.raw)), flow, what)
})

test('a length of 0 is that of segmentation offload, in packets that are long enough', () => {
  const long = Buffer.alloc(3000, 'x')
  const tcp4 = (payload: Uint8Array) =>
    ipv4({ ...ADDRESSES, protocol: 6, totalLength: 0 }, tcp({ sourcePort: 1, destinationPort: 2 }, payload))
  const tcp6 = (protocol: number, payload: Uint8Array) =>
    ipv6({ ...ADDRESSES6, protocol, payloadLength: 0 }, payload)
  const segmentOf = (payload: Uint8Array) => tcp({ sourcePort: 1, destinationPort: 2 }, payload)
  const datagram = udp({ sourcePort: 1, destinationPort: 2, length: 0 }, GET)
  const table: [what: string, packet: Uint8Array, payloadLength: number | string][] = [
    ['IPv4', tcp4(long), long.length],
    ['IPv4, too short', tcp4(GET), 'malformed'],
    ['IPv6', tcp6(6, segmentOf(long)), long.length],
    ['IPv6, too short', tcp6(6, segmentOf(GET)), 'malformed'],
    ['IPv6 jumbogram', tcp6(0, extension(6, 1, segmentOf(GET))), GET.length],
    ['UDP over IPv6', ipv6({ ...ADDRESSES6, protocol: 17 }, datagram), GET.length],
    ['UDP over IPv4', ipv4({ ...ADDRESSES, protocol: 17 }, datagram), 'malformed'],
  ]
  for (const [what, bytes, expected] of table) {
    const packet = decoded(bytes, LinkType.raw)
    assert.equal(packet.status === DecodeStatus.ok ? packet.payloadLength : summary(packet), expected, what)
  }
})

function tunnelled(protocol: number, payload: Uint8Array): Uint8Array {
  return ethernet(EtherType.ipv4, ipv4({ ...OUTER, protocol }, payload))
}

function inUdp(port: number, payload: Uint8Array, sourcePort = 50_000): Uint8Array {
  return tunnelled(IpProtocol.udp, udp({ sourcePort, destinationPort: port }, payload))
}

const vxlan = (id: number, payload: Uint8Array) => concatenate(longs(0x0800_0000, id << 8), payload)
const geneve = (type: number, options: Uint8Array, payload: Uint8Array) =>
  concatenate(options.length >> 2, 0, words(type), longs(9 << 8), options, payload)
const gtp = (flags: number, head: Uint8Array, payload: Uint8Array) =>
  concatenate(flags, 255, words(head.length + payload.length), longs(1), head, payload)

test('tunnels are unwrapped', () => {
  const vni = (kind: number, id: number) => `net ${kind + id} depth 1`
  const teredoHead = concatenate(words(1, 0), longs(0, 0), 0, words(0, 0, 0, 0))
  const table: [what: string, frame: Uint8Array, flow: string][] = [
    ['VXLAN', inUdp(4789, vxlan(5, frame4)), `${FLOW4} ${vni(NetworkKind.vxlan, 5)}`],
    ['VXLAN on Linux', inUdp(8472, vxlan(5, frame6)), `${FLOW6} ${vni(NetworkKind.vxlan, 5)}`],
    [
      'VXLAN-GPE',
      inUdp(4790, concatenate(longs(0x0c00_0002, 5 << 8), packet6)),
      `${FLOW6} ${vni(NetworkKind.vxlan, 5)}`,
    ],
    [
      'Geneve',
      inUdp(6081, geneve(0x6558, new Uint8Array(0), frame4)),
      `${FLOW4} ${vni(NetworkKind.geneve, 9)}`,
    ],
    [
      'Geneve with options',
      inUdp(6081, geneve(0x0800, new Uint8Array(24), packet4)),
      `${FLOW4} ${vni(NetworkKind.geneve, 9)}`,
    ],
    ['GRE', tunnelled(47, concatenate(words(0, 0x0800), packet4)), `${FLOW4} depth 1`],
    [
      'GRE, all options',
      tunnelled(47, concatenate(words(0xb000, 0x86dd), longs(0, 7, 1), packet6)),
      `${FLOW6} ${vni(NetworkKind.gre, 7)}`,
    ],
    [
      'NVGRE',
      tunnelled(47, concatenate(words(0x2000, 0x6558), longs(7), frame4)),
      `${FLOW4} ${vni(NetworkKind.gre, 7)}`,
    ],
    ['GRE with WCCP', tunnelled(47, concatenate(words(0, 0x883e), longs(0), packet4)), `${FLOW4} depth 1`],
    [
      'PPTP',
      tunnelled(47, concatenate(words(0x3081, 0x880b), longs(0, 1, 2), words(0xff03, 0x21), packet4)),
      `${FLOW4} depth 1`,
    ],
    ['GRE in UDP', inUdp(4754, concatenate(words(0, 0x0800), packet4)), `${FLOW4} depth 1`],
    ['IP in IP', tunnelled(4, packet4), `${FLOW4} depth 1`],
    ['6in4', tunnelled(41, packet6), `${FLOW6} depth 1`],
    ['4in6', ethernet(EtherType.ipv6, ipv6({ ...ADDRESSES6, protocol: 4 }, packet4)), `${FLOW4} depth 1`],
    ['EtherIP', tunnelled(97, concatenate(words(0x3000), frame4)), `${FLOW4} depth 1`],
    ['Ethernet in IP', tunnelled(143, frame4), `${FLOW4} depth 1`],
    ['MPLS', ethernet(EtherType.mpls, concatenate(longs(0x1040, 0x2140), packet6)), FLOW6],
    ['MPLS pseudowire', ethernet(EtherType.mpls, concatenate(longs(0x0140, 0), frame4)), FLOW4],
    ['MPLS in UDP', inUdp(6635, concatenate(longs(0x0140), packet4)), `${FLOW4} depth 1`],
    ['GTP', inUdp(2152, gtp(0x30, new Uint8Array(0), packet4)), `${FLOW4} depth 1`],
    ['GTP from its port', inUdp(4000, gtp(0x30, new Uint8Array(0), packet4), 2152), `${FLOW4} depth 1`],
    ['GTP of 5G', inUdp(2152, gtp(0x34, concatenate(longs(0x85, 0x0100_0900)), packet6)), `${FLOW6} depth 1`],
    ['Teredo', inUdp(3544, packet6), `${FLOW6} depth 1`],
    [
      'Teredo, authentication and origin',
      inUdp(50_001, concatenate(teredoHead, packet6), 3544),
      `${FLOW6} depth 1`,
    ],
    [
      'VXLAN in VXLAN in GRE',
      tunnelled(47, concatenate(words(0, 0x6558), inUdp(4789, vxlan(0, frame4)))),
      `${FLOW4} net ${NetworkKind.vxlan} depth 2`,
    ],
  ]
  for (const [what, frame, flow] of table) {
    const packet = decoded(frame)
    assert.equal(summary(packet), flow, what)
    assert.equal(payloadText(packet), GET.toString(), what)
  }
  const session = concatenate(0x11, 0, words(3, packet4.length + 2, 0x21), packet4)
  const pppoe = decoded(concatenate(ethernet(EtherType.pppoeSession, session), PADDING))
  assert.equal(summary(pppoe), `${FLOW4} net ${NetworkKind.pppoe + 3}`)
})

test('what is behind a tunnel port but no tunnel stays a packet of its own', () => {
  const udpFlow = (port: number) => `udp 192.0.2.1:50000 > 192.0.2.2:${port}`
  const arp = ethernet(0x0806, new Uint8Array(28))
  const table: [what: string, frame: Uint8Array, flow: string][] = [
    ['no VXLAN', inUdp(4789, GET), udpFlow(4789)],
    ['ARP in VXLAN', inUdp(4789, vxlan(5, arp)), udpFlow(4789)],
    ['garbage in VXLAN', inUdp(4789, vxlan(5, ethernet(EtherType.ipv4, GET))), udpFlow(4789)],
    [
      'TCP header cut short in VXLAN',
      inUdp(
        4789,
        vxlan(5, ethernet(EtherType.ipv4, ipv4({ ...ADDRESSES, protocol: 6 }, GET.subarray(0, 5)))),
      ),
      udpFlow(4789),
    ],
    ['no Geneve', inUdp(6081, GET), udpFlow(6081)],
    ['no GTP', inUdp(2152, GET), udpFlow(2152)],
    ['GTP echo', inUdp(2152, concatenate(0x32, 1, words(4), longs(0, 0))), udpFlow(2152)],
    ['no Teredo', inUdp(3544, GET), udpFlow(3544)],
    ['empty', inUdp(3544, new Uint8Array(0)), udpFlow(3544)],
    ['GRE keepalive', tunnelled(47, words(0, 0)), 'ip-47 192.0.2.1:0 > 192.0.2.2:0'],
    [
      'PPTP acknowledgment',
      tunnelled(47, concatenate(words(0x2081, 0x880b), longs(0, 1))),
      'ip-47 192.0.2.1:0 > 192.0.2.2:0',
    ],
    ['IP in IP of neither version', tunnelled(4, GET), 'ip-4 192.0.2.1:0 > 192.0.2.2:0'],
    [
      'garbage in VXLAN in VXLAN',
      inUdp(4789, vxlan(1, inUdp(8472, vxlan(2, GET)))),
      `${udpFlow(8472)} net ${NetworkKind.vxlan + 1} depth 1`,
    ],
  ]
  for (const [what, frame, flow] of table) assert.equal(summary(decoded(frame)), flow, what)
  const packet = decoded(inUdp(4789, vxlan(5, arp)))
  assert.equal(packet.payloadLength, 8 + arp.length)
})

test('nesting is bounded', () => {
  let inner = packet4
  for (let depth = 0; depth < decodeLimits.tunnelDepth; depth++)
    inner = ipv4({ ...OUTER, protocol: 4 }, inner)
  assert.equal(summary(decoded(inner, LinkType.raw)), `${FLOW4} depth ${decodeLimits.tunnelDepth}`)
  const deeper = ipv4({ ...OUTER, protocol: 4 }, inner)
  let chain = extension(6, 1, segment)
  for (let headers = 1; headers < decodeLimits.extensionHeaders; headers++) chain = extension(60, 1, chain)
  const labels = concatenate(...Array.from({ length: 100 }, () => longs(0x1000)))
  let tags = vlan(1, EtherType.ipv4, packet4)
  for (let count = 0; count < 50; count++) tags = vlan(1, EtherType.vlan, tags)
  const table: [what: string, packet: Packet, flow: string][] = [
    ['tunnels', decoded(deeper, LinkType.raw), 'tooDeep'],
    [
      'extension headers at the limit',
      decoded(ipv6({ ...ADDRESSES6, protocol: 60 }, chain), LinkType.raw),
      FLOW6,
    ],
    [
      'extension headers',
      decoded(ipv6({ ...ADDRESSES6, protocol: 0 }, extension(60, 1, chain)), LinkType.raw),
      'tooDeep',
    ],
    ['labels', decoded(ethernet(EtherType.mpls, labels)), 'tooDeep'],
    ['tags', decoded(ethernet(EtherType.vlan, tags)), 'tooDeep'],
  ]
  for (const [what, packet, flow] of table) assert.equal(summary(packet), flow, what)
})

test('networks inside each other are told apart', () => {
  const qinq = (outer: number, inner: number) =>
    decoded(
      ethernet(EtherType.serviceVlan, vlan(outer, EtherType.vlan, vlan(inner, EtherType.ipv4, packet4))),
    ).networkId
  const inVxlan = (id: number, tag: number) =>
    decoded(inUdp(4789, vxlan(id, ethernet(EtherType.vlan, vlan(tag, EtherType.ipv4, packet4))))).networkId
  const seen = [qinq(1, 2), qinq(2, 1), qinq(2, 2), inVxlan(1, 2), inVxlan(2, 1), inVxlan(2, 2)]
  assert.equal(new Set(seen).size, seen.length)
  assert.equal(qinq(1, 2), qinq(1, 2))
})

test('a network that the source knows of is kept apart, too', () => {
  const networkOf = (originNetworkId: number, frame: Uint8Array) => {
    const packet = decoded(frame)
    packet.originNetworkId = originNetworkId
    decode(packet)
    return packet.networkId
  }
  const tagged = ethernet(EtherType.vlan, vlan(7, EtherType.ipv4, packet4))
  assert.deepEqual([networkOf(0, frame4), networkOf(0, tagged), networkOf(3, frame4)], [0, 7, 3])
  assert.equal(new Set([networkOf(3, tagged), networkOf(4, tagged), networkOf(3, frame4), 7]).size, 4)
})

test('fragments give what their datagram is put together from', () => {
  const first = decoded(
    ethernet(
      EtherType.ipv4,
      ipv4({ ...ADDRESSES, protocol: 17, id: 0xbeef, moreFragments: true }, GET.subarray(0, 16)),
    ),
  )
  assert.deepEqual(
    [
      first.status,
      first.ipVersion,
      first.protocol,
      first.fragmentId,
      first.fragmentOffset,
      first.moreFragments,
      payloadText(first),
    ],
    [DecodeStatus.fragment, 4, 17, 0xbeef, 0, true, GET.toString().slice(0, 16)],
  )
  const last = decoded(
    ethernet(
      EtherType.ipv6,
      ipv6(
        { ...ADDRESSES6, protocol: 0 },
        extension(44, 1, fragmentHeader(17, { id: 0xdeadbeef, offset: 64_000, more: false }, GET)),
      ),
    ),
  )
  assert.deepEqual(
    [
      last.status,
      last.ipVersion,
      last.protocol,
      last.fragmentId,
      last.fragmentOffset,
      last.moreFragments,
      payloadText(last),
    ],
    [DecodeStatus.fragment, 6, 17, 0xdeadbeef, 64_000, false, GET.toString()],
  )
})

test('headers that contradict themselves are malformed, and what has no decoder is unsupported', () => {
  const at = (frame: Uint8Array, offset: number, ...values: number[]) => {
    const copy = Uint8Array.from(frame)
    copy.set(values, offset)
    return copy
  }
  const table: [what: string, frame: Uint8Array, status: string][] = [
    ['IPv4 of version 5', at(frame4, 14, 0x55), 'malformed'],
    ['IPv4 header of 16 bytes', at(frame4, 14, 0x44), 'malformed'],
    ['IPv4 shorter than its header', at(frame4, 16, 0, 19), 'malformed'],
    ['IPv4 longer than its frame', at(frame4, 16, 0x40), 'malformed'],
    ['IPv6 of version 4', at(frame6, 14, 0x40), 'malformed'],
    ['IPv6 longer than its frame', at(frame6, 18, 0x40), 'malformed'],
    ['IPv6 extension past the end', at(frame6, 20, 60), 'malformed'],
    ['TCP header of 16 bytes', at(frame4, 46, 0x40), 'malformed'],
    ['TCP header past the end', at(frame4, 46, 0xf0), 'malformed'],
    [
      'UDP longer than IP',
      tunnelled(17, udp({ sourcePort: 1, destinationPort: 2, length: 100 }, GET)),
      'malformed',
    ],
    [
      'UDP shorter than its header',
      tunnelled(17, udp({ sourcePort: 1, destinationPort: 2, length: 7 }, GET)),
      'malformed',
    ],
    ['empty frame', new Uint8Array(0), 'malformed'],
    ['frame of 13 bytes', frame4.subarray(0, 13), 'malformed'],
    ['802.3 longer than its frame', ethernet(1500, snapped), 'malformed'],
    ['ARP', ethernet(0x0806, new Uint8Array(28)), 'unsupported'],
    ['spanning tree', ethernet(38, concatenate(0x42, 0x42, 3, new Uint8Array(35))), 'unsupported'],
  ]
  for (const [what, frame, status] of table) assert.equal(summary(decoded(frame)), status, what)
  assert.equal(summary(decoded(frame4, 999)), 'unsupported')
  assert.equal(summary(decoded(Uint8Array.of(0x70), LinkType.raw)), 'malformed')
  assert.equal(summary(decoded(concatenate(longs(77), packet4), LinkType.null)), 'unsupported')
})

test('a packet cut by the snap length gives what is there', () => {
  const headers = frame4.length - GET.length
  for (let cut = 0; cut <= frame4.length; cut++) {
    const packet = decoded(frame4, LinkType.ethernet, cut)
    assert.equal(summary(packet), cut < headers ? 'truncated' : FLOW4, `cut at ${cut}`)
    if (cut < headers) continue
    assert.equal(payloadText(packet), GET.toString().slice(0, cut - headers))
    assert.equal(packet.payloadLength, GET.length)
    assert.equal(packet.networkLength, packet4.length)
  }
})

test('TCP options cut by the snap length leave the ports readable', () => {
  const options = new Uint8Array(12).fill(1)
  const frame = ethernet(
    EtherType.ipv4,
    ipv4({ ...ADDRESSES, protocol: 6 }, tcp({ sourcePort: 40_000, destinationPort: 80, options }, GET)),
  )
  const packet = decoded(frame, LinkType.ethernet, 14 + 20 + 24)
  assert.equal(summary(packet), FLOW4)
  assert.deepEqual(
    [packet.payloadStart, packet.payloadEnd, packet.payloadLength],
    [packet.end, packet.end, GET.length],
  )
})
