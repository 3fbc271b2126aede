import assert from 'node:assert/strict'
import test from 'node:test'
import { bodyFormat } from './body-format.ts'
import { limits } from './limits.ts'
import { UNDECLARED, parseMediaType } from './media-type.ts'

/** Format for a whole body; '' declares nothing. */
function formatOf(declared: string, body: string, final = true): string | undefined {
  const type = Buffer.from(declared)
  const media = declared === '' ? UNDECLARED : parseMediaType(type, 0, type.length)
  const bytes = Buffer.from(body, 'latin1')
  return bodyFormat(media, bytes, 0, bytes.length, final)
}

const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'
const JPEG = '\xff\xd8\xff\xe0\0\x10JFIF'
const LONG_KEY = 'k'.repeat(limits.sniffedBytes)

const CASES: [declared: string, body: string, format: string][] = [
  ['application/json', '{"a":1}', 'json'],
  ['application/json', '"text"', 'json'],
  ['application/problem+json; charset=utf-8', '1', 'json'],
  ['application/json', '<html><body>', 'html'],
  ['application/json', PNG, 'json'],
  ['application/x-ndjson', '{"a":1}', 'ndjson'],
  ['application/x-www-form-urlencoded', 'a=b', 'form'],
  ['application/x-www-form-urlencoded', '{"a":1}', 'json'],
  ['application/soap+xml', '<a/>', 'xml'],
  ['text/xml', '{"a":1}', 'json'],
  ['text/html', 'no tag', 'html'],
  ['Text/CSV', '{', 'csv'],
  ['text/tab-separated-values', 'a\tb', 'tsv'],
  ['text/plain', '  {"a":1}', 'json'],
  ['text/plain', 'plain words', 'text'],
  ['text/plain', '\0hidden', 'text'],
  ['text/javascript', '{ let a }', 'text'],
  ['image/png', PNG, 'binary'],
  ['image/png', '{"a":1}', 'json'],
  ['image/jpeg', JPEG, 'binary'],
  ['image/svg+xml', '<svg/>', 'xml'],
  ['application/octet-stream', '{"a":1}', 'json'],
  ['application/octet-stream', 'name=Ann&iban=DE', 'form'],
  ['application/octet-stream', PNG, 'binary'],
  ['constructor', 'a b', 'text'],
  ['__proto__', 'a b', 'text'],
  ['multipart/form-data; boundary=x', '{', 'multipart'],
  ['multipart/form-data', '--x', 'text'],
  ['', '\xef\xbb\xbf[1]', 'json'],
  ['', '\r\n<?xml version="1.0"?>', 'xml'],
  ['', '<!DOCTYPE HTML>', 'html'],
  ['', '<note>', 'xml'],
  ['', '<', 'xml'],
  ['', 'user[name]=Ann', 'form'],
  ['', 'a%20b=c', 'form'],
  ['', 'QUJDRA==', 'text'],
  ['', 'a=', 'text'],
  ['', '=a', 'text'],
  ['', 'a b=c', 'text'],
  ['', `${LONG_KEY}=v`, 'text'],
  ['', '\xff\xfe{\0', 'text'],
  ['', '   ', 'text'],
  ['', `${' '.repeat(limits.sniffedBytes)}{}`, 'text'],
  ['', '', 'text'],
]

for (const [declared, body, format] of CASES) {
  test(`${declared || 'nothing'} declared, ${JSON.stringify(body.slice(0, 24))} sent: ${format}`, () => {
    assert.equal(formatOf(declared, body), format)
  })
}

test('what is told of a prefix holds for what it is continued with', () => {
  for (const [declared, body, format] of CASES) {
    for (let length = 0; length < body.length; length++) {
      const early = formatOf(declared, body.slice(0, length), false)
      assert.ok(
        early === undefined || early === format,
        `${declared} ${JSON.stringify(body)} ${length} ${early}`,
      )
    }
  }
})

test('the boundary of a multipart is read as recipients do', () => {
  for (const [value, boundary] of [
    ['multipart/form-data; boundary=simple', 'simple'],
    ['multipart/mixed; charset=utf-8; Boundary="a b;c"; x=y', 'a b;c'],
    [String.raw`multipart/mixed; boundary="a\"b"`, 'a"b'],
    [`multipart/mixed; boundary=${'x'.repeat(limits.boundaryBytes + 1)}`, undefined],
  ] as const) {
    const bytes = Buffer.from(value)
    assert.equal(parseMediaType(bytes, 0, bytes.length).options.boundary, boundary)
  }
})
