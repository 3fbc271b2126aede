import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { JsonTracker } from './json.ts'
import { KeptBlocks } from './kept-blocks.ts'
import { LazyFields } from './lazy-fields.ts'
import { limits } from './limits.ts'

function reading(tracker: JsonTracker, lazy: LazyFields): void {
  tracker.reset()
  lazy.begin(tracker)
}

it('says what a tracker that read everything says, whatever is passed how and asked when', () => {
  const step = fc.record({ length: fc.nat(40), inPlace: fc.boolean(), asks: fc.boolean() })
  const texts = fc.array(fc.constantFrom('{"a":', '[', '"b"', '}', ']', ',', '"c\\"":', '1'))
  fc.assert(
    fc.property(texts, fc.array(step), (texts, steps) => {
      const bytes = Buffer.from(texts.join(''))
      const eager = new JsonTracker()
      const tracker = new JsonTracker()
      const lazy = new LazyFields(new KeptBlocks())
      reading(tracker, lazy)
      let at = 0
      for (const { length, inPlace, asks } of steps) {
        const end = Math.min(bytes.length, at + length)
        eager.read(bytes, at, end)
        if (inPlace) lazy.passInPlace(bytes, at, end)
        else {
          const copy = Buffer.from(bytes.subarray(at, end))
          lazy.pass(copy, 0, copy.length)
          copy.fill(0)
        }
        at = end
        if (asks) assert.equal(lazy.field(), eager.field())
      }
      assert.equal(lazy.field(), eager.field())
    }),
    { numRuns: fuzzRuns },
  )
})

it('follows a content beyond what it keeps', () => {
  const bytes = Buffer.from(`{"a":[${'"x",'.repeat(limits.keptBytes)}{"b":`)
  const lazy = new LazyFields(new KeptBlocks())
  reading(new JsonTracker(), lazy)
  for (let at = 0; at < bytes.length; at += 1460) lazy.pass(bytes, at, Math.min(bytes.length, at + 1460))
  assert.equal(lazy.field(), '$.a[].b')
})

it('goes on without a copy when as many contents are open as may keep bytes, and gives back what it took', () => {
  const blocks = new KeptBlocks()
  const open = Array.from({ length: limits.keptBlocks + 1 }, () => new LazyFields(blocks))
  for (const lazy of open) {
    reading(new JsonTracker(), lazy)
    lazy.pass(Buffer.from('{"a":'), 0, 5)
    assert.equal(lazy.field(), '$.a')
  }
  assert.equal(blocks.take(), undefined)
  for (const lazy of open) lazy.end()
  for (let i = 0; i < limits.keptBlocks; i++) assert.notEqual(blocks.take(), undefined)
})
