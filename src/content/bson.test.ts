import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { readValues } from '../../test/support/read-values.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { BsonTracker } from './bson.ts'
import { limits } from './limits.ts'

/** Lengths of documents are not looked at. */
const LENGTH = '\x99\0\0\0'

const head = (...elements: string[]): string => LENGTH + elements.join('')

testFields('BSON', new BsonTracker(), [
  [head('\x02iban\0\x05\0\0\0¤'), '$.iban'],
  [head('\x03a\0', head('\x02b\0\x05\0\0\0¤')), '$.a.b'],
  [head('\x03a\0', head('\x08b\0\x01'), '\0', '\x02c\0\x05\0\0\0¤'), '$.c'],
  [head('\x04a\0', head('\x030\0', head('\x02b\0\x05\0\0\0¤'))), '$.a[].b'],
  [head('\x04a\0', head('\x020\0\x02\0\0\0x\0', '\x021\0\x05\0\0\0¤')), '$.a[]'],
  [
    head('\x01a\x0012345678', '\x07b\x00123456789012', '\x09c\x0012345678', '\x0ad\0', '\x02e\0\x05\0\0\0¤'),
    '$.e',
  ],
  [
    head(
      '\x10a\x001234',
      '\x12b\x0012345678',
      '\x13c\x001234567890123456',
      '\x11d\x0012345678',
      '\x02e\0\x05\0\0\0¤',
    ),
    '$.e',
  ],
  [head('\x06a\0', '\x7fb\0', '\xffc\0', '\x05d\0\x05\0\0\0\0¤'), '$.d'],
  [head('\x05a\0\0\0\0\0\0', '\x02b\0\x05\0\0\0¤'), '$.b'],
  [head('\x0ba\0^x\0i\0', '\x02b\0\x05\0\0\0¤'), '$.b'],
  [head('\x0ba\0¤'), '$.a'],
  [head('\x0ca\0\x02\0\0\0x\x00123456789012', '\x02b\0\x05\0\0\0¤'), '$.b'],
  [head('\x0fa\0\x20\0\0\0\x02\0\0\0x\0', head('\x02b\0\x05\0\0\0¤')), '$.a.b'],
  [head('\x0da\0\x05\0\0\0¤'), '$.a'],
  [head('\x02a\0\x02\0\0\0x\0', '\0', head('\x02b\0\x05\0\0\0¤')), '$.b'],
  [head('\x02jane@example.org\0\x05\0\0\0¤'), '$.*'],
  [head('\x02ib¤'), '$'],
  [head('\x02a\0\0\0\0\0¤'), ''],
  ['{"a":"¤', ''],
  [
    `${`${LENGTH}\x03a\0`.repeat(limits.depth - 1)}${head('\x02b\0\x05\0\0\0¤')}`,
    `$${'.a'.repeat(limits.depth - 1)}.b`,
  ],
  [`${`${LENGTH}\x03a\0`.repeat(limits.depth)}${head('\x02b\0\x05\0\0\0¤')}`, ''],
])

testAnything('BSON', new BsonTracker(), [
  ...[
    LENGTH,
    LENGTH,
    '\0',
    '\x01',
    '\x02',
    '\x03',
    '\x04',
    '\x05',
    '\x0b',
    '\x0c',
    '\x0d',
    '\x0f',
    '\x10',
    '\x12',
  ],
  ...[
    '\xff',
    'a\0',
    'b\0',
    '0\0',
    '\x05\0\0\0',
    '\x01\0\0\0',
    'x',
    'iban',
    '\x08a\0\x01',
    `\x03a\0${LENGTH}`,
  ],
])

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

function encode(value: Json[] | { [key: string]: Json }): Buffer {
  const parts = Object.entries(value).map(([key, item]) => {
    const [type, bytes] = encodeValue(item)
    return Buffer.concat([Buffer.from([type]), Buffer.from(`${key}\0`), bytes])
  })
  const body = Buffer.concat([...parts, Buffer.alloc(1)])
  return Buffer.concat([int32(body.length + 4), body])
}

function encodeValue(value: Json): [type: number, bytes: Buffer] {
  if (typeof value === 'string')
    return [0x02, Buffer.concat([int32(value.length + 1), Buffer.from(`${value}\0`)])]
  if (typeof value === 'boolean') return [0x08, Buffer.from([value ? 1 : 0])]
  if (value === null) return [0x0a, Buffer.alloc(0)]
  if (Array.isArray(value)) return [0x04, encode(value)]
  if (typeof value === 'object') return [0x03, encode(value)]
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value))
  return [0x12, bytes]
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function expected(value: Json, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'number') return value < 100_000 ? [] : [[path, String(value)]]
  if (value === null || typeof value === 'boolean') return []
  if (Array.isArray(value)) return value.flatMap((item) => expected(item, `${path}[]`))
  return Object.entries(value).flatMap(([key, item]) => [
    [path, key] satisfies [string, string],
    ...expected(item, `${path}.${key}`),
  ])
}

const text = fc.string({ unit: 'grapheme-ascii', maxLength: 12 })
const { map } = fc.letrec<{ json: Json; map: { [key: string]: Json }; list: Json }>((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, text, fc.maxSafeInteger(), fc.boolean(), tie('map'), tie('list')),
  list: fc.array(tie('json'), { maxLength: 5 }),
  map: fc.dictionary(fc.constantFrom('iban', 'name', 'cardNumber', 'street'), tie('json'), { maxKeys: 4 }),
}))

describe('values of BSON', () => {
  it('are those that were encoded, under their names, wherever it is cut', () => {
    fc.assert(
      fc.property(map, fc.integer({ min: 1, max: 9 }), (value, pieceBytes) => {
        assert.deepEqual(readValues(new BsonTracker(), encode(value), pieceBytes), expected(value, '$'))
      }),
      { numRuns: fuzzRuns },
    )
  })

  it('are all that is left of what is no BSON', () => {
    const bytes = Buffer.from(head('\x02a\0\x02\0\0\0x\0', '\x44rest of it'), 'latin1')
    for (const pieceBytes of [1, 3, 99]) {
      assert.deepEqual(readValues(new BsonTracker(), bytes, pieceBytes), [
        ['$', 'a'],
        ['$.a', 'x'],
        ['', 'rest of it'],
      ])
    }
  })
})
