import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { SipHash } from './siphash.ts'
import { hashSketchLength, HashSketch } from './hash-sketch.ts'

const hash = new SipHash(Buffer.alloc(16, 3))
const value = Buffer.alloc(8)

function eachHash(first: number, last: number, take: (high: number, low: number) => void): void {
  for (let i = first; i < last; i++) {
    value.writeUInt32LE(i)
    hash.digest(value, 8)
    take(hash.high, hash.low)
  }
}

function sketched(first: number, last: number): HashSketch {
  const sketch = new HashSketch()
  eachHash(first, last, (high, low) => sketch.add(high, low))
  return sketch
}

test('hashes are counted, few of them all but exactly', () => {
  const cases: [count: number, error: number][] = [
    [0, 0],
    [1, 0],
    [10, 0],
    [88, 0],
    [500, 0.01],
    [5_000, 0.02],
    [200_000, 0.02],
    [400_000, 0.02],
  ]
  for (const [count, error] of cases) {
    const estimate = sketched(0, count).estimate()
    assert.ok(Math.abs(estimate - count) <= count * error, `${estimate} of ${count}`)
  }
})

test('two sketches count what both have once', () => {
  for (const [a, b, c, d] of [
    [0, 44, 20, 88],
    [0, 3_000, 1_000, 4_000],
    [0, 0, 0, 5],
  ]) {
    const both = sketched(a, b)
    assert.ok(both.merge(sketched(c, d).text()))
    const whole = sketched(Math.min(a, c), Math.max(b, d))
    assert.equal(both.text(), whole.text())
    assert.equal(both.estimate(), whole.estimate())
  }
})

test('a text is short for few, and bounded for many', () => {
  assert.equal(sketched(0, 1).text().length, 4)
  assert.equal(sketched(0, 20).text().length, 80)
  assert.equal(sketched(0, 100_000).text().length, hashSketchLength)
})

test('what is no sketch adds nothing', () => {
  const texts = [
    'A',
    'AA',
    'AAA',
    '///',
    '.',
    `.${'A'.repeat(16_383)}`,
    `.${'9'.repeat(16_384)}`,
    'zAB',
    'AAB'.repeat(2_800),
  ]
  for (const text of texts) {
    const sketch = new HashSketch()
    assert.equal(sketch.merge(text), false, text.slice(0, 10))
    assert.ok(sketch.isEmpty)
  }
  const anything = fc.property(fc.string({ maxLength: 40 }), (text) => {
    const sketch = new HashSketch()
    if (sketch.merge(text) && !sketch.isEmpty) assert.ok(sketch.estimate() >= 1)
  })
  fc.assert(anything, { numRuns: fuzzRuns })
})
