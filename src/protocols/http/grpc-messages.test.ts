import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { GrpcMessages } from './grpc-messages.ts'
import { limits } from './limits.ts'

function frame(flag: number, message: Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix[0] = flag
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

/** What is handed on of frames that come in pieces of so many bytes, and what is off with them. */
function handOn(sent: Buffer, pieceBytes = sent.length) {
  const taken: Buffer[] = []
  const problems: string[] = []
  let closed: boolean | undefined
  const messages = new GrpcMessages(
    {
      write: (bytes, start, end) => void taken.push(Buffer.from(bytes.slice(start, end))),
      close: (complete) => void (closed = complete),
    },
    (problem) => void problems.push(problem),
  )
  for (let at = 0; at < sent.length; at += pieceBytes)
    messages.write(sent, at, Math.min(sent.length, at + pieceBytes))
  messages.close(true)
  assert.equal(closed, true)
  return { bytes: Buffer.concat(taken), problems }
}

const [one, two] = [Buffer.from('the first message'), Buffer.from('the second message')]

test('messages are handed on as if none had been compressed, wherever they are cut', () => {
  const sent = [frame(0, one), frame(1, gzipSync(two)), frame(0, Buffer.alloc(0)), frame(1, deflateSync(one))]
  const plain = Buffer.concat([frame(0, one), frame(0, two), frame(0, Buffer.alloc(0)), frame(0, one)])
  for (const pieceBytes of [1, 2, 7, 1000]) {
    const { bytes, problems } = handOn(Buffer.concat(sent), pieceBytes)
    assert.deepEqual(bytes, plain, `${pieceBytes}`)
    assert.deepEqual(problems, [])
  }
})

test('what cannot be decompressed is handed on as it is, or as far as it goes, and is told', () => {
  const snappy = frame(1, Buffer.from('\x05snappy?', 'latin1'))
  assert.deepEqual(handOn(Buffer.concat([snappy, frame(0, one)]), 3), {
    bytes: Buffer.concat([snappy, frame(0, one)]),
    problems: ['unsupported'],
  })
  const broken = frame(1, Buffer.concat([gzipSync(two).subarray(0, 15), Buffer.alloc(9, 0xff)]))
  const { bytes, problems } = handOn(Buffer.concat([broken, frame(0, one)]))
  assert.deepEqual(problems, ['corrupt'])
  assert.deepEqual(bytes.subarray(-frame(0, one).length), frame(0, one))
})

test('a message that becomes too large is cut, and that is told', () => {
  const large = frame(1, gzipSync(Buffer.alloc(limits.grpcMessageBytes + 1, 'ab, cd; ef ')))
  const { bytes, problems } = handOn(large)
  assert.ok(bytes.length <= limits.grpcMessageBytes + 5)
  assert.ok(problems.includes('size') || problems.includes('ratio'), problems.join())
})
