import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacker, server, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { concatenate, icmp, words } from '../../packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../packet/packet.ts'
import type { ThreatSettings } from '../settings.ts'

const address = (i: number) => `10.1.${i >> 8}.${i & 255}`

/** Thresholds of the table, divided by ten, so that the tests are quick. */
const tenth: ThreatSettings = {
  synFlood: { threshold: 80 },
  udpFlood: { threshold: 500 },
  ackFlood: { threshold: 100 },
  resetFlood: { threshold: 100 },
}

/** Each flood, and what looks like it and is none. */
const cases: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  [
    '90 SYNs of forged addresses that nobody completes',
    ['TCP.SYN.Flood'],
    (traffic) => {
      for (let i = 0; i < 90; i++) {
        traffic.now = i / 100
        traffic.tcp({ from: address(i) }, { sourcePort: 1024 + i, destinationPort: 80, flags: TcpFlag.syn })
      }
    },
  ],
  [
    'a burst of 200 connections that are completed',
    [],
    (traffic) => {
      for (let i = 0; i < 200; i++) {
        traffic.now = i / 200
        traffic.connect({ from: address(i % 30) }, [1024 + i, 80])
      }
    },
  ],
  [
    '70 SYNs in five seconds, and 70 in the next',
    [],
    (traffic) => {
      for (let i = 0; i < 140; i++) {
        traffic.now = i / 14
        traffic.tcp({ from: address(i) }, { sourcePort: 1024 + i, destinationPort: 80, flags: TcpFlag.syn })
      }
    },
  ],
  [
    '150 pings in a second',
    ['ICMP.Flood'],
    (traffic) => {
      for (let i = 0; i < 150; i++) {
        traffic.now = i / 200
        traffic.ip({ protocol: IpProtocol.icmp }, icmp(8, i))
      }
    },
  ],
  [
    'a ping a second, for three minutes',
    [],
    (traffic) => {
      for (let i = 0; i < 180; i++) {
        traffic.now = i
        traffic.ip({ protocol: IpProtocol.icmp }, icmp(8, 7))
      }
    },
  ],
  [
    '150 messages in a second that ports are closed',
    [],
    (traffic) => {
      for (let i = 0; i < 150; i++) {
        traffic.now = i / 200
        traffic.ip({ protocol: IpProtocol.icmp }, concatenate(3, 3, words(0, 0, 0), new Uint8Array(28)))
      }
    },
  ],
  [
    '600 datagrams in a second that nobody answers',
    ['UDP.Flood'],
    (traffic) => {
      for (let i = 0; i < 600; i++) {
        traffic.now = i / 1000
        traffic.udp({ from: attacker }, [1024 + (i % 500), 9999], Buffer.from('x'))
      }
    },
  ],
  [
    '600 datagrams in a second of a call that is answered',
    [],
    (traffic) => {
      for (let i = 0; i < 600; i++) {
        traffic.now = i / 1000
        traffic.udp({}, [5000, 6000], Buffer.from('voice'))
        if (i % 50 === 1) traffic.udp({ from: server, to: '10.0.0.1' }, [6000, 5000], Buffer.from('voice'))
      }
    },
  ],
  [
    '600 datagrams in a second to a multicast group',
    [],
    (traffic) => {
      for (let i = 0; i < 600; i++) {
        traffic.now = i / 1000
        traffic.udp({ to: '239.1.1.1' }, [5000, 5004], Buffer.from('film'))
      }
    },
  ],
  [
    '120 ACKs of connections that do not exist',
    ['TCP.ACK.Flood'],
    (traffic) => {
      for (let i = 0; i < 120; i++) {
        traffic.now = i / 100
        traffic.tcp({ from: address(i) }, { sourcePort: 1024 + i, destinationPort: 80, flags: TcpFlag.ack })
      }
    },
  ],
  [
    '120 connections that were there before, and go on',
    [],
    (traffic) => {
      for (let i = 0; i < 120; i++) {
        const ports = { sourcePort: 1024 + i, destinationPort: 80 }
        traffic.now = i / 100
        traffic.tcp({ from: address(i) }, { ...ports, sequence: 7, flags: TcpFlag.ack })
        traffic.tcp(
          { from: server, to: address(i) },
          { sourcePort: 80, destinationPort: 1024 + i, sequence: 3, acknowledgment: 7, flags: TcpFlag.ack },
        )
      }
    },
  ],
  [
    '120 RSTs of connections that do not exist',
    ['TCP.RST.Flood'],
    (traffic) => {
      for (let i = 0; i < 120; i++) {
        traffic.now = i / 100
        traffic.tcp({ from: address(i) }, { sourcePort: 1024 + i, destinationPort: 80, flags: TcpFlag.rst })
      }
    },
  ],
]

for (const [name, expected, play] of cases) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic(tenth)
    play(traffic)
    assert.deepEqual(traffic.names(), expected)
  })
}

test('a flood is one record, with what was measured and how many packets it was', () => {
  const traffic = new WatchedTraffic({ icmpFlood: { threshold: 20 } })
  for (let i = 0; i < 50; i++) {
    traffic.now = i / 100
    traffic.ip({ source: attacker, protocol: IpProtocol.icmp }, icmp(8, i))
  }
  const [record, ...others] = traffic.finish()
  assert.equal(others.length, 0)
  assert.equal(record.count, 50)
  assert.deepEqual(record.measured, { unit: 'ICMP requests', value: 50, threshold: 20, seconds: 1 })
  assert.equal(record.target?.address, server)
  assert.equal(record.threat, 1002)
})

test('what is switched off is not told of', () => {
  const traffic = new WatchedTraffic({ icmpFlood: { on: false } })
  for (let i = 0; i < 200; i++) traffic.ip({ protocol: IpProtocol.icmp }, icmp(8, i))
  assert.deepEqual(traffic.names(), [])
})

test('another threshold counts from the next packet on, and what was counted stays', () => {
  const traffic = new WatchedTraffic({ icmpFlood: { threshold: 40 } })
  const ping = (count: number) => {
    for (let i = 0; i < count; i++) traffic.ip({ source: attacker, protocol: IpProtocol.icmp }, icmp(8, i))
  }
  ping(30)
  traffic.engine.choose({ threats: { 'ICMP.Flood': { threshold: 20 } } })
  ping(1)
  const [record] = traffic.finish()
  assert.deepEqual(record.measured, { unit: 'ICMP requests', value: 31, threshold: 20, seconds: 1 })
})

test('what is chosen no more is looked for as when it was started', () => {
  const traffic = new WatchedTraffic({ icmpFlood: { threshold: 40 } })
  traffic.engine.choose({ threats: { 'ICMP.Flood': { threshold: 20, seconds: 3 }, 'no such': { on: true } } })
  traffic.engine.choose({})
  for (let i = 0; i < 35; i++) {
    traffic.now = i / 100
    traffic.ip({ source: attacker, protocol: IpProtocol.icmp }, icmp(8, i))
  }
  assert.deepEqual(traffic.names(), [])
})
