import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { LiteralSet } from './literal-set.ts'

function found(literals: readonly string[], text: string): string[] {
  const all: string[] = []
  new LiteralSet(literals.map((literal) => [literal, literal])).find(text, (literal, start, end) => {
    assert.equal(text.slice(start, end), literal)
    all.push(`${start} ${literal}`)
  })
  return all.sort()
}

test('literals within and across one another are all found', () => {
  assert.deepEqual(found(['he', 'she', 'his', 'hers'], 'ushers'), ['1 she', '2 he', '2 hers'])
  assert.deepEqual(found(['aa'], 'aaaa'), ['0 aa', '1 aa', '2 aa'])
})

test('finds what a search for each literal finds', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 24 })
  const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.uniqueArray(literal, { minLength: 1, maxLength: 6 }), short, (literals, text) => {
      const expected: string[] = []
      for (const each of literals)
        for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + 1))
          expected.push(`${at} ${each}`)
      assert.deepEqual(found(literals, text), expected.sort())
      const bytes = Buffer.from(`ab${text.toUpperCase()}c`)
      const set = new LiteralSet(literals.map((each) => [each, each]))
      assert.equal(set.isInText(text), expected.length > 0)
      assert.equal(set.isIn(bytes, 2, bytes.length - 1), expected.length > 0)
    }),
    { numRuns: fuzzRuns },
  )
})
