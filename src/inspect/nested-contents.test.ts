import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import fc from 'fast-check'
import { gzipSync, deflateSync } from 'node:zlib'
import { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import { ContentInspector } from './content-inspector.ts'
import { DetectionChoice } from './detection-choice.ts'
import { FlowFindings } from './flow-findings.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { fieldsInBody } from '../../test/support/inspected-body.ts'

const person = { customer: { email: 'jane.doe@example.org', iban: 'DE89370400440532013000' } }
const json = JSON.stringify(person)
const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64')
const url = (value: string): string => Buffer.from(value).toString('base64url')
const lines = (value: string): string => value.replaceAll(/.{76}/g, '$&\r\n')
const long = JSON.stringify({ filler: 'lorem ipsum '.repeat(20_000), ...person })

const found = (path: string): string[] => [
  `email ${path} $.customer.email 1`,
  `iban ${path} $.customer.iban 1`,
]

const cases: [name: string, mediaType: string, body: Uint8Array | string, expected: string[]][] = [
  [
    'JSON',
    'application/json',
    JSON.stringify({ id: 1, payload: base64(json), b: 2 }),
    found('http.body $.payload base64'),
  ],
  [
    'JSON for people',
    'application/json',
    JSON.stringify({ payload: base64(JSON.stringify(person, undefined, 2)) }),
    found('http.body $.payload base64'),
  ],
  [
    'base64url',
    'application/json',
    JSON.stringify({ a: Buffer.from(json).toString('base64url') }),
    found('http.body $.a base64'),
  ],
  [
    'lines in XML',
    'application/xml',
    `<a><b>\n${lines(base64(json))}\n</b></a>`,
    found('http.body /a/b base64'),
  ],
  [
    'lines in JSON',
    'application/json',
    JSON.stringify({ a: lines(base64(json)) }),
    found('http.body $.a base64'),
  ],
  [
    'a form',
    'application/x-www-form-urlencoded',
    new URLSearchParams({ a: '1', data: base64(json) }).toString(),
    found('http.form data base64'),
  ],
  [
    'a data URI',
    'text/html',
    `<img src="data:application/json;base64,${base64(json)}">`,
    found('http.body /img/@src base64'),
  ],
  [
    'a statement',
    'application/sql',
    `update t set doc = '${base64(json)}' where id = 1`,
    found('http.body doc base64'),
  ],
  [
    'gzip',
    'application/json',
    JSON.stringify({ a: base64(gzipSync(json)) }),
    found('http.body $.a base64 gzip'),
  ],
  [
    'deflate',
    'application/json',
    JSON.stringify({ a: base64(deflateSync(json)) }),
    found('http.body $.a base64 deflate'),
  ],
  [
    'base64 in base64',
    'application/json',
    JSON.stringify({ a: base64(JSON.stringify({ b: base64(json) })) }),
    found('http.body $.a base64 $.b base64'),
  ],
  ['a text', 'text/plain', base64(json), found('http.body base64')],
  [
    'a text in a field',
    'application/json',
    JSON.stringify({ comment: base64('write to jane.doe@example.org') }),
    ['email http.body $.comment base64 1'],
  ],
  ['a long one', 'application/json', JSON.stringify({ a: base64(long) }), found('http.body $.a base64')],
  [
    'binary data',
    'application/json',
    JSON.stringify({ a: base64(Buffer.concat([Buffer.from([0, 1, 2, 3]), Buffer.from(json)])) }),
    [],
  ],
  ['three times', 'application/json', JSON.stringify({ a: base64(base64(base64(json))) }), []],
  [
    'a token',
    'application/json',
    JSON.stringify({ id: `${url('{"alg":"HS256","typ":"JWT"}')}.${url(json)}.c2lnbmF0dXJl` }),
    [...found('http.body $.id base64'), 'jwt http.body $.id 1'],
  ],
  [
    'a token in a form',
    'application/x-www-form-urlencoded',
    `id=${url('{"alg":"HS256","typ":"JWT"}')}.${url(json)}.c2ln`,
    [...found('http.form id base64'), 'jwt http.form id 1'],
  ],
  [
    'XML',
    'application/json',
    JSON.stringify({
      a: base64('<?xml version="1.0"?><person><email>jane.doe@example.org</email></person>'),
    }),
    ['email http.body $.a base64 /person/email 1'],
  ],
  [
    'escaped slashes',
    'application/json',
    `{"data":"${base64('write to jane.doe@example.org ???>>>???').replaceAll('/', '\\/')}"}`,
    ['email http.body $.data base64 1'],
  ],
]

for (const [name, mediaType, body, expected] of cases) {
  test(`what is encoded in ${name} is inspected, wherever it is cut`, () => {
    const lengths = body.length > 10_000 ? [1400, 65_000] : [1, 7, 100, 1400, 65_000]
    for (const segmentBytes of lengths)
      assert.deepEqual(
        fieldsInBody(detector, mediaType, body, segmentBytes),
        expected,
        `segments of ${segmentBytes}`,
      )
  })
}

test('what cannot be decompressed is an anomaly of the flow', () => {
  const damaged = gzipSync(json)
  damaged.fill(0xff, 12)
  const inspector = new ContentInspector({ detector, hashes: new KeyedHash(Buffer.alloc(32)), now: 0 })
  const told: string[] = []
  const owner = {
    findings: new FlowFindings(new DetectionChoice()),
    anomaly: (code: string) => told.push(code),
  }
  const body = Buffer.from(JSON.stringify({ a: base64(damaged) }))
  const content = inspector.open(owner, 0, 'http.body', 'json', undefined)
  content.write(body, 0, body.length, true)
  content.close(true)
  assert.deepEqual(told, ['nested-corrupt'])
})

test('where the segments of a request are cut makes no difference', () => {
  const short = cases.filter(([, , body]) => body.length < 10_000)
  fc.assert(
    fc.property(fc.constantFrom(...short), fc.integer({ min: 1, max: 700 }), (which, segmentBytes) => {
      const [, mediaType, body, expected] = which
      assert.deepEqual(fieldsInBody(detector, mediaType, body, segmentBytes), expected)
    }),
    { numRuns: fuzzRuns },
  )
})
