import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

/** Identifiers found in a request's body of a media type, and how often; each piece is a segment of its own. */
function countsIn(mediaType: string, body: string, pieceBytes: number): Record<string, number> {
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const counts = new Map<string, number>()
  const engine = new Engine(options, {
    flow: (view) => {
      for (const { identifier, count } of view.news()) counts.set(identifier, count)
    },
  })
  const head = `POST /notes HTTP/1.1\r\nHost: notes\r\nContent-Type: ${mediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`
  const bytes = Buffer.from(head + body)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const ports = { sourcePort: 40_000, destinationPort: 80 }
    const numbers = { sequence: 101 + at, acknowledgment: 1, flags: TcpFlag.ack }
    const segment = tcp({ ...ports, ...numbers }, bytes.subarray(at, at + pieceBytes))
    const packet = new Packet()
    packet.bytes = ipv4({ protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' }, segment)
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + at
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return Object.fromEntries(counts)
}

const filler = 'The weather was fine and nobody had anything to complain about. '.repeat(40)
const note = `Dear Katrin,\n${filler}\nPlease call Anna Meier, anna.meier@example.org, at 12 Elm Street, Springfield, IL 62704.\n${filler}\nPetra Schmidt`

for (const pieceBytes of [1400, 333, 60]) {
  test(`names and addresses in a text in segments of ${pieceBytes} bytes are found, each once`, () => {
    const expected = { email: 1, name: 3, 'postal-address': 1 }
    assert.deepEqual(countsIn('text/plain; charset=utf-8', note, pieceBytes), expected)
  })
}

test('what is no prose is not read as such', () => {
  for (const mediaType of ['text/javascript', 'text/css', 'application/octet-stream'])
    assert.deepEqual(countsIn(mediaType, note, 1400), { email: 1 }, mediaType)
})

test('what a label says is found once', () => {
  assert.deepEqual(countsIn('text/plain', 'Full name: Anna Meier\n', 1400), { name: 1 })
})
