import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { readValues } from '../../test/support/read-values.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AvroTracker } from './avro.ts'
import { limits } from './limits.ts'

/** Zigzag, then seven bits a byte. */
function long(value: number): string {
  let rest = BigInt(value) * 2n
  if (value < 0) rest = -rest - 1n
  let bytes = ''
  for (; rest >= 128n; rest >>= 7n) bytes += String.fromCharCode(Number(rest & 127n) | 128)
  return bytes + String.fromCharCode(Number(rest))
}

const text = (value: string): string => long(value.length) + value

const sync = 's'.repeat(16)

function header(schema: unknown, entries: [string, string][] = [['avro.codec', 'null']]): string {
  const all = [...entries, ['avro.schema', JSON.stringify(schema)]]
  return `Obj\x01${long(all.length)}${all.map(([key, value]) => text(key) + text(value)).join('')}\0${sync}`
}

const block = (count: number, data: string): string => `${long(count)}${long(data.length)}${data}`

const record = (name: string, fields: Record<string, unknown>): unknown => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
})

const person = record('Person', {
  id: 'long',
  name: ['null', 'string'],
  tags: { type: 'array', items: 'string' },
})
const group = record('Group', { title: 'string', owner: person, members: { type: 'map', values: 'Person' } })
const jo = long(7) + long(1) + text('Jo') + long(1) + text('x') + long(0)

testFields('Avro', new AvroTracker(), [
  [`${header('string')}${block(1, '\x0a¤')}`, '$'],
  [`${header(person)}${block(1, `${long(7)}${long(1)}\x0a¤`)}`, '$.name'],
  [`${header(person)}${block(1, `${long(7)}${long(0)}${long(2)}${text('a')}\x0a¤`)}`, '$.tags[]'],
  [`${header(person)}${block(1, `${long(7)}${long(0)}${long(-1)}${long(9)}\x0a¤`)}`, '$.tags[]'],
  [`${header(person)}${block(2, `${jo}${long(7)}${long(1)}\x0a¤`)}`, '$.name'],
  [`${header(person)}${block(1, jo)}${sync}${block(1, `${long(7)}${long(1)}\x0a¤`)}`, '$.name'],
  [`${header(group)}${block(1, `${text('t')}${long(7)}${long(1)}\x0a¤`)}`, '$.owner.name'],
  [
    `${header(group)}${block(1, `${text('t')}${jo}${long(1)}${text('boss')}${long(7)}${long(1)}\x0a¤`)}`,
    '$.members.boss.name',
  ],
  [
    `${header(group)}${block(1, `${text('t')}${jo}${long(1)}${text('jane@example.org')}${long(7)}${long(1)}\x0a¤`)}`,
    '$.members.*.name',
  ],
  [`${header(group)}${block(1, `${text('t')}${jo}${long(1)}\x0ax¤`)}`, '$.members'],
  [
    `${header(record('A', { f: { type: 'fixed', name: 'F', size: 3 }, e: { type: 'enum', name: 'E', symbols: ['x'] }, d: 'double', b: 'boolean', n: 'null', s: { type: 'string' } }))}${block(1, `abc\0${'d'.repeat(8)}\x01\x0a¤`)}`,
    '$.s',
  ],
  [
    `${header({ ...(record('B', { a: record('x.A', { s: 'string' }), b: 'x.A' }) as object), namespace: 'n' })}${block(1, `${text('t')}\x0a¤`)}`,
    '$.b.s',
  ],
  [
    `${header(record('Node', { next: ['null', 'Node'], s: 'string' }))}${block(1, `${long(1).repeat(3)}\0${text('deep')}${text('less')}\x0a¤`)}`,
    '$.next.s',
  ],
  [
    `${header(record('Node', { next: ['null', 'Node'], s: 'string' }))}${block(1, `${long(1).repeat(limits.depth)}\0\x0a¤`)}`,
    '',
  ],
  [`${header('string', [['avro.codec', 'deflate']])}${block(1, '\x0a¤')}`, ''],
  [`${header('strange')}${block(1, '\x0a¤')}`, ''],
  [`${header(['null', 'string'])}${block(1, `${long(2)}\x0a¤`)}`, ''],
  ['{"a":"¤', ''],
  ['Object ¤', ''],
])

testAnything('Avro', new AvroTracker(), [
  ...[header(group), header(person), header({ type: 'array', items: 'null' }), header(record('E', {}))],
  ...[block(1, jo), sync, jo, '\0', '\x01', '\x02', '\x04', '\x0a', '\xff', '\x80', 'abc', 'Obj\x01'],
])

/** A schema with a value of it: as it is encoded, and the texts and numbers in it with their names below its own. */
interface Sample {
  schema: unknown
  bytes: string
  values: [name: string, value: string][]
}

let names = 0

const ofNumber = fc.maxSafeInteger().map((value): Sample => ({
  schema: 'long',
  bytes: long(value),
  values: value < 100_000 ? [] : [['', String(value)]],
}))
const ofText = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 90 })
  .map((value): Sample => ({ schema: 'string', bytes: text(value), values: [['', value]] }))
const ofBoolean = fc
  .boolean()
  .map((value): Sample => ({ schema: 'boolean', bytes: value ? '\x01' : '\0', values: [] }))
const ofNull = fc.constant<Sample>({ schema: 'null', bytes: '', values: [] })

const below = (name: string, { values }: Sample): [string, string][] =>
  values.map(([inner, value]) => [`${name}${inner}`, value])

const fieldNames = fc.uniqueArray(fc.constantFrom('iban', 'name', 'street', 'cardNumber'), { maxLength: 4 })

const { sample } = fc.letrec<{ sample: Sample; record: Sample; list: Sample; map: Sample; union: Sample }>(
  (tie) => ({
    sample: fc.oneof(
      { depthSize: 'small' },
      ofText,
      ofNumber,
      ofBoolean,
      ofNull,
      tie('record'),
      tie('list'),
      tie('map'),
      tie('union'),
    ),
    record: fc
      .tuple(fieldNames, fc.array(tie('sample'), { minLength: 4, maxLength: 4 }))
      .map(([fields, samples]) => ({
        schema: record(`R${names++}`, Object.fromEntries(fields.map((name, i) => [name, samples[i].schema]))),
        bytes: fields.map((_, i) => samples[i].bytes).join(''),
        values: fields.flatMap((name, i) => below(`.${name}`, samples[i])),
      })),
    list: fc.tuple(tie('sample'), fc.nat(3), fc.boolean()).map(([item, count, isSized]) => ({
      schema: { type: 'array', items: item.schema },
      bytes: blocksOf(item.bytes.repeat(count), count, isSized),
      values: Array.from({ length: count }, () => below('[]', item)).flat(),
    })),
    map: fc.tuple(tie('sample'), fieldNames, fc.boolean()).map(([item, keys, isSized]) => ({
      schema: { type: 'map', values: item.schema },
      bytes: blocksOf(keys.map((key) => text(key) + item.bytes).join(''), keys.length, isSized),
      values: keys.flatMap((key): [string, string][] => [['', key], ...below(`.${key}`, item)]),
    })),
    union: tie('sample').map((item) => ({
      ...item,
      schema: ['null', item.schema],
      bytes: long(1) + item.bytes,
    })),
  }),
)

function blocksOf(data: string, count: number, isSized: boolean): string {
  if (count === 0) return '\0'
  return `${isSized ? long(-count) + long(data.length) : long(count)}${data}\0`
}

describe('values of Avro', () => {
  it('are those that were encoded, under their names, wherever it is cut', () => {
    fc.assert(
      fc.property(
        sample,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 3 }),
        (value, pieceBytes, count) => {
          const content = `${header(value.schema)}${block(count, value.bytes.repeat(count))}${sync}${block(1, value.bytes)}${sync}`
          const expected = Array.from({ length: count + 1 }, () => below('$', value)).flat()
          const isEmpty = value.bytes === ''
          const bytes = Buffer.from(content, 'latin1')
          assert.deepEqual(readValues(new AvroTracker(), bytes, pieceBytes), isEmpty ? [] : expected)
        },
      ),
      { numRuns: fuzzRuns },
    )
  })

  const contents: [content: string, values: [string, string][]][] = [
    ['Object: jane@example.org', [['', 'Object: jane@example.org']]],
    [
      `${header('string', [['owner', 'jane@example.org']])}${block(1, text('x'))}${sync}`,
      [
        ['', 'jane@example.org'],
        ['$', 'x'],
      ],
    ],
    [`${header('strange')}rest`, [['', `${sync}rest`]]],
    [header({ type: 'array', items: 'null' }) + block(1, `${long(2 ** 40)}\0`) + sync + block(1, '\0'), []],
    [header('null') + block(2 ** 40, '') + sync, []],
  ]
  for (const [content, values] of contents) {
    it(`${JSON.stringify(content.slice(0, 40))}… holds ${values.length} values`, () => {
      for (const pieceBytes of [1, 7, 999])
        assert.deepEqual(readValues(new AvroTracker(), Buffer.from(content, 'latin1'), pieceBytes), values)
    })
  }
})
