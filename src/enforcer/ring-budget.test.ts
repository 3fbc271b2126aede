import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enforcerLimits } from './limits.ts'
import { RingBudget } from './ring-budget.ts'

const { blocks, blockBytes, ringBytes } = enforcerLimits

test('few namespaces get large rings, many get small ones, and a ring is never too small to work', () => {
  const budget = new RingBudget(2)
  const rings = Array.from({ length: 500 }, (_, network) => budget.take(network))
  assert.ok(rings[0] >= 16 * blocks.least, `${rings[0]}`)
  assert.deepEqual(
    rings,
    rings.toSorted((a, b) => b - a),
  )
  assert.equal(rings.at(-1), blocks.least)
})

test('all rings together stay within the budget until only the smallest are left to give', () => {
  const budget = new RingBudget(2)
  let bytes = 0
  for (let network = 0; ; network++) {
    const ring = budget.take(network)
    if (ring === blocks.least) break
    bytes += ring * blockBytes * 2
  }
  assert.ok(bytes < ringBytes, `${bytes}`)
})

test('what is given back can be taken again', () => {
  const budget = new RingBudget(1)
  const first = budget.take(1)
  budget.take(2)
  budget.giveBack(1)
  budget.giveBack(2)
  budget.giveBack(2)
  assert.equal(budget.take(3), first)
})
