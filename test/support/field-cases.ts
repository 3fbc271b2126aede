import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { FieldTracker } from '../../src/content/field-tracker.ts'
import { limits } from '../../src/content/limits.ts'
import { fuzzRuns } from './fuzz-runs.ts'

/** A content with `¤` (one byte, latin1; the last one counts) where a value begins, and the field that it stands in. */
export type FieldCase = [content: string, field: string]

/** Tests that each value is given its field, wherever the content is cut. */
export function testFields(format: string, tracker: FieldTracker, cases: readonly FieldCase[]): void {
  describe(`field of a position in ${format}`, () => {
    for (const [content, field] of cases) {
      it(`${JSON.stringify(content)} is ${field || 'none'}, wherever it is cut`, () => {
        const bytes = Buffer.from(content, 'latin1')
        const position = bytes.lastIndexOf(0xa4)
        assert.notEqual(position, -1)
        for (let cut = 0; cut <= position; cut++)
          assert.equal(fieldAt(tracker, bytes, cut, position), field, `cut ${cut}`)
      })
    }
  })
}

/** Tests that whatever is made of `pieces` is read without failing, cuts make no difference and names are bounded. */
export function testAnything(format: string, tracker: FieldTracker, pieces: readonly string[]): void {
  it(`${format}: never throws, names stay bounded, cuts do not matter`, () => {
    const content = fc
      .array(fc.constantFrom(...pieces), { maxLength: 120 })
      .map((chosen) => Buffer.from(chosen.join(''), 'latin1'))
    fc.assert(
      fc.property(content, fc.nat(400), (bytes, at) => {
        const cut = Math.min(at, bytes.length)
        const whole = fieldAt(tracker, bytes, 0, bytes.length)
        assert.equal(fieldAt(tracker, bytes, cut, bytes.length), whole)
        assert.equal(fieldByteByByte(tracker, bytes), whole)
        assert.ok(whole.length < (limits.depth + 1) * (limits.nameBytes + 6))
      }),
      { numRuns: fuzzRuns },
    )
  })
}

function fieldAt(tracker: FieldTracker, bytes: Buffer, cut: number, position: number): string {
  tracker.reset()
  tracker.read(bytes, 0, cut)
  tracker.read(bytes, cut, position)
  return tracker.field()
}

/** Asks at each byte: that must not change what is said later. */
function fieldByteByByte(tracker: FieldTracker, bytes: Buffer): string {
  tracker.reset()
  for (let i = 0; i < bytes.length; i++) {
    tracker.read(bytes, i, i + 1)
    tracker.field()
  }
  return tracker.field()
}
