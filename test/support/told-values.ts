import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { ValueTracker } from '../../src/content/field-tracker.ts'

/** A content, and the values that are told of those fields that are asked for. */
export type ToldCase = [content: string, values: [field: string, value: string][]]

/** Tests that whole values are told with their field and their place, wherever the content is cut. */
export function testToldValues(
  tracker: ValueTracker,
  isTelling: (field: string) => boolean,
  cases: readonly ToldCase[],
): void {
  for (const [content, values] of cases) {
    const told = values.map(([, value]) => value).join(', ')
    it(`${JSON.stringify(content)} holds ${told || 'nothing'}, wherever it is cut`, () => {
      const bytes = Buffer.from(content, 'latin1')
      const expected = values.map(([field, value]) => [field, value, value])
      for (let cut = 0; cut <= bytes.length; cut++)
        assert.deepEqual(toldValues(tracker, isTelling, bytes, cut), expected, `cut ${cut}`)
    })
  }
}

function toldValues(
  tracker: ValueTracker,
  isTelling: (field: string) => boolean,
  bytes: Buffer,
  cut: number,
): [field: string, value: string, place: string][] {
  const told: [field: string, value: string, place: string][] = []
  tracker.values = {
    isTelling,
    value: (field, run, start, end, from, to) => {
      const value = Buffer.from(run.subarray(start, end)).toString('latin1')
      told.push([field, value, bytes.toString('latin1', from, to)])
    },
  }
  tracker.reset()
  tracker.read(bytes, 0, cut)
  tracker.read(bytes, cut, bytes.length)
  tracker.end()
  tracker.values = undefined
  return told
}
