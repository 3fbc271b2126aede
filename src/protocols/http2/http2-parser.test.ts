import assert from 'node:assert/strict'
import { test } from 'node:test'
import zlib from 'node:zlib'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { Turn } from './fixtures.ts'
import {
  HELLO,
  SETTINGS,
  added,
  converse,
  data,
  fields,
  frame,
  headers,
  indexed,
  request,
  resetStream,
} from './fixtures.ts'
import { FrameFlag, FrameType } from './frames.ts'
import { limits } from './limits.ts'

const { endHeaders, endStream, padded, priority } = FrameFlag
const JSON_BODY = '{"iban":"DE89370400440532013000"}'
const OK = fields([':status', '200'], ['content-type', 'application/json'])
const BEGUN: Turn[] = [
  ['>', HELLO],
  ['<', SETTINGS],
]

function post(...more: [string, string][]): Buffer {
  return fields([':method', 'POST'], [':path', '/'], ...more)
}

interface Case {
  turns: Turn[]
  lines?: string[]
  anomalies?: string[]
  events?: string[]
}

const HOST_LINE = '> http.header headers=host: a.example\r\n'

const CASES: Record<string, Case> = {
  'a request and its response are contents as those of HTTP/1': {
    turns: [
      ['>', headers(1, request('/p?a=1', ['cookie', 'x=1'], ['cookie', 'y=2'], ['accept', '*/*']), true)],
      ['<', Buffer.concat([headers(1, OK), data(1, JSON_BODY)])],
    ],
    lines: [
      '> http.target path=/p',
      '> http.query form=a=1',
      '> http.header headers=host: a.example\r\naccept: */*\r\ncookie: x=1; y=2\r\n',
      '< http.header headers=content-type: application/json\r\n',
      `< http.body json=${JSON_BODY}`,
    ],
  },
  'streams that interleave keep their bodies apart': {
    turns: [
      ['>', Buffer.concat([headers(1, post()), headers(3, post()), data(1, 'first ', false)])],
      ['>', Buffer.concat([data(3, 'second ', false), data(1, 'one'), data(3, 'one')])],
    ],
    lines: ['> http.body text=first one', '> http.body text=second one'],
  },
  'encodings are taken off': {
    turns: [
      [
        '>',
        Buffer.concat([headers(1, post(['content-encoding', 'gzip'])), data(1, zlib.gzipSync('plain text'))]),
      ],
    ],
    lines: ['> http.body text=plain text'],
  },
  'messages of gRPC are told as that': {
    turns: [
      [
        '>',
        Buffer.concat([
          headers(1, post(['content-type', 'application/grpc+proto'])),
          data(1, Buffer.from([0, 0, 0, 0, 3, 0x0a, 1, 0x78])),
        ]),
      ],
      ['<', headers(1, fields([':status', '200'], ['content-type', 'application/grpc']))],
      ['<', headers(1, fields(['grpc-status', '0']), true)],
    ],
    lines: [
      '> http.header headers=content-type: application/grpc+proto\r\n',
      '> http.body grpc=\0\0\0\0\x03\x0a\x01x',
      '< http.header headers=content-type: application/grpc\r\n',
      '< http.header headers=grpc-status: 0\r\n',
    ],
  },
  'padding, priority and fields in several frames are put aside and together': {
    turns: [
      [
        '>',
        Buffer.concat([
          frame(
            FrameType.headers,
            padded | priority,
            1,
            Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 9]), request('/').subarray(0, 7), Buffer.alloc(3)]),
          ),
          frame(FrameType.continuation, 0, 1, request('/').subarray(7, 20)),
          frame(FrameType.continuation, endHeaders, 1, request('/').subarray(20)),
          frame(FrameType.data, padded | endStream, 1, Buffer.from('\x02body\0\0')),
        ]),
      ],
    ],
    lines: ['> http.target path=/', HOST_LINE, '> http.body text=body'],
  },
  'a response to HEAD, and one of 304, has no body whatever it declares': {
    turns: [
      ['>', headers(1, fields([':method', 'HEAD'], [':path', '/']), true)],
      ['<', headers(1, fields([':status', '200'], ['content-length', '9']), true)],
      ['>', headers(3, request('/'), true)],
      ['<', headers(3, fields([':status', '304'], ['content-length', '9']), true)],
    ],
  },
  'an announcement is not the response': {
    turns: [
      ['>', headers(1, request('/'), true)],
      ['<', headers(1, fields([':status', '103'], ['link', '</a>']))],
      ['<', Buffer.concat([headers(1, OK), data(1, '[1]')])],
    ],
    lines: [
      '> http.target path=/',
      HOST_LINE,
      '< http.header headers=link: </a>\r\n',
      '< http.header headers=content-type: application/json\r\n',
      '< http.body json=[1]',
    ],
  },
  'what is in a tunnel is payload': {
    turns: [
      ['>', headers(1, fields([':method', 'CONNECT'], [':authority', 'b.example:25']))],
      ['>', data(1, 'EHLO x', false)],
    ],
    lines: ['> http.header headers=host: b.example:25\r\n', '> payload text=EHLO x'],
  },
  'a length that is another than what comes splits requests behind a gateway': {
    turns: [
      ['>', Buffer.concat([headers(1, post(['content-length', '0'])), data(1, 'GET /admin HTTP/1.1')])],
    ],
    anomalies: ['http2-length-mismatch'],
    events: ['http-ambiguous-request'],
  },
  'a transfer encoding splits requests behind a gateway': {
    turns: [['>', headers(1, post(['transfer-encoding', 'chunked']), true)]],
    anomalies: ['http2-connection-field', 'http2-transfer-encoding'],
    events: ['http-ambiguous-request'],
  },
  'a line break in a value is a field more behind a gateway': {
    turns: [['>', headers(1, request('/', ['x', 'a\r\ncontent-length: 5']), true)]],
    lines: [
      '> http.target path=/',
      '> http.header headers=host: a.example\r\nx: a\r\ncontent-length: 5\r\n',
      '! http2-field-character',
    ],
    anomalies: ['http2-field-character', 'http2-length-mismatch'],
  },
  'who is asked is said once': {
    turns: [['>', headers(1, request('/', ['host', 'a.example']), true)]],
    lines: ['> http.target path=/', HOST_LINE],
  },
  'a host that contradicts the authority': {
    turns: [['>', headers(1, request('/', ['host', 'b.example']), true)]],
    anomalies: ['http2-authority-conflict', 'http-duplicate-field'],
  },
  'pseudo fields twice, unknown, or behind others': {
    turns: [['>', headers(1, request('/', ['a', 'b'], [':path', '/x'], [':odd', '1']), true)]],
    anomalies: ['http2-pseudo-field', 'http2-field-name', 'http-field-name-invalid'],
  },
  'a stream that was reset ends what was open, and its number is not to be used again': {
    turns: [
      ['>', Buffer.concat([headers(1, post()), data(1, 'part', false), resetStream(1)])],
      ['>', headers(1, request('/again'), true)],
    ],
    anomalies: ['http2-stream-closed'],
  },
  'a response to nothing': { turns: [['<', headers(5, OK, true)]], anomalies: ['http2-stream-unasked'] },
  'the response to a request that came by HTTP/1 is on stream 1': {
    turns: [['<', headers(1, OK, true)]],
    anomalies: [],
  },
  'what no table has ends the block': {
    turns: [['>', headers(1, Buffer.concat([request('/'), indexed(99), fields(['a', 'b'])]), true)]],
    anomalies: ['http2-field-compression'],
  },
  'a frame within a block': {
    turns: [['>', Buffer.concat([frame(FrameType.headers, 0, 1, request('/')), data(3, 'x')])]],
    anomalies: ['http2-frame-order', 'http2-head-incomplete', 'http2-stream-closed'],
  },
  'lengths and streams that a type does not have': {
    turns: [
      ['>', Buffer.concat([frame(FrameType.ping, 0, 0, Buffer.alloc(3)), frame(FrameType.data, 0, 0)])],
    ],
    anomalies: ['http2-frame-size', 'http2-stream-id'],
  },
  'what an unknown frame and GOAWAY carry is looked at': {
    turns: [
      ['>', frame(0x42, 0, 0, Buffer.from('secret'))],
      ['<', frame(FrameType.goAway, 0, 0, Buffer.from('\0\0\0\0\0\0\0\x0btoo fast'))],
    ],
    lines: ['! http2-frame-unknown', '> payload text=secret', '< payload text=too fast'],
  },
  'padding that says something': {
    turns: [
      [
        '>',
        Buffer.concat([
          headers(1, post()),
          frame(FrameType.data, padded | endStream, 1, Buffer.from('\x02bodyxy')),
        ]),
      ],
    ],
    anomalies: ['http2-padding'],
  },
  'a part of a body that was lost costs that part': {
    turns: [
      ['>', Buffer.concat([headers(1, post()), data(1, 'abcdefgh').subarray(0, 12)])],
      ['>', 3],
      ['>', Buffer.concat([Buffer.from('gh'), headers(3, request('/next'), true)])],
    ],
    lines: [
      '! http-body-gap',
      '> http.body text=abc',
      '> http.body text=gh',
      '> http.target path=/next',
      HOST_LINE,
    ],
  },
  'a push is told, and what a client would have asked is seen': {
    turns: [
      ['>', headers(1, request('/'), true)],
      [
        '<',
        frame(
          FrameType.pushPromise,
          endHeaders,
          1,
          Buffer.concat([Buffer.from([0, 0, 0, 2]), request('/style')]),
        ),
      ],
    ],
    anomalies: ['http2-push'],
  },
}

for (const [name, { turns, lines, anomalies = [], events }] of Object.entries(CASES)) {
  test(name, () => {
    const conversed = converse([...BEGUN, ...turns])
    if (lines !== undefined) {
      const shown = conversed.lines.filter((line) => line.includes(' http.body ') || lines.includes(line))
      assert.deepEqual(shown, lines)
    }
    if (lines === undefined || anomalies.length > 0) assert.deepEqual(conversed.anomalies, anomalies)
    if (events !== undefined) assert.deepEqual(conversed.events, events)
  })
}

test('the record has what was spoken, by whom, and how often', () => {
  const turns: Turn[] = [...BEGUN]
  for (let id = 1; id < 7; id += 2) {
    turns.push(['>', headers(id, request('/', ['user-agent', 'curl']), true)])
    turns.push(['<', headers(id, fields([':status', id === 5 ? '403' : '200'], ['server', 'nginx']), true)])
  }
  const { details, events, application } = converse(turns)
  assert.deepEqual(details, {
    requests: 3,
    responses: 3,
    methods: ['GET'],
    statuses: { 200: 2, 403: 1 },
    version: '2',
    host: 'a.example',
    userAgent: 'curl',
    server: 'nginx',
  })
  assert.deepEqual([events, application], [['http-denied'], 'HTTP'])
})

test('which application is spoken is told by the first request', () => {
  const grpc = headers(1, post(['content-type', 'application/grpc']))
  assert.equal(converse([...BEGUN, ['>', grpc]]).application, 'GRPC')
  assert.equal(converse([...BEGUN, ['>', headers(1, request('/'), true)], ['>', grpc]]).application, 'HTTP')
})

test('a connection that is picked up says so, and is read as far as its fields are told', () => {
  const { lines, anomalies, details } = converse([
    ['>', headers(7, Buffer.concat([indexed(70), request('/p')]), true)],
    [
      '<',
      Buffer.concat([headers(7, Buffer.concat([indexed(8), added('x', 'y'), indexed(62)])), data(7, 'text')]),
    ],
    ['>', data(5, 'rest of an earlier body')],
  ])
  assert.deepEqual(anomalies, ['http2-picked-up', 'http2-field-unknown'])
  assert.ok(lines.includes('> http.target path=/p'))
  assert.ok(lines.includes('< http.header headers=x: y\r\nx: y\r\n'))
  assert.ok(lines.includes('> http.body text=rest of an earlier body'))
  assert.deepEqual([details.requests, details.statuses], [1, { 200: 1 }])
})

test('a head larger than is kept is read in parts, so that padding hides nothing', () => {
  const filler: [string, string][] = Array.from({ length: 9 }, (_, i) => [`x-${i}`, 'v'.repeat(10_000)])
  const block = request('/p', ...filler, ['x-last', 'needle'])
  const { lines, anomalies } = converse([...BEGUN, ['>', headers(1, block, true)]], 4096)
  assert.ok(lines.some((line) => line.includes('x-last: needle')))
  assert.ok(lines.includes('> http.target path=/p'))
  assert.deepEqual(anomalies, [])
})

test('a small block that unfolds to a large head is bounded', () => {
  const block = Buffer.concat([
    request('/'),
    added('x', 'v'.repeat(4000)),
    ...Array.from({ length: 60_000 }, () => indexed(62)),
  ])
  const { lines, anomalies } = converse([...BEGUN, ['>', headers(1, block, true)]])
  const inspected = lines.reduce((bytes, line) => bytes + line.length, 0)
  assert.ok(inspected < limits.headListBytes + 3 * block.length, `${inspected}`)
  assert.deepEqual(anomalies, ['http2-head-too-large'])
})

test('streams beyond those that are followed push out the oldest', () => {
  const requests = Array.from({ length: limits.streams + 2 }, (_, i) => headers(2 * i + 1, post()))
  const { anomalies } = converse([...BEGUN, ['>', Buffer.concat([...requests, data(1, 'late')])]])
  assert.deepEqual(anomalies, ['http2-too-many-streams', 'http2-too-many-streams', 'http2-stream-closed'])
})

/** Everything in one connection. */
const WHOLE: Turn[] = [
  ...BEGUN,
  [
    '>',
    Buffer.concat([
      frame(
        FrameType.headers,
        padded,
        1,
        Buffer.concat([Buffer.from([2]), request('/a?b=c'), Buffer.alloc(2)]),
      ),
      frame(FrameType.continuation, endHeaders, 1, added('x-key', 'value')),
      data(1, '{"a":', false),
      headers(3, Buffer.concat([request('/b', ['content-encoding', 'gzip']), indexed(62)])),
      data(1, JSON_BODY, false),
      data(3, zlib.gzipSync(JSON_BODY.repeat(20)), false),
      headers(1, fields(['x-sum', '1']), true),
      resetStream(3),
      frame(0x20, 0, 0, Buffer.from('extension')),
    ]),
  ],
  ['<', Buffer.concat([headers(1, OK), data(1, JSON_BODY, false), headers(1, fields(['t', '1']), true)])],
]

test('where the input is cut makes no difference', () => {
  const whole = converse(WHOLE)
  for (let step = 1; step < 60; step++) assert.deepEqual(converse(WHOLE, step), whole, `${step}`)
})

test('no input makes it throw, and heads and streams are given back', () => {
  const bytes = fc.uint8Array({ maxLength: 60 })
  const piece = fc.oneof(
    { arbitrary: bytes.map((payload) => Buffer.from(payload)), weight: 1 },
    {
      arbitrary: fc
        .tuple(
          fc.integer({ min: 0, max: 11 }),
          fc.integer({ min: 0, max: 255 }),
          fc.integer({ min: 0, max: 5 }),
          bytes,
        )
        .map(([type, flags, stream, payload]) => frame(type, flags, stream, payload)),
      weight: 4,
    },
    { arbitrary: fc.constantFrom(headers(1, request('/')), data(1, 'x'), data(3, 'y', false)), weight: 3 },
  )
  const turn = fc.oneof(
    { arbitrary: fc.tuple(fc.constantFrom<'>' | '<'>('>', '<'), piece), weight: 9 },
    { arbitrary: fc.tuple(fc.constantFrom<'>' | '<'>('>', '<'), fc.integer({ min: 0, max: 40 })), weight: 1 },
  )
  const turns = fc.array(turn, { maxLength: 12 })
  fc.assert(
    fc.property(turns, fc.boolean(), fc.integer({ min: 1, max: 30 }), (list, isBegun, step) => {
      const all: Turn[] = [...(isBegun ? BEGUN : []), ...list]
      const hasGap = list.some(([, what]) => typeof what === 'number')
      const whole = converse(all)
      if (!hasGap) assert.deepEqual(converse(all, step), whole)
    }),
    { numRuns: fuzzRuns },
  )
})
