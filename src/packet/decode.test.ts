import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EtherType } from './decode/ethernet.ts'
import {
  ADDRESSES,
  ADDRESSES6,
  decoded,
  FLOW4,
  FLOW6,
  frame4,
  frame6,
  GET,
  packet4,
  packet6,
  payloadText,
  segment,
  summary,
  tunnelled,
} from './decode/fixtures.ts'
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
import { DecodeStatus, IpProtocol, LinkType, TcpFlag } from './packet.ts'

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
