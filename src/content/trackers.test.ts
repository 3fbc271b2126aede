import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ContentFormat } from '../model/content-format.ts'
import { FormDecoder } from './form.ts'
import { HeadersTracker } from './headers.ts'
import { MultipartTracker } from './multipart.ts'
import { formatOfMediaType, makeTracker } from './trackers.ts'

/** Field at the first `¤` of a text, with the text handed over in two pieces cut at `cut`. */
function fieldAt(format: ContentFormat, text: string, cut: number, boundary = ''): string {
  const tracker = makeTracker(format)
  if (tracker instanceof MultipartTracker) tracker.begin(boundary)
  else tracker.reset()
  const bytes = Buffer.from(text, 'latin1')
  const position = bytes.indexOf(0xa4)
  const first = Math.min(cut, position)
  tracker.read(bytes, 0, first)
  tracker.read(bytes, first, position)
  return tracker.field()
}

const cases: [format: ContentFormat, text: string, field: string][] = [
  ['json', '{"a":"¤"}', '$.a'],
  ['json', '{"a":{"b":[{"c":1,"iban":"¤"}]}}', '$.a.b[].iban'],
  ['json', '{"a":[1,2],"b":"¤"}', '$.b'],
  ['json', '{"a":"x,\\"y\\":{","b":¤}', '$.b'],
  ['json', '["¤"]', '$[]'],
  ['json', '{"we\\"ird":"¤"}', '$.we"ird'],
  ['ndjson', '{"a":1}\n{"b":{"c":"¤"}}', '$.b.c'],
  ['json', '}}]]{"a":"¤"}', '$.a'],
  ['headers', 'Host: a\r\nAuthorization: Bearer ¤\r\n', 'authorization'],
  ['headers', 'X-A: one\r\n two ¤\r\n', 'x-a'],
  ['headers', 'Cookie: a=1; session=¤\r\n', 'session'],
  ['headers', 'Set-Cookie: id=7; Path=/; x=¤\r\n', 'id'],
  ['xml', '<a><b x="1">y</b><c>¤</c></a>', '/a/c'],
  ['xml', '<a><b/><c id="¤">', '/a/c/@id'],
  ['xml', '<?xml version="1.0"?><!-- c --><s:Body><m>¤', '/s:Body/m'],
  ['xml', '<a href=x/><b>¤', '/b'],
  ['html', '<html><br><img src="x"><p>¤', '/html/p'],
  ['csv', 'name,email\nx,¤', 'email'],
  ['csv', 'name;"e;mail"\r\nx;¤', 'e;mail'],
  ['csv', '17,¤', 'column 2'],
  ['csv', '17,x\n18,¤', 'column 2'],
  ['tsv', 'name, full\tcity\n1\t¤', 'city'],
  ['csv', 'Anna Meier,Berlin\nBernd Kurz,¤', 'column 2'],
  ['json', '{"patients":{"Anna Meier":{"phone":"¤"}}}', '$.patients.*.phone'],
  ['json', '{"mails":{"jane@example.org":{"n":1,"card":"¤"}}}', '$.mails.*.card'],
  ['xml', '<a><b c="1" DE89370400440532013000="¤">', '/a/b/@*'],
  ['headers', 'Cookie: a=1; jane@example.org=¤\r\n', '*'],
  ['sql', 'UPDATE t SET "jane@example.org" = \'¤\'', '*'],
  ['sql', "SELECT * FROM t WHERE email = '¤'", 'email'],
  ['sql', "UPDATE t SET a='it''s', iban = '¤'", 'iban'],
  ['sql', 'INSERT INTO t (id, "Email", x) VALUES (1, \'¤\', 2)', 'Email'],
  ['sql', "INSERT INTO t (id, email) VALUES (now(), 'x'), (f(1,2), '¤')", 'email'],
  ['sql', "/* a = 'b' */ SELECT 1 -- c\n WHERE p.name ILIKE '%¤'", 'name'],
  ['text', 'anything ¤', ''],
]

describe('field of a position', () => {
  for (const [format, text, field] of cases) {
    it(`${format}: ${JSON.stringify(text)} is ${field || 'none'}, wherever it is cut`, () => {
      for (let cut = 0; cut <= text.length; cut++)
        assert.equal(fieldAt(format, text, cut), field, `cut ${cut}`)
    })
  }

  it('names a multipart part and the path inside of it', () => {
    const body = [
      '--XX',
      'Content-Disposition: form-data; name="plain"',
      '',
      '--X not a boundary',
      '--XX',
      'Content-Disposition: form-data; filename="f"; name="doc"',
      'Content-Type: application/json; charset=utf-8',
      '',
      '{"patient":{"iban":"¤"}}',
      '--XX--',
    ].join('\r\n')
    for (let cut = 0; cut < body.length; cut++) {
      assert.equal(fieldAt('multipart', body, cut, 'XX'), 'doc $.patient.iban', `cut ${cut}`)
    }
  })

  it('tells cookies from other headers', () => {
    const tracker = new HeadersTracker()
    tracker.reset()
    const text = Buffer.from('A: b\r\nCookie: c=d')
    tracker.read(text, 0, 6)
    assert.equal(tracker.isCookie, false)
    tracker.read(text, 6, text.length)
    assert.equal(tracker.isCookie, true)
  })
})

describe('form decoding', () => {
  const decode = (text: string, cut: number) => {
    const decoder = new FormDecoder({ chunkBytes: 8 })
    const pairs: [string, string][] = []
    let value = ''
    const sink = {
      value(bytes: Uint8Array, start: number, end: number, last: boolean) {
        value += Buffer.from(bytes.subarray(start, end)).toString('latin1')
        if (!last) return
        pairs.push([decoder.name(), value])
        value = ''
      },
    }
    const bytes = Buffer.from(text)
    decoder.read(bytes, 0, cut, sink)
    decoder.read(bytes, cut, bytes.length, sink)
    decoder.end(sink)
    return pairs
  }
  const tables: [string, [string, string][]][] = [
    [
      'a=b&c=d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'mail=jane%40example.org&x=%2',
      [
        ['mail', 'jane@example.org'],
        ['x', '%2'],
      ],
    ],
    ['a=1+2%zz%4x', [['a', '1 2%zz%4x']]],
    ['long=0123456789abcdef', [['long', '0123456789abcdef']]],
    [
      'jane@example.org&=x&a=',
      [
        ['', 'jane@example.org'],
        ['', 'x'],
        ['a', ''],
      ],
    ],
    ['a%3Db=c%3Dd=e', [['a=b', 'c=d=e']]],
    ['items[12][email]=x', [['items[][email]', 'x']]],
    ['jane%40example.org=x', [['*', 'x']]],
  ]
  for (const [text, pairs] of tables) {
    it(`${text}, wherever it is cut`, () => {
      for (let cut = 0; cut <= text.length; cut++) assert.deepEqual(decode(text, cut), pairs, `cut ${cut}`)
    })
  }
})

describe('any bytes', () => {
  const formats: ContentFormat[] = [
    'json',
    'headers',
    'xml',
    'html',
    'csv',
    'tsv',
    'sql',
    'multipart',
    'text',
  ]
  for (const format of formats) {
    it(`${format}: never throws, names stay bounded, cuts do not matter`, () => {
      fc.assert(
        fc.property(
          fc.string({ unit: fc.constantFrom(...'{}[]":,\\<>/=!?-\'();\n\r abX1&é'), maxLength: 300 }),
          fc.nat(300),
          (text, cut) => {
            const whole = fieldAt(format, `${text}¤`, 0, 'a')
            assert.equal(fieldAt(format, `${text}¤`, cut, 'a'), whole)
            assert.ok(whole.length < 24 * 70)
          },
        ),
        { numRuns: fuzzRuns },
      )
    })
  }
})

describe('media types', () => {
  for (const [type, format] of [
    ['application/json; charset=utf-8', 'json'],
    ['application/fhir+json', 'json'],
    ['image/svg+xml', 'xml'],
    ['multipart/form-data; boundary=x', 'multipart'],
    ['application/yaml', 'yaml'],
    ['application/openapi+yaml;version=3', 'yaml'],
    ['message/rfc822', 'mail'],
    ['application/x-msgpack', 'msgpack'],
    ['application/bson', 'bson'],
    ['avro/binary', 'avro'],
    ['application/x-protobuf; messageType="x.Y"', 'protobuf'],
    ['application/grpc', 'grpc'],
    ['x-application/hl7-v2+er7; charset=utf-8', 'hl7'],
    ['application/hl7-v2+xml', 'xml'],
    ['application/grpc-web+proto', 'grpc'],
    ['application/grpc+json', 'json'],
    ['IMAGE/PNG', 'binary'],
    ['text/plain', 'text'],
    ['', 'text'],
  ] as const) {
    it(`${type} is ${format}`, () => assert.equal(formatOfMediaType(type), format))
  }
})
