import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TcpTalk, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { FrameType } from '../../protocols/http2/frames.ts'
import {
  HELLO,
  SETTINGS,
  data,
  fields,
  frame,
  headers,
  request,
  resetStream,
} from '../../protocols/http2/fixtures.ts'

const OK = fields([':status', '200'])
const ids = (count: number) => Array.from({ length: count }, (_, i) => 2 * i + 1)
const join = (parts: Uint8Array[][]) => Buffer.concat(parts.flat())
const ping = frame(FrameType.ping, 0, 0, Buffer.alloc(8))

/** A head in so many frames, none of which ends it. */
function endless(frames: number, fragment: Uint8Array): Buffer {
  const rest = Array.from({ length: frames }, () => frame(FrameType.continuation, 0, 1, fragment))
  return Buffer.concat([frame(FrameType.headers, 0, 1, request('/')), ...rest])
}

const cases: [name: string, expected: string[], play: (talk: TcpTalk, traffic: WatchedTraffic) => void][] = [
  [
    'requests given up as soon as they are made',
    ['HTTP2.Rapid.Reset'],
    (talk) => talk.ask(join(ids(300).map((id) => [headers(id, request('/'), true), resetStream(id)]))),
  ],
  [
    'requests that the server is made to give up',
    ['HTTP2.Rapid.Reset'],
    (talk) => {
      talk.ask(join(ids(300).map((id) => [headers(id, request('/'))])))
      talk.answer(join(ids(300).map((id) => [resetStream(id)])))
    },
  ],
  [
    'many requests that are answered, and then told that no more is wanted of them',
    [],
    (talk) => {
      talk.ask(join(ids(300).map((id) => [headers(id, request('/'))])))
      talk.answer(join(ids(300).map((id) => [headers(id, OK, true), resetStream(id)])))
    },
  ],
  [
    'a page that is left while its parts are loaded, now and then',
    [],
    (talk, traffic) => {
      for (let page = 0; page < 8; page++) {
        const parts = ids(60).map((id) => id + page * 120)
        talk.ask(join(parts.map((id) => [headers(id, request('/'), true), resetStream(id)])))
        traffic.now += 2
      }
    },
  ],
  [
    'a head that goes on and on',
    ['HTTP2.Continuation.Flood'],
    (talk) => talk.ask(endless(200, fields(['a', 'b']))),
  ],
  [
    'a head that goes on with nothing',
    ['HTTP2.Continuation.Flood', 'HTTP2.Control.Flood'],
    (talk) => talk.ask(endless(1200, new Uint8Array())),
  ],
  ['a large head', [], (talk) => talk.ask(endless(6, fields(['a', 'b'.repeat(15_000)])))],
  [
    'pings without end',
    ['HTTP2.Control.Flood'],
    (talk) => talk.ask(join(Array.from({ length: 1200 }, () => [ping]))),
  ],
  [
    'empty data without end',
    ['HTTP2.Control.Flood'],
    (talk) =>
      talk.ask(
        join([[headers(1, request('/'))], ...Array.from({ length: 1200 }, () => [data(1, '', false)])]),
      ),
  ],
  [
    'a stream of messages with a ping beside each',
    [],
    (talk, traffic) => {
      talk.ask(headers(1, request('/', ['content-type', 'application/grpc'])))
      for (let second = 0; second < 10; second++) {
        talk.ask(join(Array.from({ length: 100 }, () => [data(1, Buffer.alloc(50), false), ping])))
        traffic.now++
      }
    },
  ],
]

for (const [name, expected, play] of cases)
  test(`${name}: ${expected.join() || 'no threat'}`, () => {
    const traffic = new WatchedTraffic()
    const talk = traffic.connect({}, [40_000, 8080])
    talk.ask(HELLO)
    talk.answer(SETTINGS)
    play(talk, traffic)
    assert.deepEqual(traffic.names(), expected)
  })
