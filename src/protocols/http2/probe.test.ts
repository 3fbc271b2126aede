import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Verdict } from '../protocol.ts'
import { HELLO, SETTINGS, data, frame, headers, request } from './fixtures.ts'
import { FrameFlag, FrameType } from './frames.ts'
import { probeHttp2 } from './probe.ts'

const { no, maybe, yes } = Verdict

function settings(...ids: number[]): Buffer {
  return frame(FrameType.settings, 0, 0, Buffer.concat(ids.map((id) => Buffer.from([0, id, 0, 0, 0, 1]))))
}

const ACK = frame(FrameType.settings, FrameFlag.ack, 0)
const KAFKA = Buffer.from('0000001c0003000900000001000a6b61666b612d636c690000000200', 'hex')
const POSTGRESQL = Buffer.from('0000002a00030000757365720061006461746162617365006200', 'hex')

const CASES: [name: string, bytes: Uint8Array, verdict: Verdict][] = [
  ['the preface', HELLO, yes],
  ['a part of the preface', HELLO.subarray(0, 10), maybe],
  ['a method of HTTP/1', Buffer.from('PRINT / HTTP/1.1'), no],
  ["a server's settings", SETTINGS, yes],
  ['settings that nobody has', settings(0), no],
  ['settings of products', settings(3, 8), yes],
  ['no settings, yet', frame(FrameType.settings, 0, 0), maybe],
  ['three frames', Buffer.concat([ACK, headers(1, request('/')), data(1, 'body')]), yes],
  ['two frames', Buffer.concat([headers(1, request('/')), data(1, 'body')]), maybe],
  ['a frame on a stream that it cannot be on', Buffer.concat([ACK, data(0, 'body')]), no],
  ['a flag that its type does not have', frame(FrameType.ping, 0x80, 0, Buffer.alloc(8)), no],
  ['TLS', Buffer.from('1603010200010001fc0303', 'hex'), no],
  ['HTTP/1', Buffer.from('GET / HTTP/1.1\r\n'), no],
  ['Kafka', KAFKA, no],
  ['PostgreSQL', POSTGRESQL, no],
  ['text', Buffer.from('hello world'), no],
  ['a part of a header', SETTINGS.subarray(0, 5), maybe],
  ['what begins with a length and goes on with words', Buffer.from('\0\x01 words'), no],
  ['a length that nobody sends', Buffer.from([0, 0x80]), no],
  ['zeros', Buffer.alloc(100), no],
]

for (const [name, bytes, verdict] of CASES) {
  test(`${name} of a connection`, () => {
    assert.equal(probeHttp2(bytes, 0, bytes.length), verdict)
  })
}

test('what a beginning is told to be, it stays', () => {
  for (const [name, bytes, verdict] of CASES)
    for (let length = 1; length < bytes.length; length++) {
      const early = probeHttp2(bytes, 0, length)
      if (early !== maybe) assert.equal(early, verdict, `${name} ${length}`)
    }
})
