import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { expectedOffers, type Offer } from '../../test/support/match-oracle.ts'
import { compileScanner } from './compile.ts'
import { ScanError } from './scan-error.ts'
import { ScanMemory } from './scan-memory.ts'
import type { Pattern, Scanner } from './scanner.ts'

const memory = new ScanMemory()

/** What a scanner offers a sink that takes everything. */
function scan(scanner: Scanner, text: string): Offer[] {
  const bytes = Buffer.from(text, 'latin1')
  const offers: Offer[] = []
  scanner.scan(bytes, 0, bytes.length, {
    match: ({ pattern, start, end, offset }) => {
      offers.push([pattern, offset, offset + end - start])
      return true
    },
    pass: () => undefined,
  })
  return offers
}

/** Expressions of the whole subset over a small alphabet, that match no more than a few dozen bytes. */
const expression = fc.letrec<{ item: string; sequence: string; choice: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      '1',
      '-',
      '@',
      '\\.',
      '[ab]',
      '[^a]',
      '[a-b1]',
      '\\d',
      '\\w',
      '\\W',
      '.',
      '[b1-]{1,4}',
      '1{3}',
    ),
    fc
      .tuple(tie('choice'), fc.constantFrom('', '?', '{2}', '{1,3}', '{0,2}'))
      .map(([choice, repeat]) => `(?:${choice})${repeat}`),
  ),
  sequence: fc.array(tie('item'), { minLength: 1, maxLength: 5 }).map((items) => items.join('')),
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((options) => options.join('|')),
})).choice

const pattern = fc.record({
  id: fc.constant('random'),
  expression,
  ignoreCase: fc.boolean(),
  boundary: fc.constantFrom('word' as const, 'none' as const),
  anchorInside: fc.boolean(),
  onlyLongest: fc.boolean(),
})

/** Undefined where one has more states than there may be. */
function compileIfPossible(patterns: readonly Pattern[]): Scanner | undefined {
  try {
    return compileScanner(patterns, memory)
  } catch (error) {
    assert.ok(error instanceof ScanError && error.code === 'PATTERN_TOO_LARGE')
    return undefined
  }
}

test('any set of patterns matches as V8’s engine does', () => {
  const units = fc.constantFrom(...'abAB111.-@ \n', 'ab1', '111', 'aba', '\u00e9')
  const text = fc.string({ unit: units, maxLength: 24, size: 'max' })
  const property = fc.property(
    fc.array(pattern, { minLength: 1, maxLength: 4 }),
    fc.array(text, { minLength: 3, maxLength: 3 }),
    (patterns, texts) => {
      const nonEmpty = patterns.filter((p) => !new RegExp(`^(?:${p.expression})$`).test(''))
      const scanner = nonEmpty.length > 0 ? compileIfPossible(nonEmpty) : undefined
      if (scanner === undefined) return
      for (const content of texts) {
        assert.deepEqual(
          scan(scanner, content),
          expectedOffers(nonEmpty, content, () => true, content.length),
        )
      }
      scanner.release()
    },
  )
  fc.assert(property, { numRuns: Math.ceil(fuzzRuns / 10) })
})

test('characters beyond ASCII match as their bytes in UTF-8', () => {
  const bytes = Buffer.from('straße STRAßE strasse Ärzte №12')
  const found: string[] = []
  const patterns = [
    { id: 'street', expression: 'stra(?:ß|ss)e', ignoreCase: true },
    { id: 'class', expression: '[ÄÖÜ]rzte' },
    { id: 'bytes', expression: '[\\x80-\\xff]+\\d\\d', boundary: 'none' as const },
  ]
  compileScanner(patterns, memory).scan(bytes, 0, bytes.length, {
    match: ({ bytes: seen, start, end }) => found.push(Buffer.from(seen.slice(start, end)).toString()) > 0,
    pass: () => undefined,
  })
  assert.deepEqual(found, ['straße', 'STRAßE', 'strasse', 'Ärzte', '№12'])
})

test('what cannot be compiled is named, with the place and what to write instead', () => {
  const table: [expression: string, code: string, place: number, advice: RegExp][] = [
    ['abc(', 'PATTERN_INVALID', 4, /escape/],
    ['ab)', 'PATTERN_INVALID', 3, /escape/],
    ['a[bc', 'PATTERN_INVALID', 2, /escape/],
    ['*a', 'PATTERN_INVALID', 1, /escape/],
    ['a{3,2}', 'PATTERN_INVALID', 2, /escape/],
    ['a[z-a]', 'PATTERN_INVALID', 3, /escape/],
    ['a\\', 'PATTERN_INVALID', 2, /escape/],
    ['a\\xg1', 'PATTERN_INVALID', 2, /escape/],
    ['^a', 'PATTERN_UNSUPPORTED', 1, /boundary: none/],
    ['a\\b', 'PATTERN_UNSUPPORTED', 2, /boundary: none/],
    ['a(?=b)', 'PATTERN_UNSUPPORTED', 2, /context words/],
    ['(a)\\1', 'PATTERN_UNSUPPORTED', 4, /alternatives/],
    ['a+?b', 'PATTERN_UNSUPPORTED', 3, /longest/],
    ['\\p{L}+', 'PATTERN_UNSUPPORTED', 1, /class of bytes/],
    ['[[:alpha:]]', 'PATTERN_UNSUPPORTED', 2, /ranges/],
    ['[à-ü]', 'PATTERN_UNSUPPORTED', 2, /bytes/],
    ['a*', 'PATTERN_MATCHES_EMPTY', 1, /required/],
    ['a|', 'PATTERN_MATCHES_EMPTY', 1, /required/],
    ['a{1000}', 'PATTERN_TOO_LARGE', 2, /lower/],
    ['(?:(?:a{256}){256}){256}', 'PATTERN_TOO_LARGE', 1, /lower/],
    ['('.repeat(40), 'PATTERN_TOO_LARGE', 33, /flatter/],
    ['[ab]{0,60}a[ab]{30}', 'PATTERN_TOO_LARGE', 0, /overlap/],
  ]
  for (const [expression, code, place, advice] of table) {
    assert.throws(
      () =>
        compileScanner(
          [
            { id: 'fine', expression: 'x' },
            { id: 'mine', expression },
          ],
          memory,
        ),
      (error: unknown) => {
        assert.ok(error instanceof ScanError)
        assert.equal(error.code, code, expression)
        assert.match(
          error.message,
          place > 0 ? new RegExp(`Pattern mine, character ${place} `) : /Pattern mine/,
        )
        assert.match(error.nextStep ?? '', advice)
        return true
      },
      expression,
    )
  }
})

test('a set whose automaton would be too large is taken apart, and still matches', () => {
  const words = Array.from({ length: 1500 }, (_, i) => `${((i * 7919) % 99991).toString(36)}${i}`)
  const text = words.join(' ')
  const found = scan(compileScanner([{ id: 'words', expression: words.join('|') }], memory), text)
  assert.equal(found.length, words.length)
})

test('a released scanner leaves its memory to the next', () => {
  const small = new ScanMemory(4 * 1024 * 1024)
  for (let i = 0; i < 20; i++)
    compileScanner([{ id: 'digits', expression: '\\d{3}-\\d{4}' }], small).release()
  assert.throws(() => small.allocate(5 * 1024 * 1024), { code: 'SCAN_MEMORY_EXHAUSTED' })
})
