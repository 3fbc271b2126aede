import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector } from '../../test/support/built-in-detector.ts'
import { gzipSync } from 'node:zlib'
import type { ContentFormat } from '../model/content-format.ts'
import { DocumentDetector } from './document-detector.ts'

const document = new DocumentDetector(builtInDetector)

const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64')

const person = JSON.stringify({ customer: { email: 'jane.doe@example.org' } })
const run = base64(person)
const packed = base64(gzipSync(person))
const prose = base64('Dear Sirs, write to jane.doe@example.org, with kind regards')
const twice = base64(JSON.stringify({ a: run }))
const cases: [name: string, format: ContentFormat, text: string, run: string, field: string][] = [
  ['JSON', 'json', `{"id":"a","payload":"${run}","b":1}`, run, '$.payload base64 $.customer.email'],
  ['gzip', 'json', `{"payload":"${packed}"}`, packed, '$.payload base64 gzip $.customer.email'],
  ['base64', 'json', `{"payload":"${twice}"}`, twice, '$.payload base64 $.a base64 $.customer.email'],
  [
    'a form',
    'form',
    `a=1&data=${encodeURIComponent(run)}&b=2`,
    encodeURIComponent(run),
    'data base64 $.customer.email',
  ],
  ['a field of any name', 'json', `{"x1":"${prose}"}`, prose, '$.x1 base64'],
  ['an element', 'xml', `<a><b>${prose}</b></a>`, prose, '/a/b base64'],
  ['a text', 'text', `see "${run}".`, run, 'base64 $.customer.email'],
  ['a table', 'csv', `1,a\n1,"${run}"\n`, run, 'column 2 base64 $.customer.email'],
]

for (const [name, format, text, encoded, field] of cases) {
  test(`what stands encoded in ${name} is told with the place of the run`, () => {
    const bytes = Buffer.from(text)
    const told = document
      .detect(bytes, format)
      .map((found) => [found.identifier, found.field, bytes.toString('latin1', found.start, found.end)])
    assert.deepEqual(told, [['email', field, encoded]])
  })
}

const pem = base64(person).replaceAll(/.{32}/g, '$&\r\n')
const mails: [name: string, mail: string, encoded: string, field: string][] = [
  [
    'a body',
    `Subject: a\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n\r\n${pem}`,
    pem,
    '$.customer.email',
  ],
  [
    'an encoded word',
    `Subject: =?utf-8?B?${run}?=\r\nTo: a\r\n\r\ntext`,
    `Subject: =?utf-8?B?${run}?=\r\n`,
    'subject',
  ],
]

for (const [name, mail, encoded, field] of mails) {
  test(`what stands encoded in ${name} of a mail is told with its place`, () => {
    const bytes = Buffer.from(mail)
    const told = document
      .detect(bytes, 'mail')
      .map((found) => [found.identifier, found.field, bytes.toString('latin1', found.start, found.end)])
    assert.deepEqual(told, [['email', field, encoded]])
  })
}

test('a long document is read to its end', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(20_000)
  const text = JSON.stringify({ a: filler, email: 'jane.doe@example.org', b: filler, payload: run })
  const told = document.detect(Buffer.from(text), 'json').map((found) => [found.field, found.start])
  assert.deepEqual(told, [
    ['$.email', text.indexOf('jane')],
    ['$.payload base64 $.customer.email', text.indexOf(run)],
  ])
})
