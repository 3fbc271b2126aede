import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { grpcFrame, messagePackMap, protobufMessage } from '../../test/support/binary-messages.ts'
import { DocumentDetector } from './document-detector.ts'

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
  assert.deepEqual(told(protobufMessage, 'protobuf'), values)
  assert.deepEqual(told(grpcFrame, 'grpc'), values)
  assert.deepEqual(told(messagePackMap, 'msgpack'), [
    ['name', 'Anna Meier'],
    ['payment-card', ''],
  ])
})
