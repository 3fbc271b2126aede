import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { compileScanner } from '../compile.ts'
import { ScanError } from '../scan-error.ts'
import { ScanMemory } from '../scan-memory.ts'
import { compilePcre } from './compile-pcre.ts'

const memory = new ScanMemory()

/** Matches in each of the texts as `[start, end)`, as a sink would take them. */
function matchesOf(expression: string, ...texts: string[]): [start: number, end: number][][] {
  const { pattern, endOf } = compilePcre('p', expression)
  const scanner = compileScanner([pattern], memory)
  const found = texts.map((text) => {
    const bytes = Buffer.from(text)
    const matches: [number, number][] = []
    scanner.scan(bytes, 0, bytes.length, {
      match: (match) => {
        const end = endOf(match)
        if (end >= 0) matches.push([match.offset, match.offset + end - match.start])
        return end >= 0
      },
      pass: () => undefined,
    })
    return matches
  })
  scanner.release()
  return found
}

const cases: [expression: string, text: string, matched: string | undefined][] = [
  [String.raw`\bPAT-\d{8}\b`, 'x PAT-12345678.', 'PAT-12345678'],
  [String.raw`\bPAT-\d{8}\b`, 'xPAT-12345678', undefined],
  [String.raw`\bPAT-\d{8}\b`, 'PAT-123456789', undefined],
  [String.raw`\bPAT-\d{8}\b`, 'PAT-12345678_', undefined],
  [String.raw`(?i)patient`, 'the PATIENT is', 'PATIENT'],
  [String.raw`a(?i)b(?-i)c`, 'aBC aBc', 'aBc'],
  [String.raw`a(?i:b)c`, 'aBc', 'aBc'],
  [String.raw`^GET`, 'GET /', 'GET'],
  [String.raw`^GET`, ' GET /', undefined],
  [String.raw`(?m)^GET$`, 'x\nGET\ny', 'GET'],
  [String.raw`end$`, 'the end', 'end'],
  [String.raw`end$`, 'the end\n', 'end'],
  [String.raw`end\z`, 'the end\n', undefined],
  [String.raw`end$`, 'the end is', undefined],
  [String.raw`\Aabc\Z`, 'abc', 'abc'],
  [String.raw`(?<!\d)\d{4}(?!\d)`, '12345 6789', '6789'],
  [String.raw`(?<=id: )\d{4}`, 'id: 1234', '1234'],
  [String.raw`(?<=id: )\d{4}`, 'no: 1234', undefined],
  [String.raw`(?!000|666)\d{3}-\d{2}`, '000-12 666-12 123-12', '123-12'],
  [String.raw`(?=.{4}x)\w+`, 'abcde abcdx', 'abcdx'],
  [String.raw`\d+?-\d+`, '12-34', '12-34'],
  [String.raw`a++b`, 'aaab', 'aaab'],
  [String.raw`(?>ab|a)c`, 'abc', 'abc'],
  [String.raw`(?<year>\d{4})`, 'in 1984', '1984'],
  [String.raw`(?P<year>\d{4})`, 'in 1984', '1984'],
  [String.raw`[[:digit:]]{3}[[:^alpha:]]`, 'a123!', '123!'],
  [String.raw`\Qa.b\E+`, 'axb a.bb', 'a.bb'],
  [String.raw`(?x) a b # comment`, 'ab', 'ab'],
  [String.raw`(?#comment)ab`, 'ab', 'ab'],
  [String.raw`.*secret.*`, 'my secret is', 'secret'],
  [String.raw`(^|,)x`, 'a,x', ',x'],
  [String.raw`(^|,)x`, 'x', 'x'],
  [String.raw`Straße`, 'die Straße', 'Straße'],
  [String.raw`a\Bb`, 'ab', 'ab'],
  [String.raw`(?s)a.b`, 'a\nb', 'a\nb'],
  [String.raw`a.b`, 'a\nb', undefined],
  [String.raw`\$\{jndi:(ldap|rmi)`, 'x=${jndi:ldap://', '${jndi:ldap'],
  [String.raw`(?<!(?<!a)b)c`, 'bc abc', 'c'],
  [String.raw`\d{3}([- ]?)\d{2}\1\d{4}`, '123-45-6789', '123-45-6789'],
  [String.raw`\d{3}([- ]?)\d{2}\1\d{4}`, '123456789', '123456789'],
  [String.raw`\d{3}([- ]?)\d{2}\1\d{4}`, '123-45 6789', undefined],
  [String.raw`(?<sep>[-. ])x\k<sep>y`, '.x.y', '.x.y'],
  [String.raw`(?P<sep>[-. ])x(?P=sep)y`, '.x-y', undefined],
  [String.raw`(a|b)(c|d)\g{-2}\g2`, 'bcbc', 'bcbc'],
  [String.raw`(["'])secret\1`, '"secret"', '"secret"'],
  [
    String.raw`\b(?!000|666|9\d{2})\d{3}([-]?|\s{1})(?!00)\d\d\1(?!0000)\d{4}\b`,
    'ssn 666-12-3456 123-12 3456 123-12-3456.',
    '123-12-3456',
  ],
  [String.raw`[^\s]+@x`, 'me@x', 'me@x'],
  [String.raw`[\w.-]+@x`, 'm-e@x', 'm-e@x'],
]

test('what a pattern matches with its anchors, boundaries, flags and look-arounds', () => {
  for (const [expression, text, matched] of cases) {
    const [[found]] = matchesOf(expression, text)
    const bytes = Buffer.from(text)
    assert.equal(found && bytes.toString('utf8', ...found), matched, `${expression} in ${text}`)
  }
})

test('it agrees with the engine of JavaScript on where there is a match', () => {
  const pieces = [
    ...[
      String.raw`\b`,
      String.raw`\B`,
      '^',
      '$',
      '(?=a)',
      '(?!b)',
      '(?<=a)',
      '(?<!b)',
      '(?=a*b)',
      '(?<!a.b)',
    ],
    ...['a', 'b', '[ab]', '.', '(?:a|bb)', '(?:ab)?', 'a*', 'b+', '(?:a|b){2}', ' '],
  ]
  const expressions = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
  const text = fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 12 }).map((each) => each.join(''))
  fc.assert(
    fc.property(expressions, fc.array(text, { minLength: 4, maxLength: 12 }), (parts, texts) => {
      const expression = `${parts.join('')}a`
      for (const [i, matches] of matchesOf(expression, ...texts).entries())
        assert.equal(
          matches.length > 0,
          new RegExp(expression).test(texts[i]),
          `${expression} in ${texts[i]}`,
        )
    }),
    { numRuns: Math.min(fuzzRuns, 2000) },
  )
})

const refused: [expression: string, code: string, place: number, says: RegExp][] = [
  [String.raw`(\d+)x\1`, 'PATTERN_UNSUPPORTED', 7, /refers back to a group that may be much/],
  [String.raw`(?:(a|b)\1)+`, 'PATTERN_UNSUPPORTED', 9, /refers back to a group in a repeat/],
  [String.raw`a\2(b)`, 'PATTERN_UNSUPPORTED', 2, /refers to a group that does not stand before it/],
  [String.raw`a(?R)?b`, 'PATTERN_UNSUPPORTED', 2, /calls another group/],
  [String.raw`(?(1)a|b)`, 'PATTERN_UNSUPPORTED', 1, /condition/],
  [String.raw`(*SKIP)a`, 'PATTERN_UNSUPPORTED', 1, /verb/],
  [String.raw`\p{Lu}x`, 'PATTERN_UNSUPPORTED', 1, /Unicode property/],
  ['[^ä]x', 'PATTERN_UNSUPPORTED', 1, /excludes characters beyond ASCII/],
  ['a)', 'PATTERN_INVALID', 2, /closes nothing/],
  ['a[b', 'PATTERN_INVALID', 2, /not closed/],
  ['*a', 'PATTERN_INVALID', 1, /nothing before it/],
  ['a{1000}', 'PATTERN_TOO_LARGE', 2, /more than 256 times/],
]

test('what cannot be matched is refused with its place and what to write instead', () => {
  for (const [expression, code, place, says] of refused) {
    assert.throws(
      () => compilePcre('sensor.x, rule.y, pattern 1', expression),
      (error) => {
        assert.ok(error instanceof ScanError)
        assert.equal(error.code, code, expression)
        assert.match(error.message, says)
        assert.ok(error.message.startsWith(`sensor.x, rule.y, pattern 1, character ${place} `), error.message)
        assert.ok((error.nextStep ?? '').length > 10)
        return true
      },
    )
  }
  for (const anything of ['.*', 'a*', '^$', '(?=a)', String.raw`\b`])
    assert.throws(() => compilePcre('p', anything), /matches any content/, anything)
})

test('whatever is written, it is a pattern or is refused', () => {
  const pieces = [
    ..."()[]{}?*+|^$.\\-,:!=<>'abd019 xiQEkgPR#ß",
    '(?',
    '(?<',
    '[^',
    '\\b',
    '{1,2}',
    '[:alpha:]',
    '(a)',
  ]
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const { pattern } = compilePcre('p', text)
        assert.ok(pattern.expression.length > 0)
      } catch (error) {
        if (!(error instanceof ScanError)) throw error
      }
    }),
    { numRuns: fuzzRuns * 5 },
  )
})

test('nested repeats take time linear in the content', () => {
  const before = performance.now()
  assert.deepEqual(matchesOf(String.raw`(?:(?:a*)*)*b(?=c)`, `${'a'.repeat(20_000)}x`), [[]])
  assert.deepEqual(matchesOf(String.raw`(?<!(?:a+)+c)(?:a+)+b`, 'a'.repeat(20_000)), [[]])
  assert.ok(performance.now() - before < 5000)
})
