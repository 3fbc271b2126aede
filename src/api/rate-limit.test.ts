import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverLimits } from './limits.ts'
import { RateLimit } from './rate-limit.ts'

test('a burst is let through, then as many as come back with time, for each key apart', () => {
  let now = 0
  const limit = new RateLimit({ burst: 3, perSecond: 0.5 }, () => now)
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limit.take('a')),
    [0, 0, 0, 2],
  )
  assert.equal(limit.take('b'), 0)
  now = 1_000
  assert.equal(limit.take('a'), 1)
  now = 2_000
  assert.equal(limit.take('a'), 0)
  now = 1_000_000
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limit.take('a')),
    [0, 0, 0, 2],
  )
})

test('keys are bounded, and those that asked longest ago are forgotten', () => {
  const limit = new RateLimit({ burst: 1, perSecond: 0.001 }, () => 0)
  limit.take('first')
  for (let i = 0; i < serverLimits.rateKeys; i++) limit.take(`${i}`)
  assert.equal(limit.take('first'), 0, 'forgotten')
  assert.notEqual(limit.take(`${serverLimits.rateKeys - 1}`), 0, 'still known')
})
