import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { AttackRecord } from '../../src/model/records.ts'
import { builtInDetector } from '../support/built-in-detector.ts'
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
] as const

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

function get(target: string, headers = ''): Buffer {
  return Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`, 'latin1')
}

function post(type: string, body: string | Buffer, headers = ''): Buffer {
  const bytes = Buffer.from(body)
  const head = `POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

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

for (const [how, write] of Object.entries(inQuery))
  test(`attacks in a query are told ${how}`, () => {
    for (const [attack, attackClass] of attacks) {
      const found = classesIn(get(`/items?page=2&note=${write(attack)}`))
      assert.ok(found.includes(attackClass), `${attack}: ${found.join(' ')}`)
    }
  })

for (const [how, write] of Object.entries(inBody))
  test(`attacks in a body are told as ${how}`, () => {
    for (const [attack, attackClass] of attacks) {
      const { type, body, headers } = write(attack)
      const found = classesIn(post(type, body, headers))
      assert.ok(found.includes(attackClass), `${attack}: ${found.join(' ')}`)
    }
  })

test('attacks in paths, headers and cookies are told', () => {
  for (const [attack, attackClass] of attacks) {
    for (const request of [
      get(`/items/${percent(attack)}`),
      get('/items', `X-Note: ${attack}\r\n`),
      get('/items', `Cookie: a=1; note=${percent(attack)}; b=2\r\n`),
    ])
      assert.ok(classesIn(request).includes(attackClass), request.toString('latin1'))
  }
})

test('however a request is cut or chunked, the records are the same', () => {
  const { type, body } = inBody.JSON(attacks[0][0])
  const request = post(type, body)
  const whole = recordsOf(request, request.length).map((record) => ({ ...record, last: '', first: '' }))
  assert.equal(whole.length, 1)
  for (const segmentBytes of [1, 2, 3, 7, 16, 64])
    assert.deepEqual(
      recordsOf(request, segmentBytes).map((record) => ({ ...record, last: '', first: '' })),
      whole,
    )
  for (const chunkBytes of [1, 3, 1000])
    assert.deepEqual(classesIn(chunked(type, body, chunkBytes), 5), ['sql-injection'])
})

test('a record says where, by which rules, and shows no value', () => {
  const [record] = recordsOf(get(`/items/7/4111111111111111?note=${percent("Erika' or 2=2 -- ")}`), 1000)
  const { place, field, request, masked, action, level, count } = record
  assert.deepEqual(
    { place, field, request, masked, action, level, count },
    {
      ...{
        place: 'query',
        field: 'note',
        masked: "****' or *=* -- ",
        action: 'reported',
        level: 1,
        count: 1,
      },
      request: { method: 'GET', path: '/items/*/*' },
    },
  )
})

test('the same attack on one connection is one record with its count', () => {
  const request = get(`/items?note=${percent(attacks[0][0])}`)
  const records = recordsOf(Buffer.concat([request, request, request]), 50)
  assert.deepEqual(
    records.map(({ count }) => count),
    [3],
  )
})

test('harmless requests leave no record', () => {
  for (const request of [
    get("/search?q=O'Brien+and+sons&sort=name+asc&page=1-20"),
    get('/a/b-c/d.html?x=1&y=2', 'Cookie: theme=dark; consent=a%3D1%2Cb%3D2\r\n'),
    post('application/json', '{"note":"Select one of them, or drop the table at the door; thanks -- Ann"}'),
    post('text/plain', 'What the union selects from the list is up to them'),
  ])
    assert.deepEqual(classesIn(request), [], request.toString('latin1'))
})
