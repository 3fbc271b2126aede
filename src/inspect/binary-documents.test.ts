import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileRecognisers } from '../personal-data/compile.ts'
import { DocumentDetector } from './document-detector.ts'

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

test('values of binary documents are told with their place', () => {
  const document = new DocumentDetector(detector)
  const told = (bytes: Buffer, format: 'protobuf' | 'grpc' | 'msgpack') =>
    document
      .detect(bytes, format)
      .map(({ identifier, start, end }) => [identifier, bytes.toString('latin1', start, end)])
  const values = [
    ['email', 'jane@example.org'],
    ['iban', 'DE89370400440532013000'],
  ]
  assert.deepEqual(told(message, 'protobuf'), values)
  assert.deepEqual(told(frame, 'grpc'), values)
  assert.deepEqual(told(map, 'msgpack'), [
    ['name', 'Anna Meier'],
    ['payment-card', ''],
  ])
})
