import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { limits } from '../limits.ts'
import { SipHash } from './siphash.ts'
import { LinkedValues, SubjectSketch } from './subject-sketch.ts'

const hash = new SipHash(Buffer.alloc(16, 3))
const value = Buffer.alloc(8)
const ranks: Readonly<Record<string, number>> = { 'us-ssn': 6, email: 5, phone: 4, iban: 3, name: 2 }

type Row = readonly (readonly [kind: string, value: number])[]

function sketchOf(rows: Iterable<Row>): SubjectSketch {
  const sketch = new SubjectSketch()
  const record = new LinkedValues()
  for (const row of rows) {
    record.clear()
    for (const [kind, number] of row) {
      value.writeUInt32LE(number)
      value.writeUInt32LE(kind.length * 131 + kind.charCodeAt(0), 4)
      hash.digest(value, 8)
      record.add(kind, ranks[kind], hash.high, hash.low)
    }
    sketch.add(record)
  }
  return sketch
}

/** Persons `[first, end)`, each with one value of each kind. */
function people(first: number, end: number, ...kinds: string[]): Row[] {
  return Array.from({ length: end - first }, (_, i) => kinds.map((kind) => [kind, first + i] as const))
}

function together(texts: readonly string[]): SubjectSketch {
  const all = new SubjectSketch()
  for (const text of texts) assert.ok(all.merge(text))
  return all
}

function isAbout(flows: readonly Row[][], persons: number, error: number): void {
  const texts = flows.map((rows) => sketchOf(rows).text())
  for (const order of [texts, texts.toReversed()]) {
    const estimate = together(order).estimate()
    assert.ok(Math.abs(estimate - persons) <= persons * error, `${estimate} of ${persons}`)
  }
}

const sizes: [persons: number, error: number][] = [
  [40, 0],
  [500, 0.01],
  [5_000, 0.04],
]

test('the same persons by other identifiers in each flow count once', () => {
  for (const [n, error] of sizes) {
    isAbout([people(0, n, 'email', 'phone'), people(0, n, 'phone', 'iban')], n, error)
    isAbout([people(0, n, 'email', 'phone', 'iban'), people(0, n, 'iban'), people(0, n, 'phone')], n, error)
    isAbout([people(0, n, 'us-ssn', 'name'), people(0, n, 'name')], n, error)
  }
})

test('linked through a lesser identifier, however long the chain', () => {
  for (const [n, error] of sizes) {
    isAbout([people(0, n, 'email', 'iban'), people(0, n, 'iban', 'us-ssn')], n, error)
    isAbout(
      [people(0, n, 'email', 'phone'), people(0, n, 'phone', 'iban'), people(0, n, 'iban', 'us-ssn')],
      n,
      error,
    )
  }
})

test('persons that only some flows have are added', () => {
  for (const [n, error] of sizes) {
    const half = n / 2
    isAbout([people(0, n, 'email', 'phone'), people(half, n + half, 'phone', 'iban')], n + half, error)
    isAbout([people(0, n, 'email'), people(n, n * 2, 'iban')], n * 2, error)
    isAbout([people(0, half, 'email', 'iban'), people(0, n, 'email'), people(0, half, 'iban')], n, error)
  }
})

test('what no record links is two', () => {
  isAbout([people(0, 30, 'email'), people(0, 30, 'iban')], 60, 0)
})

test('what many have in common joins nobody', () => {
  const managed = people(0, 300, 'phone').map((row): Row => [...row, ['email', 7]])
  isAbout([managed], 301, 0.01)
  const families = people(0, 200, 'email').map((row, i): Row => [...row, ['phone', i >> 1]])
  isAbout([families, people(0, 100, 'phone')], 200, 0.01)
})

test('of several lesser values of a person none is another person', () => {
  const cards = people(0, 300, 'iban').map((row, i): Row => [...row, ['email', Math.floor(i / 3)]])
  isAbout([cards, people(0, 300, 'iban')], 100, 0.01)
})

test('in whatever order and however often they come, the text is the same', () => {
  const row = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ranks)), fc.nat(20)), {
    minLength: 1,
    maxLength: 4,
  })
  const anything = fc.property(fc.array(row, { maxLength: 12 }), fc.nat(12), (rows, cut) => {
    const whole = sketchOf(rows).text()
    assert.equal(sketchOf([...rows.toReversed(), ...rows]).text(), whole)
    const parts = [rows.slice(cut), rows.slice(0, cut), rows].map((part) => sketchOf(part).text())
    assert.equal(together(parts.slice(0, 2)).text(), whole)
    assert.equal(together(parts).text(), whole)
  })
  fc.assert(anything, { numRuns: fuzzRuns })
})

test('a text is short for few persons, and bounded for many', () => {
  assert.equal(
    sketchOf(people(0, 1, 'email', 'phone')).text(),
    sketchOf(people(0, 1, 'phone', 'email')).text(),
  )
  assert.ok(sketchOf(people(0, 1, 'email', 'phone')).text().length < 50)
  const kinds = Array.from({ length: limits.subjectKinds }, (_, i) => `kind-${i}`)
  const rows = function* (): Generator<Row> {
    for (let i = 0; i < 4_000; i++)
      yield kinds.flatMap((kind, place) => ((i * 31 + place * 7) % 5 < 3 ? [[kind, i] as const] : []))
  }
  Object.assign(ranks, Object.fromEntries(kinds.map((kind) => [kind, 1])))
  const text = sketchOf(rows()).text()
  assert.ok(text.length <= limits.sketchLength && text.length > 64 * 1024, `${text.length}`)
  assert.ok(new SubjectSketch().merge(text))
})

test('what is no sketch adds nothing', () => {
  const texts = [
    'A',
    'email:AAAB',
    '5email',
    '5email:',
    '5email:AAA',
    '0email:AAAB',
    '5email:AAAB;5email:AAAB',
  ]
  const more = [
    '5email:AAAB,phone',
    '5email:AAAB,phone:=,phone:=',
    '5email:AAAB;',
    '5e mail:AAAB',
    `5a:${'A'.repeat(300_000)}`,
  ]
  for (const text of [...texts, ...more]) {
    const sketch = new SubjectSketch()
    assert.equal(sketch.merge(text), false, text.slice(0, 30))
    assert.ok(sketch.isEmpty)
  }
  const anything = fc.property(fc.string({ maxLength: 40 }), (text) => {
    const sketch = new SubjectSketch()
    if (sketch.merge(text) && !sketch.isEmpty) assert.ok(sketch.estimate() >= 0)
  })
  fc.assert(anything, { numRuns: fuzzRuns })
})
