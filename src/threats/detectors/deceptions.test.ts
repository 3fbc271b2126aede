import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacker, client, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { ipv4, tcp } from '../../packet/frames.ts'
import { LinkType, TcpFlag } from '../../packet/packet.ts'

/** What a client of PostgreSQL says first. */
const startup = (() => {
  const body = Buffer.from('user\0anna\0database\0clinic\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
})()

/** A server says something first, or nothing, and answers each log-in the same. */
function greetedLogIns(traffic: WatchedTraffic, count: number, greeting: string, answer: string): void {
  for (let i = 0; i < count; i++) {
    traffic.now += 1
    const talk = traffic.connect({ from: attacker }, [40_000 + i, 2100])
    if (greeting !== '') talk.answer(greeting)
    talk.ask('user anna\r\n')
    talk.answer(answer)
    talk.close()
  }
}

function shells(traffic: WatchedTraffic, count: number, bytes: number): void {
  for (let i = 0; i < count; i++) {
    traffic.now += 1
    const talk = traffic.connect({ from: attacker }, [40_000 + i, 22])
    talk.answer('SSH-2.0-OpenSSH_9.2\r\n')
    talk.ask('SSH-2.0-libssh_0.10\r\n')
    for (let sent = 0; sent < bytes; sent += 1000) talk.ask(Buffer.alloc(1000, 1))
    talk.close()
  }
}

/** A DHCPOFFER (RFC 2131) as a server sends it to all. */
function offer(traffic: WatchedTraffic, transaction: number, from: string): void {
  const message = Buffer.alloc(240 + 10)
  message[0] = 2
  message.writeUInt32BE(transaction, 4)
  message.writeUInt32BE(0x63825363, 236)
  message.set([53, 1, 2, 54, 4, ...from.split('.').map(Number), 255], 240)
  traffic.udp({ from, to: '255.255.255.255' }, [67, 68], message)
}

/** One SYN as it is seen in two namespaces. */
function redirected(traffic: WatchedTraffic, meant: string, came: string, order = [1, 2]): void {
  const fields = { sourcePort: 40_000, destinationPort: 443, sequence: 0x12345678, flags: TcpFlag.syn }
  for (const origin of order) {
    const ends = { source: client, destination: origin === 1 ? meant : came, protocol: 6 }
    traffic.packet(ipv4(ends, tcp(fields)), LinkType.raw, origin)
  }
}

function statement(traffic: WatchedTraffic, text: string): void {
  const talk = traffic.connect({}, [40_000, 5432])
  const head = Buffer.from('Q....')
  head.writeInt32BE(text.length + 5, 1)
  talk.ask(startup)
  talk.answer(Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1'))
  talk.ask(Buffer.concat([head, Buffer.from(`${text}\0`)]))
}

function xml(traffic: WatchedTraffic, body: string): void {
  const head = `POST /orders/3 HTTP/1.1\r\nHost: a\r\nContent-Type: application/xml\r\nContent-Length: ${body.length}\r\n\r\n`
  traffic.connect({}, [40_000, 80]).ask(head + body)
}

const cases: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  [
    '12 log-ins that FTP refuses',
    ['Login.Brute.Force'],
    (traffic) => greetedLogIns(traffic, 12, '220 ftp\r\n', '530 Login incorrect.\r\n'),
  ],
  [
    '12 log-ins that IMAP refuses',
    ['Login.Brute.Force'],
    (traffic) => greetedLogIns(traffic, 12, '* OK imap\r\n', 'a1 NO [AUTHENTICATIONFAILED] no\r\n'),
  ],
  [
    '12 log-ins that FTP takes',
    [],
    (traffic) => greetedLogIns(traffic, 12, '220 ftp\r\n', '230 Login successful.\r\n'),
  ],
  [
    '12 passwords that Redis refuses',
    ['Login.Brute.Force'],
    (traffic) => greetedLogIns(traffic, 12, '', '-WRONGPASS invalid username-password pair\r\n'),
  ],
  [
    'lines of an answer over HTTP that begin with 530',
    [],
    (traffic) => greetedLogIns(traffic, 12, '', '530 of 700\r\n'),
  ],
  ['12 short connections of SSH', ['Login.Brute.Force'], (traffic) => shells(traffic, 12, 2000)],
  ['12 connections of SSH in which something is done', [], (traffic) => shells(traffic, 12, 9000)],
  [
    'SSH in frames of a WebSocket',
    ['HTTP.Tunneling'],
    (traffic) => {
      const talk = traffic.connect({}, [40_000, 80])
      talk.ask('GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      talk.answer('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      talk.answer('\x82\x15SSH-2.0-OpenSSH_9.2\r\n')
    },
  ],
  [
    'a page about SSH',
    [],
    (traffic) => {
      const talk = traffic.connect({}, [40_000, 80])
      talk.ask('GET /banners HTTP/1.1\r\nHost: a\r\n\r\n')
      talk.answer(
        `HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n${'A server says SSH-2.0-OpenSSH. '.repeat(10)}`,
      )
      talk.answer('x'.repeat(300))
    },
  ],
  [
    'two servers that answer one question of DHCP',
    ['DHCP.Spoofing'],
    (traffic) => {
      for (const server of ['10.0.0.1', '10.0.0.66']) offer(traffic, 7, server)
    },
  ],
  [
    'one server of DHCP that answers many, twice',
    [],
    (traffic) => {
      for (let i = 0; i < 20; i++) offer(traffic, i >> 1, '10.0.0.1')
    },
  ],
  [
    'a connection for an address outside that comes to another workload',
    ['K8S.externalIPs.MitM'],
    (traffic) => redirected(traffic, '203.0.114.7', '10.0.0.66'),
  ],
  [
    'the same, seen first where it comes to',
    ['K8S.externalIPs.MitM'],
    (traffic) => redirected(traffic, '203.0.114.7', '10.0.0.66', [2, 1]),
  ],
  [
    'a connection to a service of the cluster',
    [],
    (traffic) => redirected(traffic, '10.96.0.9', '10.0.0.66'),
  ],
  [
    'a connection that is routed through a workload',
    [],
    (traffic) => redirected(traffic, '203.0.114.7', '203.0.114.7'),
  ],
  [
    'a statement that was put together with what a user said',
    ['SQL.Injection'],
    (traffic) => statement(traffic, "SELECT * FROM patients WHERE name = '' OR 1=1 -- '"),
  ],
  [
    'a statement as programs send it',
    [],
    (traffic) => statement(traffic, 'SELECT id, name FROM patients WHERE id = 7 ORDER BY name'),
  ],
  [
    'an expression in a content type',
    ['Apache.Struts.Remote.Code.Execution'],
    (traffic) =>
      traffic
        .connect({}, [40_000, 80])
        .ask("GET / HTTP/1.1\r\nHost: a\r\nContent-Type: %{(#_='multipart/form-data').(#c='id')}\r\n\r\n"),
  ],
  [
    'objects of XStream that run a program',
    ['Apache.Struts.Remote.Code.Execution'],
    (traffic) =>
      xml(
        traffic,
        '<map><dataSource class="com.sun.xml.internal.ws.encoding.xml.XMLMessage$XmlDataSource"><command>id</command></dataSource></map>',
      ),
  ],
  [
    'an order in XML',
    [],
    (traffic) => xml(traffic, '<order class="express"><command>print</command></order>'),
  ],
]

for (const [name, expected, play] of cases) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic()
    play(traffic)
    assert.deepEqual(traffic.names(), expected)
  })
}
