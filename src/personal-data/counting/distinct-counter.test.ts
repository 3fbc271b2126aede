import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { DistinctCounter } from './distinct-counter.ts'
import { SipHash } from './siphash.ts'

/** Counts the values from `first` to `last`, by hashes such as are counted in traffic. */
function counted(first: number, last: number, counter = new DistinctCounter()): DistinctCounter {
  const hash = new SipHash(Buffer.alloc(16, 3))
  const value = Buffer.alloc(8)
  for (let i = first; i < last; i++) {
    value.writeUInt32LE(i)
    hash.digest(value, 8)
    counter.add(hash.high, hash.low)
  }
  return counter
}

test('small sets are counted exactly, however often a value comes', () => {
  for (const count of [0, 1, 2, 3, 100, limits.exactDistinct]) {
    const counter = counted(0, count)
    counted(0, count, counter)
    assert.equal(counter.estimate(), count)
  }
})

test('large sets are estimated within 2 %', () => {
  for (const count of [limits.exactDistinct + 1, 2000, 5000, 20_000, 100_000, 400_000]) {
    const estimate = counted(0, count).estimate()
    assert.ok(Math.abs(estimate - count) < count * 0.02, `${estimate} of ${count}`)
  }
})

test('merged counters count values that both have once', () => {
  const ranges: [first: number, last: number][] = [
    [0, 3],
    [2, 900],
    [500, 1500],
    [1000, 60_000],
    [30_000, 90_000],
    [0, 10],
  ]
  const merged = new DistinctCounter()
  let highest = 0
  for (const [first, last] of ranges) {
    highest = Math.max(highest, last)
    merged.merge(counted(first, last))
    assert.ok(Math.abs(merged.estimate() - highest) <= highest * 0.02, `${merged.estimate()} of ${highest}`)
  }
})

test('hashes at the edges of their range are counted too', () => {
  const counter = new DistinctCounter()
  counter.add(0, 0)
  counter.add(0, 0)
  assert.equal(counter.estimate(), 1)
  counter.add(0xffffffff, 0xffffffff)
  assert.equal(counter.estimate(), 2)
  counted(0, limits.exactDistinct, counter)
  counter.add(0, 0)
  assert.ok(Math.abs(counter.estimate() - limits.exactDistinct - 2) < 40)
})
