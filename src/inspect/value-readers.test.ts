import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

const detector = compileRecognisers()

const field = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([8 * number + 2, bytes.length]), bytes])

/** What follows each value is a tag that could be a part of it: `2` and `:`. */
const message = field(
  1,
  Buffer.concat([
    Buffer.from([0x08, 0x01]),
    field(5, Buffer.from('jane@example.org')),
    field(6, Buffer.from('DE89370400440532013000')),
    field(7, Buffer.from('text')),
  ]),
)
const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message])

const card = Buffer.alloc(9, 0xcf)
card.writeBigUInt64BE(4_111_111_111_111_111n, 1)
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0xa0 + value.length]), Buffer.from(value)])
const map = Buffer.concat([
  ...[Buffer.from([0x82]), text('name'), text('Anna Meier')],
  ...[text('cardNumber'), card],
])

/** Fields in which something was found of the body of a request that comes in segments of some bytes. */
function fieldsIn(mediaType: string, body: Buffer, segmentBytes: number): string[] {
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${mediaType}\r\nContent-Length: ${body.length}\r\n\r\n`
  const request = Buffer.concat([Buffer.from(head), body])
  const fields: string[] = []
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow: (view) => fields.push(...view.news().map((found) => found.field)),
  })
  for (let at = 0; at < request.length; at += segmentBytes) {
    const ports = { sourcePort: 40_000, destinationPort: 80 }
    const packet = new Packet()
    packet.bytes = ipv4(
      { protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' },
      tcp(
        { ...ports, sequence: 101 + at, acknowledgment: 1, flags: TcpFlag.ack },
        request.subarray(at, at + segmentBytes),
      ),
    )
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + at
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return fields.sort()
}

for (const [mediaType, body, fields] of [
  ['application/x-protobuf', message, ['http.body 1.5', 'http.body 1.6']],
  ['application/grpc', frame, ['http.body 1.5', 'http.body 1.6']],
  ['application/msgpack', map, ['http.body $.cardNumber', 'http.body $.name']],
] as const) {
  test(`each value of ${mediaType} is a content of its own, wherever it is cut`, () => {
    for (const segmentBytes of [5, 30, 61, 1400])
      assert.deepEqual(fieldsIn(mediaType, body, segmentBytes), fields, `segments of ${segmentBytes}`)
  })
}
