import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { DistinctSketch } from './distinct-sketch.ts'

const hash = (value: number) => createHash('sha256').update(`${value}`).digest('hex').slice(0, 32)

test('few values are counted exactly, repeats not at all', () => {
  const sketch = new DistinctSketch(64)
  for (let i = 0; i < 1_000; i++) sketch.add(hash(i % 40))
  assert.equal(sketch.estimate(), 40)
})

test('many values are estimated within three standard errors', () => {
  for (const distinct of [100, 1_000, 20_000]) {
    const sketch = new DistinctSketch(64)
    for (let i = 0; i < distinct * 2; i++) sketch.add(hash(i % distinct))
    const error = Math.abs(sketch.estimate() - distinct) / distinct
    assert.ok(error < 3 / Math.sqrt(62), `${distinct}: off by ${error}`)
  }
})

test('what is no hash is left out', () => {
  const sketch = new DistinctSketch(64)
  for (const text of ['', 'zz', '—']) sketch.add(text)
  assert.equal(sketch.estimate(), 0)
})
