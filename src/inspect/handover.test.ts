import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import type { FlowRecord } from '../model/records.ts'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import * as tls from '../protocols/tls/fixtures.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

/** What is told of one connection, from what its two ends say in turn. */
function inspect(turns: [from: 'client' | 'server', bytes: Buffer][]): FlowRecord {
  const told: FlowRecord[] = []
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, { flow: (view) => told.push(view.record()) })
  const ends = {
    client: { address: '10.0.0.1', port: 40_000, sent: 101 },
    server: { address: '10.0.0.2', port: 5000, sent: 501 },
  }
  for (const [i, [from, bytes]] of turns.entries()) {
    const [sender, receiver] = from === 'client' ? [ends.client, ends.server] : [ends.server, ends.client]
    const header = {
      sourcePort: sender.port,
      destinationPort: receiver.port,
      sequence: sender.sent,
      acknowledgment: receiver.sent,
      flags: TcpFlag.ack,
    }
    sender.sent += bytes.length
    const packet = new Packet()
    packet.bytes = ipv4(
      { protocol: 6, source: sender.address, destination: receiver.address },
      tcp(header, bytes),
    )
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + i * 1000
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  assert.equal(told.length, 1)
  return told[0]
}

const hello = tls.record(
  22,
  tls.clientHello([0x1301], [tls.serverName('db.example'), tls.versions(0x0304)]),
  0x0301,
)
const answer = tls.record(22, tls.serverHello(0x1301, [tls.extension(43, tls.u16(0x0304))]))
const secret = tls.record(23, Buffer.from('DE89370400440532013000'))
const handshake: [from: 'client' | 'server', bytes: Buffer][] = [
  ['client', hello],
  ['server', answer],
  ['client', secret],
  ['server', secret],
]

test('PostgreSQL that turns to TLS keeps its name, and is told as encrypted with its handshake', () => {
  const flow = inspect([
    ['client', Buffer.from('0000000804d2162f', 'hex')],
    ['server', Buffer.from('S')],
    ...handshake,
  ])
  assert.equal(flow.application, 'PostgreSQL')
  assert.equal(flow.encrypted, true)
  assert.deepEqual(
    [flow.tls?.version, flow.tls?.sni, flow.serverName],
    ['TLSv1.3', 'db.example', 'db.example'],
  )
})

test('a client that does not wait for the answer to its request for encryption loses nothing', () => {
  const sslRequest = Buffer.from('0000000804d2162f', 'hex')
  for (const early of [[Buffer.concat([sslRequest, hello])], [sslRequest, hello]]) {
    const flow = inspect([
      ...early.map((bytes): ['client', Buffer] => ['client', bytes]),
      ['server', Buffer.concat([Buffer.from('S'), answer])],
      ['client', secret],
    ])
    assert.deepEqual(
      [flow.application, flow.encrypted, flow.tls?.version, flow.tls?.sni],
      ['PostgreSQL', true, 'TLSv1.3', 'db.example'],
    )
  }
  const start = Buffer.from('\0\0\0\x14\0\x03\0\0user\0jane\0\0\0', 'latin1')
  for (const early of [[Buffer.concat([sslRequest, start])], [sslRequest, start]]) {
    const flow = inspect([
      ...early.map((bytes): ['client', Buffer] => ['client', bytes]),
      ['server', Buffer.from('N')],
    ])
    assert.deepEqual([flow.encrypted, flow.postgresql?.user], [false, 'jane'])
  }
})

test('a tunnel through a proxy is told with the TLS inside of it', () => {
  const flow = inspect([
    ['client', Buffer.from('CONNECT db.example:443 HTTP/1.1\r\nHost: db.example:443\r\n\r\n')],
    ['server', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
    ...handshake,
  ])
  assert.equal(flow.application, 'HTTP')
  assert.equal(flow.encrypted, true)
  assert.deepEqual(
    [flow.tls?.version, flow.tls?.sni, flow.http?.methods],
    ['TLSv1.3', 'db.example', ['CONNECT']],
  )
})

test('a server that refuses encryption leaves the connection in the clear', () => {
  const flow = inspect([
    ['client', Buffer.from('0000000804d2162f', 'hex')],
    ['server', Buffer.from('N')],
  ])
  assert.deepEqual([flow.application, flow.encrypted, flow.tls], ['PostgreSQL', false, undefined])
})
