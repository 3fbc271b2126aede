import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { attacker, client, server, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { LinkType, TcpFlag } from '../../packet/packet.ts'
import { ipv4, message, pointer, question, resource, RESPONSE } from '../../protocols/dns/fixtures.ts'

const { syn, ack, rst } = TcpFlag
const host = (i: number) => `10.2.0.${i}`

function probe(
  traffic: WatchedTraffic,
  to: string,
  port: number,
  answer: 'open' | 'closed' | 'silent',
): void {
  const sourcePort = 30_000 + (port % 20_000)
  traffic.tcp({ from: attacker, to }, { sourcePort, destinationPort: port, sequence: 1, flags: syn })
  const back = { sourcePort: port, destinationPort: sourcePort, sequence: 1, acknowledgment: 2 }
  if (answer === 'open') traffic.tcp({ from: to, to: attacker }, { ...back, flags: syn | ack })
  if (answer === 'closed') traffic.tcp({ from: to, to: attacker }, { ...back, flags: rst | ack })
}

function refusedRequests(traffic: WatchedTraffic, count: number, everySeconds: number): void {
  const talk = traffic.connect({ from: attacker }, [40_000, 80])
  for (let i = 0; i < count; i++) {
    traffic.now += everySeconds
    talk.ask('GET /admin HTTP/1.1\r\nHost: a\r\n\r\n')
    talk.answer('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
  }
}

/** An error as PostgreSQL sends it. */
function sqlError(code: string): Buffer {
  const body = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from('E'), length, body])
}

const startup = (() => {
  const body = Buffer.from('user\0anna\0database\0clinic\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
})()

function logIns(traffic: WatchedTraffic, count: number, code: string): void {
  for (let i = 0; i < count; i++) {
    traffic.now += 1
    const talk = traffic.connect({ from: attacker }, [40_000 + i, 5432])
    talk.ask(startup)
    talk.answer(sqlError(code))
    talk.close()
  }
}

const mysqlError = (code: number) => {
  const body = Buffer.concat([Buffer.of(0xff, code & 255, code >> 8), Buffer.from('#28000Access denied')])
  return Buffer.concat([Buffer.of(body.length, 0, 0, 2), body])
}

/** Names as a tunnel makes them: base32 of what was never there before. */
const random = (i: number, length: number) => {
  const digest = createHash('sha512').update(String(i)).digest()
  return [...digest, ...digest]
    .map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31])
    .join('')
    .slice(0, length)
}

function ask(traffic: WatchedTraffic, names: Iterable<string>, type = 1): void {
  let id = 0
  for (const name of names) {
    traffic.now += 0.1
    traffic.udp({}, [40_000, 53], message({ id: ++id, questions: [question(name, type)] }))
  }
}

const many = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i))

function slowRequests(traffic: WatchedTraffic, count: number, piece: string): void {
  const talks = many(count, String).map((_, i) => traffic.connect({ from: attacker }, [40_000 + i, 80]))
  for (const talk of talks) talk.ask('POST /upload HTTP/1.1\r\nHost: a\r\n')
  for (let i = 0; i < 3; i++) {
    traffic.now += 5
    for (const talk of talks) talk.ask(`X-${i}: ${piece}\r\n`)
  }
}

const cases: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  [
    'thirty closed ports within a minute',
    ['TCP.Port.Scan'],
    (traffic) => {
      for (let i = 0; i < 30; i++) probe(traffic, server, 100 + i, 'closed')
    },
  ],
  [
    'fifty filtered ports, one each minute',
    ['TCP.Port.Scan.Slow'],
    (traffic) => {
      for (let i = 0; i < 50; i++) {
        traffic.now = i * 60
        probe(traffic, server, 100 + i, 'silent')
      }
    },
  ],
  [
    'thirty open ports of a server with many services',
    [],
    (traffic) => {
      for (let i = 0; i < 30; i++) probe(traffic, server, 100 + i, 'open')
    },
  ],
  [
    'one closed port, tried again and again',
    [],
    (traffic) => {
      for (let i = 0; i < 60; i++) {
        traffic.now = i
        probe(traffic, server, 8080, 'closed')
      }
    },
  ],
  [
    'one port of thirty hosts that are not there',
    ['TCP.Host.Scan'],
    (traffic) => {
      for (let i = 1; i <= 30; i++) probe(traffic, host(i), 22, 'silent')
    },
  ],
  [
    'one port of thirty hosts that are there, as monitoring asks them',
    [],
    (traffic) => {
      for (let i = 1; i <= 30; i++) probe(traffic, host(i), 9100, 'open')
    },
  ],
  [
    '150 UDP ports that do not answer',
    ['UDP.Port.Scan'],
    (traffic) => {
      for (let i = 0; i < 150; i++) traffic.udp({ from: attacker }, [40_000, 1000 + i], Buffer.from('x'))
    },
  ],
  [
    'a traceroute of 30 hops',
    [],
    (traffic) => {
      for (let i = 0; i < 90; i++) traffic.udp({}, [40_000, 33_434 + i], Buffer.alloc(32))
    },
  ],
  ['70 refusals by HTTP in a minute', ['HTTP.Brute.Force'], (traffic) => refusedRequests(traffic, 70, 0.5)],
  ['70 refusals by HTTP in six minutes', [], (traffic) => refusedRequests(traffic, 70, 5)],
  [
    '12 log-ins that PostgreSQL refuses',
    ['PostgreSQL.Brute.Force'],
    (traffic) => logIns(traffic, 12, '28P01'),
  ],
  ['12 connections to a PostgreSQL that is starting', [], (traffic) => logIns(traffic, 12, '57P03')],
  [
    'a log-in that MySQL refuses',
    ['MySQL.Access.Deny'],
    (traffic) => traffic.connect({}, [40_000, 3306]).answer(mysqlError(1045)),
  ],
  [
    'a table that MySQL does not have',
    [],
    (traffic) => traffic.connect({}, [40_000, 3306]).answer(mysqlError(1146)),
  ],
  [
    '100 new long random names of one domain',
    ['DNS.Tunneling'],
    (traffic) =>
      ask(
        traffic,
        many(100, (i) => `${random(i, 60)}.${random(i + 500, 40)}.t.example.com`),
        16,
      ),
  ],
  [
    'the same long name of a CDN, a hundred times',
    [],
    (traffic) =>
      ask(
        traffic,
        many(100, () => 'd3k81ch9hvuctc-0a1b2c3d4e5f60718293a4b5.cloudfront.example.net'),
      ),
  ],
  [
    'a hundred short names of one domain',
    [],
    (traffic) =>
      ask(
        traffic,
        many(100, (i) => `${random(i, 10)}.example.com`),
      ),
  ],
  [
    'a hundred long names of words',
    [],
    (traffic) =>
      ask(
        traffic,
        many(100, (i) => `customer-${i}-records-database-internal-services-cluster-local.example.com`),
      ),
  ],
  [
    'a hundred reverse lookups of IPv6 addresses',
    [],
    (traffic) =>
      ask(
        traffic,
        many(100, (i) => `${[...random(i, 32)].join('.')}.ip6.arpa`),
        12,
      ),
  ],
  ['a zone transfer', ['DNS.Zone.Transfer'], (traffic) => ask(traffic, ['example.com'], 252)],
  ['a question for a service', [], (traffic) => ask(traffic, ['_http._tcp.example.com'], 33)],
  [
    'a DNS message of 3 KB of which nothing can be read behind its question',
    ['DNS.Stack.Overflow'],
    (traffic) =>
      traffic.udp(
        {},
        [40_000, 53],
        Buffer.concat([message({ questions: [question('a.b', 1)] }), Buffer.alloc(3000, 0x41)]),
      ),
  ],
  [
    'twelve requests that come line by line',
    ['HTTP.Request.Slowloris'],
    (traffic) => slowRequests(traffic, 12, 'a'),
  ],
  ['three people on slow lines', [], (traffic) => slowRequests(traffic, 3, 'a')],
  ['twelve uploads of 400 bytes a second', [], (traffic) => slowRequests(traffic, 12, 'a'.repeat(2000))],
  [
    'twelve clients that do not take what they asked for',
    ['TCP.Small.Window'],
    (traffic) => {
      const talks = many(12, String).map((_, i) => traffic.connect({ from: attacker }, [40_000 + i, 80]))
      for (const second of [1, 5, 10]) {
        traffic.now = second
        for (const talk of talks) talk.window(8)
      }
    },
  ],
  [
    'a client that is behind for a moment',
    [],
    (traffic) => {
      const talks = many(12, String).map((_, i) => traffic.connect({}, [40_000 + i, 80]))
      for (const [second, size] of [
        [1, 0],
        [5, 0],
        [7, 8000],
        [10, 0],
      ]) {
        traffic.now = second
        for (const talk of talks) talk.window(size)
      }
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

test('a tunnel names its domain, and is told for each', () => {
  const traffic = new WatchedTraffic()
  for (const domain of ['one.example', 'two.co.uk'])
    ask(
      traffic,
      many(50, (i) => `${random(i, 60)}.${random(i + 500, 20)}.${domain}`),
      16,
    )
  assert.deepEqual(
    traffic.finish().map(({ subject }) => subject),
    ['one.example', 'two.co.uk'],
  )
})

test('what is off by default is looked for where that is asked for', () => {
  const traffic = new WatchedTraffic({
    sessionLimit: { on: true, threshold: 5 },
    noClientData: { on: true },
    dnsNull: { on: true },
  })
  const talks = many(10, String).map((_, i) => traffic.connect({ from: client }, [40_000 + i, 80]))
  for (const talk of talks) talk.close()
  ask(traffic, ['a.example'], 10)
  assert.deepEqual(traffic.names(), ['DNS.Type.Null', 'Source.IP.Session.Limit', 'TCP.No.Client.Data'])
})

test('five connections at a time are not more than five, however many there were', () => {
  const traffic = new WatchedTraffic({ sessionLimit: { on: true, threshold: 6 } })
  for (let i = 0; i < 20; i++) {
    traffic.now += 30
    const talk = traffic.connect({}, [40_000 + i, 80])
    talk.close()
    traffic.engine.expire((1_700_000_000 + traffic.now + 29) * 1_000_000)
  }
  assert.deepEqual(traffic.names(), [])
})

/** Questions with their answers, by a resolver. */
function answered(traffic: WatchedTraffic, id: number, name: string, ...addresses: string[]): void {
  const questions = [question(name, 1)]
  traffic.udp({}, [40_000, 53], message({ id, questions }))
  const answers = addresses.map((address) => resource(pointer(12), 1, ipv4(address)))
  const flags = addresses.length === 0 ? RESPONSE | 3 : RESPONSE
  traffic.udp({ from: server, to: client }, [53, 40_000], message({ id, flags, questions, answers }))
}

function arp(traffic: WatchedTraffic, mac: number, address: string): void {
  const sender = [2, 0, 0, 0, 0, mac]
  const body = [0, 1, 8, 0, 6, 4, 0, 2, ...sender, ...ipv4(address), 2, 0, 0, 0, 0, 9, 10, 0, 0, 9]
  traffic.packet(Uint8Array.from([2, 0, 0, 0, 0, 9, ...sender, 8, 6, ...body]), LinkType.ethernet)
}

/** A connection every so often, with an answer that is refused: what matters is that it was tried. */
function call(traffic: WatchedTraffic, to: string, intervals: number[]): void {
  for (const [i, interval] of intervals.entries()) {
    traffic.now += interval
    traffic.connect({ to }, [30_000 + i, 443])
  }
}

const later: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  [
    'a name that was outside and is inside',
    ['DNS.Rebinding'],
    (traffic) => {
      answered(traffic, 1, 'evil.example', '203.0.112.7')
      answered(traffic, 2, 'evil.example', '10.0.0.5')
    },
  ],
  [
    'names of the house, and one that is at two places outside',
    [],
    (traffic) => {
      for (let id = 1; id <= 4; id++) answered(traffic, id, 'db.clinic.example', `10.0.0.${id}`)
      for (let id = 5; id <= 8; id++) answered(traffic, id, 'www.example.org', `203.0.112.${id}`)
    },
  ],
  [
    'thirty made-up domains that do not exist',
    ['DNS.Generated.Names'],
    (traffic) => {
      for (let i = 0; i < 30; i++)
        answered(traffic, i + 1, `${random(i, 14).replaceAll(/[aeiou]/g, 'x')}.com`)
    },
  ],
  [
    'thirty names of words that do not exist, and short ones of a browser that looks whether answers are forged',
    [],
    (traffic) => {
      for (let i = 0; i < 30; i++) answered(traffic, i + 1, `service-number-${i}.internal.example`)
      for (let i = 0; i < 30; i++) answered(traffic, i + 100, 'xkqwzrtbnm')
    },
  ],
  [
    'a call each minute, give or take two seconds',
    ['Beaconing'],
    (traffic) =>
      call(
        traffic,
        '203.0.112.9',
        many(15, String).map((_, i) => 60 + (i % 5) - 2),
      ),
  ],
  [
    'calls as people make them',
    [],
    (traffic) =>
      call(
        traffic,
        '203.0.112.9',
        many(20, String).map((_, i) => 10 + ((i * 37) % 97)),
      ),
  ],
  [
    'a health check within the house',
    [],
    (traffic) =>
      call(
        traffic,
        server,
        many(20, String).map(() => 30),
      ),
  ],
  [
    'the time of day, each 64 seconds',
    [],
    (traffic) => {
      for (let i = 0; i < 20; i++) {
        traffic.now += 64
        traffic.udp({ to: '203.0.112.123' }, [30_000 + i, 123], Buffer.alloc(48, 0x23))
      }
    },
  ],
  [
    'two that claim one address by turns',
    ['ARP.Spoofing'],
    (traffic) => {
      for (let i = 0; i < 6; i++) {
        traffic.now += 1
        arp(traffic, 1 + (i % 2), '10.0.0.1')
      }
    },
  ],
  [
    'an address that another takes over, and one that is said again',
    [],
    (traffic) => {
      for (let i = 0; i < 10; i++) {
        traffic.now += 1
        arp(traffic, i < 5 ? 1 : 2, '10.0.0.1')
        arp(traffic, 3, '10.0.0.3')
      }
    },
  ],
]

for (const [name, expected, play] of later) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic()
    play(traffic)
    assert.deepEqual(traffic.names(), expected)
  })
}
