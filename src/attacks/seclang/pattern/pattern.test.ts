import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../../test/support/fuzz-runs.ts'
import { limits } from '../limits.ts'
import { SecLangError } from '../problem.ts'
import { BacktrackingPattern } from './backtracking.ts'
import { compilePattern } from './compile-pattern.ts'
import { parsePattern } from './parse.ts'

test('patterns that RE2 has no word for match as in Perl', () => {
  const found = (pattern: string, text: string) =>
    new BacktrackingPattern(parsePattern(pattern)).match(text, true)
  for (const [pattern, text, groups] of [
    ['a(?=b)', 'ab', ['a']],
    ['a(?!b)', 'ab', undefined],
    ['(?<=x)a', 'xa', ['a']],
    ['(?<!&(?:amp|lt));', '&amp;', undefined],
    ['(?<!&(?:amp|lt));', '&gt;', [';']],
    [String.raw`\b(\w+)\b=\b\1\b`, '7=7', ['7=7', '7']],
    [String.raw`(?i)(a)\1`, 'aA', ['aA', 'a']],
    ['a*+a', 'aaa', undefined],
    ['(?:ab)++c', 'ababc', ['ababc']],
    ['(?>a|ab)c', 'abc', undefined],
    ['a{2,3}?', 'aaa', ['aa']],
    ['(a|b)*', 'abx', ['ab', 'b']],
    ['(?i:A[b-d])E', 'aCE', ['aCE']],
    ['(?i)a(?-i)B', 'AB', ['AB']],
    ['^a$', 'a\n', undefined],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    [String.raw`[^\x00-\x7f]\xe4[[:alpha:]\]]`, '\xff\xe4]', ['\xff\xe4]']],
    [String.raw`\.\Aa`, 'a', undefined],
    ['(?#a note)a.c', 'a\nc', ['a\nc']],
    ['(a?)*?b', 'aab', ['aab', 'a']],
  ] as const)
    assert.deepEqual(found(pattern, text), groups, pattern)
})

test('what is no pattern is refused, with its place', () => {
  for (const pattern of [
    '(',
    ')',
    '[a',
    '*a',
    'a\\',
    '(?P<n>a)',
    '[b-a]',
    '[[:none:]]',
    String.raw`\q`,
    '(?<n>a)',
    'ä€',
  ])
    assert.throws(() => parsePattern(pattern), SecLangError, pattern)
})

test('a pattern that would try for hours gives up, and says so', () => {
  const pattern = compilePattern('^(?=(a+)+$)b?(a|aa)+$')
  assert.equal(pattern.isLinear, false)
  assert.equal(pattern.match(`${'a'.repeat(5_000)}!`, false), undefined)
  assert.equal(pattern.gaveUp, 1)
  assert.equal(pattern.match('aaa', false)?.length, 0)
  assert.equal(compilePattern('(a+)+$').isLinear, true)
  assert.ok(limits.patternSteps <= 1_000_000)
})

test('any pattern of both kinds finds what JavaScript finds', () => {
  const atoms = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    String.raw`\b`,
    '(?:a|ab)',
    '(a|b)',
    '(?=b)',
    '(?!a)',
    '^',
    '$',
  )
  const counts = fc.constantFrom('', '', '', '*', '+?', '?', '{1,2}')
  const repeated = fc
    .tuple(atoms, counts)
    .map(([atom, count]) => (/^(?:\\b|\(\?[=!]|[$^])/.test(atom) ? atom : atom + count))
  const patterns = fc.array(repeated, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', '\n'), { maxLength: 6 }).map((all) => all.join(''))
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const expected = new RegExp(pattern, 's').exec(text)
      const trying = new BacktrackingPattern(parsePattern(pattern)).match(text, true)
      assert.equal(trying?.[0], expected?.[0], `${pattern} in ${JSON.stringify(text)}`)
      assert.equal(compilePattern(pattern).match(text, true)?.[0], expected?.[0], pattern)
    }),
    { numRuns: fuzzRuns },
  )
})
