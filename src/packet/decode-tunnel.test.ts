import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NetworkKind } from './decode/cursor.ts'
import { EtherType } from './decode/ethernet.ts'
import { decode } from './decode.ts'
import {
  ADDRESSES,
  ADDRESSES6,
  decoded,
  FLOW4,
  FLOW6,
  frame4,
  frame6,
  geneve,
  GET,
  gtp,
  inUdp,
  OUTER,
  packet4,
  packet6,
  payloadText,
  segment,
  summary,
  tunnelled,
  vxlan,
} from './decode/fixtures.ts'
import { concatenate, ethernet, extension, ipv4, ipv6, longs, vlan, words } from './frames.ts'
import { decodeLimits } from './limits.ts'
import { LinkType, type Packet } from './packet.ts'

const PADDING = new Uint8Array(8)

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
