import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { readValues } from '../../test/support/read-values.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { GrpcTracker } from './grpc.ts'
import { limits } from './limits.ts'
import { ProtobufTracker } from './protobuf.ts'

type Value = number | string | Message
type Message = [field: number, value: Value][]

function varint(value: number): string {
  return value < 128
    ? String.fromCharCode(value)
    : String.fromCharCode((value % 128) | 0x80) + varint(Math.floor(value / 128))
}

function encode(message: Message): string {
  return message.map(([field, value]) => encodeField(field, value)).join('')
}

function encodeField(field: number, value: Value): string {
  if (typeof value === 'number') return varint(8 * field) + varint(value)
  const bytes = typeof value === 'string' ? value : encode(value)
  return varint(8 * field + 2) + varint(bytes.length) + bytes
}

/** The beginning of a message up to a value of 30 bytes in the last of some fields, each within the one before. */
function upTo(fields: number[], before: Message = []): string {
  let bytes = 'x'.repeat(30)
  for (const [i, field] of fields.toReversed().entries())
    bytes = (i === fields.length - 1 ? encode(before) : encode([[1, 7]])) + encodeField(field, bytes)
  return `${bytes.slice(0, -30)}¤`
}

testFields('protocol buffers', new ProtobufTracker(), [
  [upTo([3]), '3'],
  [upTo([1, 3, 2]), '1.3.2'],
  [
    upTo(
      [1, 3, 2],
      [
        [2, 'text'],
        [1, [[3, [[2, 'other']]]]],
      ],
    ),
    '1.3.2',
  ],
  [upTo([17, 2000, 16]), '17.2000.16'],
  [upTo([2, 100_000]), '2.*'],
  [`\x09${'x'.repeat(8)}\x15xxxx${upTo([4])}`, '4'],
  [`\x0b\x10\x01\x1a\x05¤`, '1.3'],
  [`\x0b\x10\x01\x0c\x1a\x05¤`, '3'],
  ['\x08\x01\x0a\x05abc¤', '1'],
  ['\x08\x01\x07¤', ''],
  ['\x08\x01\x0c¤', ''],
  ['{"a":"¤', ''],
  [
    encode([
      [1, 7],
      [
        2,
        [
          [1, 7],
          [3, 'x'.repeat(2 * limits.protobufWindowBytes)],
          [4, '¤'],
        ],
      ],
    ]),
    '2.4',
  ],
  [
    encode([
      [1, 7],
      [
        2,
        [
          [1, 7],
          [3, `${'x '.repeat(limits.protobufWindowBytes)}¤`],
        ],
      ],
    ]),
    '2.3',
  ],
  [`\x08\x01\x12\x0d\x08\x01\x07 and so on\x1a\x05¤`, '3'],
  [`\x08\x01\x12\x0b\x08\x01\x1f ¤`, '2'],
])

const pieces = [
  ...[
    '\x08\x01',
    '\x0a',
    '\x12',
    '\x1a',
    '\x0b',
    '\x0c',
    '\x09',
    '\x0d',
    '\0',
    '\x01',
    '\x02',
    '\x05',
    '\x10',
    '\x30',
  ],
  ...[
    '\xff',
    '\x80',
    '\x80\x01',
    '\xac\x02',
    'a',
    'iban',
    '"0',
    'x'.repeat(40),
    encode([[1, [[2, [[3, 'x']]]]]]),
  ],
]

testAnything('protocol buffers', new ProtobufTracker(), pieces)
testAnything('gRPC', new GrpcTracker(), [
  '\0\0\0\0\x08',
  '\0\0\0\0\0',
  '\x01\0\0\0\x02',
  '\x80\0\0\0\x03',
  ...pieces,
])

/** Messages begin with a small number, so that none is all printable. */
function expected(message: Message, path: string): [string, string][] {
  return message.flatMap(([field, value]): [string, string][] => {
    if (typeof value === 'number') return value < 100_000 ? [] : [[`${path}${field}`, String(value)]]
    return typeof value === 'string' ? [[`${path}${field}`, value]] : expected(value, `${path}${field}.`)
  })
}

const number = fc.integer({ min: 1, max: 3000 })
const text = fc
  .string({ unit: fc.constantFrom(...'{}: abcXYZ@.'), minLength: 1, maxLength: 200 })
  .map((end) => `~${end}`)
const { message } = fc.letrec<{ message: Message }>((tie) => ({
  message: fc
    .array(fc.tuple(number, fc.oneof({ depthSize: 'small' }, text, fc.maxSafeNat(), tie('message'))), {
      maxLength: 5,
    })
    .map((fields) => [[1, 7], ...fields] satisfies Message),
}))

describe('values of protocol buffers', () => {
  it('are those that were encoded, under their numbers, wherever it is cut', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 1, max: 700 }), (value, pieceBytes) => {
        const bytes = Buffer.from(encode(value), 'latin1')
        assert.deepEqual(readValues(new ProtobufTracker(), bytes, pieceBytes), expected(value, ''))
      }),
      { numRuns: fuzzRuns },
    )
  })

  const frame = (flag: string, bytes: string): string => `${flag}\0\0\0${varint(bytes.length)}${bytes}`
  const contents: [format: string, content: string, values: [string, string][]][] = [
    ['text', 'no message: jane@example.org', [['', 'no message: jane@example.org']]],
    [
      'a list of names that all can be read',
      encode([
        [5, 'x'.repeat(48)],
        [6, 'y'.repeat(50)],
      ]),
      [
        ['5', 'x'.repeat(48)],
        ['6', 'y'.repeat(50)],
      ],
    ],
    [
      'a text that begins like a message',
      encode([
        [1, 7],
        [2, 'be seen'],
      ]),
      [['2', 'be seen']],
    ],
    ['a broken message', `\x08\x07\x12\x09\x08\x07\x1a\x01x\x07abc`, [['2', '\x08\x07\x1a\x01x\x07abc']]],
    ['a message that ends too early', '\x08\x07\x12\x05ab', [['', '\x08\x07\x12\x05ab']]],
    ['nothing', '', []],
  ]
  for (const [what, content, values] of contents) {
    it(`are found in ${what}`, () => {
      for (const pieceBytes of [1, 3, 999]) {
        assert.deepEqual(
          readValues(new ProtobufTracker(), Buffer.from(content, 'latin1'), pieceBytes),
          values,
        )
      }
    })
  }

  it('are found in the frames of gRPC, those of them that are compressed or trailers as a whole', () => {
    const content =
      frame(
        '\0',
        encode([
          [1, 7],
          [2, 'x y'],
        ]),
      ) +
      frame('\0', '') +
      frame('\x01', 'zip') +
      frame(
        '\0',
        encode([
          [1, 7],
          [3, 'z'],
        ]),
      ) +
      frame('\x80', 'grpc-status: 0')
    for (const pieceBytes of [1, 3, 99]) {
      assert.deepEqual(readValues(new GrpcTracker(), Buffer.from(content, 'latin1'), pieceBytes), [
        ['2', 'x y'],
        ['', 'zip'],
        ['3', 'z'],
        ['', 'grpc-status: 0'],
      ])
    }
  })

  it('are all that is left where there are no frames', () => {
    assert.deepEqual(readValues(new GrpcTracker(), Buffer.from('{"a":"jane@example.org"}'), 4), [
      ['', '"jane@example.org"}'],
    ])
  })
})
