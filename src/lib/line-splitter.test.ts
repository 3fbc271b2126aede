import { anyText } from '../../test/support/any-text.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { LineSplitter } from './line-splitter.ts'

test('lines are the same however the stream is cut', () => {
  const line = anyText(40).map((text) => text.replaceAll(/[\r\n]/g, ''))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 20 }), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
      const expected = bytes.toString('utf8').split('\n').slice(0, -1)
      const splitter = new LineSplitter(1_000)
      const seen: string[] = []
      let at = 0
      for (const cut of [...cuts, bytes.length]) {
        const end = Math.min(bytes.length, at + cut)
        seen.push(...(splitter.push(bytes.subarray(at, end)) ?? ['too long']))
        at = end
      }
      seen.push(...(splitter.push(bytes.subarray(at)) ?? ['too long']))
      assert.deepEqual(seen, expected)
    }),
    { numRuns: fuzzRuns },
  )
})

test('a line that is too long is refused, whole or in parts, and before it is kept', () => {
  assert.equal(new LineSplitter(10).push(Buffer.from('0123456789\n')), null)
  assert.deepEqual(new LineSplitter(10).push(Buffer.from('012345678\n')), ['012345678'])
  const splitter = new LineSplitter(10)
  assert.deepEqual(splitter.push(Buffer.from('01234')), [])
  assert.equal(splitter.push(Buffer.from('56789')), null)
})

test('CRLF ends a line, and a last line may have no end', () => {
  const splitter = new LineSplitter(100)
  assert.deepEqual(splitter.push(Buffer.from('a\r\nb\n\nrest')), ['a', 'b', ''])
  assert.equal(splitter.end(), 'rest')
})
