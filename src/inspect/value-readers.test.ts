import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { grpcFrame, messagePackMap, protobufMessage } from '../../test/support/binary-messages.ts'
import { inspectConnection, request, segmentsOf } from '../../test/support/inspected-connection.ts'

/** Fields in which something was found of the body of a request that comes in segments of some bytes. */
function fieldsIn(mediaType: string, body: Buffer, segmentBytes: number): string[] {
  const segments = segmentsOf(request(mediaType, body), segmentBytes)
  return inspectConnection(detector, segments, 80)
    .findings.map(({ field }) => field)
    .sort()
}

for (const [mediaType, body, fields] of [
  ['application/x-protobuf', protobufMessage, ['http.body 1.5', 'http.body 1.6']],
  ['application/grpc', grpcFrame, ['http.body 1.5', 'http.body 1.6']],
  ['application/msgpack', messagePackMap, ['http.body $.cardNumber', 'http.body $.name']],
] as const) {
  test(`each value of ${mediaType} is a content of its own, wherever it is cut`, () => {
    for (const segmentBytes of [5, 30, 61, 1400])
      assert.deepEqual(fieldsIn(mediaType, body, segmentBytes), fields, `segments of ${segmentBytes}`)
  })
}
