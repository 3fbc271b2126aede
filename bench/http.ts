import { httpProtocol } from '../src/protocols/http/index.ts'
import { HELLO, SETTINGS, added, data, headers, indexed } from '../src/protocols/http2/fixtures.ts'
import { http2Protocol } from '../src/protocols/http2/index.ts'
import type { ContentStream, ProtocolSink } from '../src/protocols/protocol.ts'

/** How fast the HTTP parser alone is, on one thread: nothing scans what it hands on. */

const SEGMENT_BYTES = 1448
const SECONDS = 1.5

let handedOn = 0
const stream: ContentStream = {
  write: (_bytes, start, end) => {
    handedOn += end - start
  },
  close: () => undefined,
}
const sink: ProtocolSink = {
  content: (_direction, _place, _format, _bytes, start, end) => {
    handedOn += end - start
  },
  field: () => undefined,
  open: () => stream,
  anomaly: (code) => {
    throw new Error(`the benchmark's traffic is off: ${code}`)
  },
  resolved: () => undefined,
}

const REQUEST = Buffer.from(
  [
    'POST /api/v1/patients/4711/appointments?page=2&sort=date HTTP/1.1',
    'Host: api.clinic.example',
    'User-Agent: clinic-web/3.2.1 node/24',
    'Accept: application/json',
    'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    'Content-Type: application/json',
    'Content-Length: 68',
    '',
    '{"patient":4711,"doctor":17,"date":"2026-11-20","reason":"check-up"}',
  ].join('\r\n'),
)
const RESPONSE = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'Date: Fri, 20 Nov 2026 09:30:00 GMT',
    'Server: clinic-api',
    'Content-Type: application/json; charset=utf-8',
    'Content-Length: 56',
    'Connection: keep-alive',
    '',
    '{"id":90210,"status":"booked","date":"2026-11-20T10:00"}',
  ].join('\r\n'),
)
const LARGE_BYTES = 1024 * 1024
const LARGE = Buffer.concat([
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${LARGE_BYTES}\r\n\r\n`),
  Buffer.alloc(LARGE_BYTES, '{"name":"value","number":12345}\n'),
])
const CHUNKED = Buffer.concat([
  Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'),
  ...Array.from({ length: 128 }, () =>
    Buffer.concat([Buffer.from('2000\r\n'), Buffer.alloc(8192, '{"a":1}\n'), Buffer.from('\r\n')]),
  ),
  Buffer.from('0\r\n\r\n'),
])

interface Rate {
  messages: number
  bytes: number
  seconds: number
}

/** Repeats `exchange`, which parses `messages` messages of `bytes` bytes. */
function measure(messages: number, bytes: number, exchange: () => void): Rate {
  for (let i = 0; i < 20_000_000 / bytes; i++) exchange()
  let rounds = 0
  const began = performance.now()
  let seconds = 0
  while (seconds < SECONDS) {
    for (let i = 0; i < 1_000_000 / bytes; i++, rounds++) exchange()
    seconds = (performance.now() - began) / 1000
  }
  return { messages: messages * rounds, bytes: bytes * rounds, seconds }
}

function print(name: string, rate: Rate): void {
  const messages = Math.round(rate.messages / rate.seconds).toLocaleString('en')
  const megabytes = Math.round(rate.bytes / rate.seconds / 1e6).toLocaleString('en')
  console.log(`http  ${name.padEnd(34)} ${messages.padStart(12)} messages/s ${megabytes.padStart(8)} MB/s`)
}

/** Parses `message` in segments. */
function inSegments(parser: ReturnType<typeof httpProtocol.create>, message: Uint8Array): void {
  for (let at = 0; at < message.length; at += SEGMENT_BYTES) {
    parser.data(1, message, at, Math.min(message.length, at + SEGMENT_BYTES), 0)
  }
}

/** The fields of the first request, which the table then has; and those of each further one, by their index. */
const FIELDS: [string, string][] = [
  [':path', '/api/v1/patients/4711/appointments?page=2&sort=date'],
  [':authority', 'api.clinic.example'],
  ['accept', 'application/json'],
  ['content-type', 'application/json'],
  ['authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['user-agent', 'clinic-web/3.2.1 node/24'],
]
const METHOD_POST = indexed(3)
const STATUS_OK = indexed(8)
/** The six of the table, the first that was added behind the others. */
const KNOWN = Buffer.concat([METHOD_POST, ...[67, 66, 65, 64, 63, 62].map(indexed)])

/** The same calls over HTTP/2: what they say again is an index. */
function measureHttp2(): void {
  const parser = http2Protocol.create(sink, 'tcp')
  const give = (direction: 0 | 1, bytes: Uint8Array) => parser.data(direction, bytes, 0, bytes.length, 0)
  const request = data(0, '{"patient":4711,"doctor":17,"date":"2026-11-20","reason":"check-up"}')
  const response = data(0, '{"id":90210,"status":"booked","date":"2026-11-20T10:00"}')
  const table = Buffer.concat(FIELDS.map(([name, value]) => added(name, value)))
  give(0, HELLO)
  give(1, SETTINGS)
  const ask = Buffer.concat([headers(0, KNOWN), request])
  const answer = Buffer.concat([headers(0, STATUS_OK), response])
  give(0, headers(1, table, true))
  let stream = 1
  print(
    'API calls over HTTP/2',
    measure(2, ask.length + answer.length, () => {
      stream += 2
      for (const at of [5, KNOWN.length + 9 + 5]) ask.writeUInt32BE(stream, at)
      for (const at of [5, STATUS_OK.length + 9 + 5]) answer.writeUInt32BE(stream, at)
      give(0, ask)
      give(1, answer)
    }),
  )
}

export async function run(): Promise<void> {
  const keepAlive = httpProtocol.create(sink, 'tcp')
  const bytes = REQUEST.length + RESPONSE.length
  print(
    'API calls, one connection',
    measure(2, bytes, () => {
      keepAlive.data(0, REQUEST, 0, REQUEST.length, 0)
      keepAlive.data(1, RESPONSE, 0, RESPONSE.length, 0)
    }),
  )
  print(
    'API calls, a connection each',
    measure(2, bytes, () => {
      const parser = httpProtocol.create(sink, 'tcp')
      parser.data(0, REQUEST, 0, REQUEST.length, 0)
      parser.data(1, RESPONSE, 0, RESPONSE.length, 0)
      parser.end(0)
      parser.end(1)
    }),
  )
  const cut = httpProtocol.create(sink, 'tcp')
  print(
    'API calls, each in two segments',
    measure(2, bytes, () => {
      cut.data(0, REQUEST, 0, 150, 0)
      cut.data(0, REQUEST, 150, REQUEST.length, 0)
      cut.data(1, RESPONSE, 0, 100, 0)
      cut.data(1, RESPONSE, 100, RESPONSE.length, 0)
    }),
  )
  measureHttp2()
  const large = httpProtocol.create(sink, 'tcp')
  print(
    'bodies of 1 MiB by length',
    measure(1, LARGE.length, () => inSegments(large, LARGE)),
  )
  const chunked = httpProtocol.create(sink, 'tcp')
  print(
    'bodies of 1 MiB in chunks',
    measure(1, CHUNKED.length, () => inSegments(chunked, CHUNKED)),
  )
  if (handedOn === 0) throw new Error('nothing was handed on')
}
