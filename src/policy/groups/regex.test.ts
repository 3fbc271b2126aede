import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { LinearRegex } from './regex.ts'

const atom: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\W',
  '-',
  '\\.',
  '^',
  '$',
  '\\x61',
)
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => a + b),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
      .map(([inner, repeat]) => `(${inner})${repeat}`),
  ),
}))

test('what it matches is what the expression matches by definition', () => {
  fc.assert(
    fc.property(
      expression,
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', '.', '-'), maxLength: 8 }),
      (source, text) => {
        const regex = LinearRegex.compile(source)
        assert.ok(!('problem' in regex), source)
        assert.equal(regex.matches(text), new RegExp(source).test(text))
      },
    ),
    { numRuns: fuzzRuns * 3 },
  )
})

test('any text as an expression is compiled or refused, never thrown on', () => {
  const characters = fc.constantFrom(
    'a',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '1',
    ',',
    '*',
    '?',
    '\\',
    '^',
    '-',
    '|',
    ':',
    'x',
  )
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 20 }), (source) => {
      const regex = LinearRegex.compile(source)
      if (!('problem' in regex)) regex.matches('aab(]-')
    }),
    { numRuns: fuzzRuns * 3 },
  )
})

const refused: [why: string, source: string][] = [
  ['an open group', '(a'],
  ['an open class', '[a'],
  ['a closing bracket alone', 'a)'],
  ['nothing to repeat', '*a'],
  ['a repeat of a repeat', 'a**'],
  ['look-around, which RE2 does not have', '(?=a)b'],
  ['a back-reference, which RE2 does not have', '(a)\\1'],
  ['a range that runs backwards', '[z-a]'],
  ['too many states', '(a{1000}){1000}'],
  ['too many repeats', 'a{1001}'],
]
for (const [why, source] of refused) {
  test(`refused: ${why}`, () => assert.ok('problem' in LinearRegex.compile(source)))
}

const matched: [source: string, text: string, expected: boolean][] = [
  ['(?i)prod', 'my-PROD-db', true],
  ['(?i)[a-f]+$', 'DEAD', true],
  ['^(a+)+$', `${'a'.repeat(5000)}b`, false],
  ['(?P<tier>web|api)-\\d+', 'x-api-12', true],
  ['\\A\\x{61}\\z', 'a', true],
]
for (const [source, text, expected] of matched) {
  test(`${source} ${expected ? 'matches' : 'does not match'} ${text.slice(0, 20)}`, { timeout: 2000 }, () => {
    const regex = LinearRegex.compile(source)
    assert.ok(!('problem' in regex))
    assert.equal(regex.matches(text), expected)
  })
}
