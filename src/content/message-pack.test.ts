import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { readValues } from '../../test/support/read-values.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { limits } from './limits.ts'
import { MessagePackTracker } from './message-pack.ts'

testFields('MessagePack', new MessagePackTracker(), [
  ['\x81\xa4iban\xa3¤', '$.iban'],
  ['\x81\xa1a\x92\xa1x\x82\xa1b\xc3\xa1c\xd9\x05¤', '$.a[].c'],
  ['\x82\xa1a\x80\xa1b\xda\x00\x05¤', '$.b'],
  ['\x82\xa1a\x90\xa1b\xdb\x00\x00\x00\x05¤', '$.b'],
  ['\x92\xcf\x00\x00\x00\x00\x00\x00\x00\x00\xc4\x05¤', '$[]'],
  [
    '\x84\xa1a\xcb\x00\x00\x00\x00\x00\x00\x00\x00\xa1b\xd6\xff\x00\x00\x00\x00\xa1c\xc7\x01\x01x\xa1d\xa1¤',
    '$.d',
  ],
  ['\xde\x00\x02\xa1a\x05\xa1b\xdc\x00\x01\xa1¤', '$.b[]'],
  ['\xdf\x00\x00\x00\x01\xa1a\xdd\x00\x00\x00\x01\xa1¤', '$.a[]'],
  ['\x81\xb0jane@example.org\xa5¤', '$.*'],
  ['\x81\x05\xa5¤', '$'],
  ['\x81\xa9first¤', '$'],
  ['\x81\x92\xa1x\xa1y\xa5¤', '$'],
  ['\x81\xa1a\xa0\x81\xa1b\xa5¤', '$.b'],
  ['\xc0\xc2\xe0\x81\xa1b\xa5¤', '$.b'],
  ['{"a":"¤', ''],
  ['\x81\xa1a\xc1¤', ''],
  [`${'\x91'.repeat(limits.depth)}\xa5¤`, `$${'[]'.repeat(limits.depth)}`],
  [`${'\x91'.repeat(limits.depth + 1)}\xa5¤`, ''],
])

testAnything('MessagePack', new MessagePackTracker(), [
  ...[
    '\x81',
    '\x82',
    '\x91',
    '\x92',
    '\xa1',
    '\xa5',
    '\xbf',
    '\xc0',
    '\xc1',
    '\xc4',
    '\xc7',
    '\xcb',
    '\xcf',
    '\xd3',
  ],
  ...['\xd6', '\xd9', '\xda', '\xdc', '\xde', '\xdf', '\0', '\0\0', '\x01', '\x03', 'a', 'iban', '\xff'],
])

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Each value with the longer encoding of its kind where `isLong`. */
function encode(value: Json, isLong: boolean): Buffer {
  if (typeof value === 'string') return encodeText(value, isLong)
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 0xcf)
    bytes.writeBigUInt64BE(BigInt(value), 1)
    return bytes
  }
  if (value === null || typeof value === 'boolean')
    return Buffer.from([value === null ? 0xc0 : value ? 0xc3 : 0xc2])
  if (Array.isArray(value))
    return Buffer.concat([
      head(isLong ? 0xdc : 0x90, value.length, isLong),
      ...value.map((item) => encode(item, isLong)),
    ])
  const entries = Object.entries(value)
  const parts = entries.flatMap(([key, item]) => [encodeText(key, isLong), encode(item, isLong)])
  return Buffer.concat([head(isLong ? 0xde : 0x80, entries.length, isLong), ...parts])
}

function encodeText(text: string, isLong: boolean): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  return Buffer.concat([head(isLong ? 0xda : 0xa0, bytes.length, isLong), bytes])
}

function head(type: number, length: number, isLong: boolean): Buffer {
  return Buffer.from(isLong ? [type, length >> 8, length & 0xff] : [type | length])
}

function expected(value: Json, path: string): [string, string][] {
  if (typeof value === 'string') return value === '' ? [] : [[path, value]]
  if (typeof value === 'number') return value < 100_000 ? [] : [[path, String(value)]]
  if (value === null || typeof value === 'boolean') return []
  if (Array.isArray(value)) return value.flatMap((item) => expected(item, `${path}[]`))
  return Object.entries(value).flatMap(([key, item]) => [
    [path, key] satisfies [string, string],
    ...expected(item, `${path}.${key}`),
  ])
}

const { json } = fc.letrec<{ json: Json; map: Json; list: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.string({ maxLength: 15 }),
    fc.maxSafeNat(),
    fc.boolean(),
    tie('map'),
    tie('list'),
  ),
  list: fc.array(tie('json'), { maxLength: 5 }),
  map: fc.dictionary(fc.constantFrom('iban', 'name', 'cardNumber', 'street'), tie('json'), { maxKeys: 4 }),
}))

describe('values of MessagePack', () => {
  it('are those that were encoded, under their names, wherever it is cut', () => {
    const maps = json.filter((value) => typeof value === 'object')
    fc.assert(
      fc.property(maps, fc.boolean(), fc.integer({ min: 1, max: 9 }), (value, isLong, pieceBytes) => {
        const bytes = encode(value, isLong)
        assert.deepEqual(readValues(new MessagePackTracker(), bytes, pieceBytes), expected(value, '$'))
      }),
      { numRuns: fuzzRuns },
    )
  })

  const tables: [content: string, values: [string, string][]][] = [
    ['{"a":"b"}', [['', '{"a":"b"}']]],
    [
      'text\x91\xa1x',
      [
        ['', 'text'],
        ['$[]', 'x'],
      ],
    ],
    [
      '\x81\xa1a\xc1rest of it',
      [
        ['$', 'a'],
        ['', 'rest of it'],
      ],
    ],
    ['\x92\xd3\xff\xff\xff\xff\xff\xff\xff\xff\xce\x12\x34\x56\x78', [['$[]', '305419896']]],
    ['\x91\xa5ab', [['$[]', 'ab']]],
  ]
  for (const [content, values] of tables) {
    it(`${JSON.stringify(content)} holds ${values.map(([, value]) => value).join(', ')}`, () => {
      for (const pieceBytes of [1, 2, 99])
        assert.deepEqual(
          readValues(new MessagePackTracker(), Buffer.from(content, 'latin1'), pieceBytes),
          values,
        )
    })
  }
})
