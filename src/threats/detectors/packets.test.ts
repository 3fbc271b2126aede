import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacker, client, server, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { concatenate, icmp, tcp, words } from '../../packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../packet/packet.ts'

const { fin, syn, rst, psh, ack, urg, ece, cwr } = TcpFlag
const ports = { sourcePort: 40_000, destinationPort: 80 }
const segment = (flags: number) => (traffic: WatchedTraffic) =>
  traffic.tcp({ from: attacker }, { ...ports, flags })
const fragment = (
  traffic: WatchedTraffic,
  offset: number,
  payload: Uint8Array,
  moreFragments: boolean,
  protocol: number = IpProtocol.udp,
) => traffic.ip({ protocol, id: 9, fragmentOffset: offset, moreFragments }, payload)
const option =
  (...bytes: number[]) =>
  (traffic: WatchedTraffic) =>
    traffic.tcp({}, { ...ports, flags: syn, options: Uint8Array.from(bytes) })
const reply = (text: string, sequence: number, type: number) =>
  concatenate(type, 0, words(0, 77, sequence), Buffer.from(text))

const cases: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  ['no flags', ['TCP.Null.Scan'], segment(0)],
  ['FIN, PSH and URG', ['TCP.Xmas.Scan'], segment(fin | psh | urg)],
  ['FIN alone', ['TCP.FIN.Scan'], segment(fin)],
  ['SYN and FIN', ['TCP.Illegal.Flags'], segment(syn | fin)],
  ['SYN and RST', ['TCP.Illegal.Flags'], segment(syn | rst)],
  ['FIN and ACK', [], segment(fin | ack)],
  ['RST and ACK', [], segment(rst | ack)],
  ['a SYN that asks for congestion notification', [], segment(syn | ece | cwr)],
  ['urgent data', [], segment(ack | urg | psh)],
  [
    'a SYN from its own address and port',
    ['TCP.Land'],
    (traffic) => traffic.tcp({ from: server }, { sourcePort: 80, destinationPort: 80, flags: syn }),
  ],
  [
    'a connection of the loopback to itself',
    [],
    (traffic) =>
      traffic.tcp(
        { from: '127.0.0.1', to: '127.0.0.1' },
        { sourcePort: 80, destinationPort: 80, flags: syn },
      ),
  ],
  [
    'a host that connects to itself from another port',
    [],
    (traffic) => traffic.tcp({ from: server }, { ...ports, flags: syn }),
  ],
  ['segments of at most 48 bytes', ['TCP.SACK.DDoS.With.Small.MSS'], option(2, 4, 0, 48)],
  ['segments of at most 536 bytes', [], option(2, 4, 2, 24)],
  [
    'a SYN that is answered with a SYN',
    ['TCP.Split.Handshake'],
    (traffic) => {
      traffic.tcp({}, { ...ports, sequence: 1, flags: syn })
      traffic.tcp(
        { from: server, to: client },
        { sourcePort: 80, destinationPort: 40_000, sequence: 9, flags: syn },
      )
    },
  ],
  ['a handshake', [], (traffic) => void traffic.connect({}, [40_000, 80])],
  [
    'a header longer than its packet',
    ['Invalid.Packet.Format'],
    (traffic) => traffic.ip({ protocol: IpProtocol.udp }, words(1, 2, 500, 0)),
  ],
  [
    'fragments that overlap and differ',
    ['IP.Fragment.Teardrop'],
    (traffic) => {
      fragment(traffic, 0, Buffer.alloc(64, 1), true)
      fragment(traffic, 24, Buffer.alloc(16, 2), true)
    },
  ],
  [
    'a fragment behind the last',
    ['IP.Fragment.Teardrop'],
    (traffic) => {
      fragment(traffic, 64, Buffer.alloc(8, 1), false)
      fragment(traffic, 128, Buffer.alloc(8, 1), true)
    },
  ],
  [
    'a fragment that comes twice',
    [],
    (traffic) => {
      fragment(traffic, 0, Buffer.alloc(64, 1), true)
      fragment(traffic, 0, Buffer.alloc(64, 1), true)
    },
  ],
  [
    'a TCP header cut behind its ports',
    ['IP.Fragment.Tiny'],
    (traffic) => fragment(traffic, 0, tcp({ ...ports, flags: syn }).subarray(0, 8), true, IpProtocol.tcp),
  ],
  [
    'a TCP segment in fragments of 1480 bytes',
    [],
    (traffic) => fragment(traffic, 0, tcp(ports, Buffer.alloc(1460)), true, IpProtocol.tcp),
  ],
  [
    'a ping of 40,000 bytes in fragments',
    ['Ping.Death'],
    (traffic) => {
      const whole = icmp(8, 1, Buffer.alloc(40_000))
      for (let at = 0; at < whole.length; at += 1480) {
        const end = Math.min(whole.length, at + 1480)
        fragment(traffic, at, whole.subarray(at, end), end < whole.length, IpProtocol.icmp)
      }
    },
  ],
  [
    'a fragment that ends beyond what a datagram can be',
    ['Ping.Death'],
    (traffic) => fragment(traffic, 65_528, Buffer.alloc(1480), false, IpProtocol.icmp),
  ],
  [
    'a ping of 1400 bytes',
    [],
    (traffic) => traffic.ip({ protocol: IpProtocol.icmp }, icmp(8, 1, Buffer.alloc(1400))),
  ],
  [
    'three replies that carry something else than their requests',
    ['ICMP.Tunneling'],
    (traffic) => {
      for (let i = 1; i <= 3; i++) {
        traffic.ip({ protocol: IpProtocol.icmp }, reply(`up ${i}`, i, 8))
        traffic.ip(
          { source: server, destination: client, protocol: IpProtocol.icmp },
          reply(`down ${i}`, i, 0),
        )
      }
    },
  ],
  [
    'replies that bring back what was sent, one of them late',
    [],
    (traffic) => {
      for (let i = 1; i <= 9; i++) {
        traffic.ip({ protocol: IpProtocol.icmp }, reply(`ping ${i}`, i, 8))
        const back = i === 5 ? 4 : i
        traffic.ip(
          { source: server, destination: client, protocol: IpProtocol.icmp },
          reply(`ping ${back}`, back, 0),
        )
      }
    },
  ],
  [
    'SSH of version 1',
    ['SSH.Version.1'],
    (traffic) => traffic.connect({}, [40_000, 22]).answer('SSH-1.5-old\n'),
  ],
  [
    'SSH of version 2, and of both for those who have no other',
    [],
    (traffic) => {
      traffic.connect({}, [40_000, 22]).answer('SSH-2.0-OpenSSH_9.2\r\n')
      traffic.connect({}, [40_001, 22]).answer('SSH-1.99-OpenSSH_3.9\n')
    },
  ],
]

for (const [name, expected, play] of cases) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic()
    play(traffic)
    assert.deepEqual(traffic.names(), expected)
  })
}

test('a SYN with data is told of where that is asked for, unless it is TCP Fast Open', () => {
  const traffic = new WatchedTraffic({ synWithData: { on: true } })
  traffic.tcp({}, { ...ports, flags: syn, options: Uint8Array.of(34, 10, 1, 2, 3, 4, 5, 6, 7, 8) }, 'early')
  assert.deepEqual(traffic.records, [])
  traffic.tcp({}, { ...ports, sourcePort: 40_001, flags: syn }, 'early')
  assert.deepEqual(traffic.names(), ['TCP.SYN.With.Data'])
})
