import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import {
  clientHello,
  handshake,
  record,
  serverHello,
  u16,
  vector16,
  versions,
} from '../../protocols/tls/fixtures.ts'

const aes = 0xc02f
const hello = record(22, clientHello([aes], [versions(0x0304, 0x0303)]))
const oldHello = record(22, clientHello([aes], [], 0x0300), 0x0300)
const answer = (version = 0x0303, cipher = aes) => record(22, serverHello(cipher, [], version), version)

/** An answer whose random ends as that of a server that had more to offer. */
function downgraded(): Buffer {
  const bytes = Buffer.from(answer())
  bytes.write('DOWNGRD\u0001', 5 + 4 + 2 + 24, 'latin1')
  return bytes
}

/** A heartbeat (RFC 6520) that says how long its payload is, and has so much of it. */
const heartbeat = (claimed: number, bytes: number) =>
  record(24, Buffer.concat([Buffer.of(1), u16(claimed), Buffer.alloc(bytes)]))
const encrypted = (bytes: number) => record(24, Buffer.alloc(bytes, 0xa5))
const changeCipherSpec = record(20, Buffer.of(1))
/** SSL 2.0's hello, its ciphers said to be longer than they are. */
const sslv2 = (ciphers: number, declared: number) => {
  const body = Buffer.concat([
    Buffer.of(1),
    u16(2),
    u16(declared),
    u16(0),
    u16(16),
    Buffer.alloc(ciphers + 16),
  ])
  return Buffer.concat([u16(0x8000 | body.length), body])
}

const cases: [name: string, expected: string[], ...turns: ['>' | '<', Buffer][]][] = [
  ['TLS 1.2', [], ['>', hello], ['<', answer()]],
  ['SSL 3.0', ['SSL.Version.2or3'], ['>', hello], ['<', answer(0x0300)]],
  ['a client that has SSL 3.0 and nothing else', ['SSL.Version.2or3'], ['>', oldHello]],
  ['TLS 1.0 and 1.1, by default', [], ['>', hello], ['<', answer(0x0301)]],
  ['a null cipher', ['TLS.Null.Cipher', 'TLS.Weak.Cipher'], ['>', hello], ['<', answer(0x0303, 0x0002)]],
  ['a server that was made to choose less', ['TLS.Downgrade'], ['>', hello], ['<', downgraded()]],
  [
    'the same, of a client that has no better',
    [],
    ['>', record(22, clientHello([aes], []))],
    ['<', downgraded()],
  ],
  [
    'a heartbeat that asks for 16 KB and sends 1',
    ['SSL.Heartbleed'],
    ['>', hello],
    ['<', answer()],
    ['>', heartbeat(16_384, 1)],
  ],
  ['a heartbeat with its padding', [], ['>', hello], ['<', answer()], ['>', heartbeat(16, 32)]],
  [
    'an encrypted heartbeat that brings back more than was sent',
    ['SSL.Heartbleed'],
    ['>', hello],
    ['<', Buffer.concat([answer(), changeCipherSpec])],
    ['>', Buffer.concat([changeCipherSpec, encrypted(60)])],
    ['<', encrypted(16_000)],
  ],
  [
    'an encrypted heartbeat that is too short for its padding',
    ['SSL.Heartbleed'],
    ['>', hello],
    ['<', answer()],
    ['>', Buffer.concat([changeCipherSpec, encrypted(32)])],
  ],
  [
    'a heartbeat without padding',
    ['SSL.Heartbleed'],
    ['>', hello],
    ['<', answer()],
    ['>', heartbeat(16_365, 16_365)],
  ],
  [
    'encrypted heartbeats of one length',
    [],
    ['>', hello],
    ['<', Buffer.concat([answer(), changeCipherSpec])],
    ['>', Buffer.concat([changeCipherSpec, encrypted(60)])],
    ['<', encrypted(64)],
  ],
  ['an SSL 2.0 hello with more ciphers than it holds', ['SSL.Cipher.Overflow'], ['>', sslv2(3, 60_000)]],
  ['an SSL 2.0 hello for the sake of old servers', [], ['>', sslv2(3, 3)]],
  ['a handshake message of no kind', [], ['>', record(22, handshake(99, vector16()))]],
]

for (const [name, expected, ...turns] of cases) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic()
    const talk = traffic.connect({}, [40_000, 443])
    for (const [side, bytes] of turns) {
      if (side === '>') talk.ask(bytes)
      else talk.answer(bytes)
    }
    assert.deepEqual(traffic.names(), expected)
  })
}

test('TLS 1.0 and 1.1 are told of where that is asked for', () => {
  const traffic = new WatchedTraffic({ tls10: { on: true }, tls11: { on: true } })
  for (const [i, version] of [0x0301, 0x0302].entries()) {
    const talk = traffic.connect({}, [40_000 + i, 443])
    talk.ask(hello)
    talk.answer(answer(version))
  }
  assert.deepEqual(traffic.names(), ['SSL.TLS1.0', 'SSL.TLS1.1'])
})
