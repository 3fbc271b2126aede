import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { fieldsInBody } from '../../test/support/inspected-body.ts'

const lines = (...all: string[]): string => all.join('\r\n')
const json = JSON.stringify({ customer: { email: 'jane.doe@example.org', iban: 'DE89370400440532013000' } })
const base64 = (value: string | Uint8Array): string =>
  Buffer.from(value).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
const part = (type: string, encoding: string, ...body: string[]): string =>
  lines('--b', `Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', ...body)
const mixed = (...parts: string[]): string =>
  lines(
    'Subject: a',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...parts,
    '--b--',
    '',
  )
const inJson = ['email http.body $.customer.email 1', 'iban http.body $.customer.iban 1']

const cases: [name: string, mail: string, expected: string[]][] = [
  ['base64 of JSON', mixed(part('application/json', 'base64', base64(json))), inJson],
  [
    'base64 without parts',
    lines('Content-Type: application/json', 'Content-Transfer-Encoding: base64', '', base64(json)),
    inJson,
  ],
  [
    'base64 of a text',
    mixed(part('text/plain; charset=utf-8', 'base64', base64('write to jane.doe@example.org, please'))),
    ['email http.body 1'],
  ],
  [
    'base64 of gzip',
    mixed(part('application/gzip', 'base64', base64(gzipSync(json)))),
    ['email http.body gzip $.customer.email 1', 'iban http.body gzip $.customer.iban 1'],
  ],
  [
    'base64 of an image',
    mixed(
      part('image/png', 'base64', base64(Buffer.from('\x89PNG\r\n\x1a\n jane.doe@example.org', 'latin1'))),
    ),
    [],
  ],
  [
    'two parts',
    mixed(part('application/json', 'base64', base64(json)), part('text/plain', '7bit', 'or bob@example.net')),
    ['email http.body $.customer.email 1', 'email http.body 1', 'iban http.body $.customer.iban 1'],
  ],
  [
    'quoted-printable',
    mixed(
      part(
        'text/plain',
        'quoted-printable',
        'jane.doe=40exam=',
        'ple.org =20',
        '-- ',
        'bob@exa=',
        'mple.net',
      ),
    ),
    ['email http.body 2'],
  ],
  [
    'quoted-printable of JSON',
    mixed(part('application/json', 'quoted-printable', json.replaceAll('=', '=3D').replaceAll('@', '=40'))),
    inJson,
  ],
  [
    'a text that is not encoded',
    mixed(part('text/plain', '8bit', 'jane.doe@example.org')),
    ['email http.body 1'],
  ],
  [
    'an encoded word',
    lines('Subject: =?utf-8?Q?from_jane.doe=40?= =?utf-8?B?ZXhhbXBsZS5vcmc=?=', '', 'a'),
    ['email http.body subject 1'],
  ],
]

for (const [name, mail, expected] of cases) {
  test(`${name} in a mail is inspected, wherever it is cut`, () => {
    for (const segmentBytes of [1, 7, 100, 1400])
      assert.deepEqual(
        fieldsInBody(detector, 'message/rfc822', mail, segmentBytes),
        expected,
        `segments of ${segmentBytes}`,
      )
  })
}

test('where the segments of a mail are cut makes no difference', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.integer({ min: 1, max: 700 }), (which, segmentBytes) => {
      const [, mail, expected] = which
      assert.deepEqual(fieldsInBody(detector, 'message/rfc822', mail, segmentBytes), expected)
    }),
    { numRuns: fuzzRuns },
  )
})
