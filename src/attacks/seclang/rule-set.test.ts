import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { anyText } from '../../../test/support/any-text.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { readRuleSet } from './rule-set.ts'

const problemsOf = (text: string, data = '') =>
  readRuleSet([
    { name: 'rules/a.conf', text },
    { name: 'rules/words.data', text: data },
  ]).problems.map(({ line, kind, message }) => `${line} ${kind} ${message}`)

test('what cannot be used is told with its line, and the rest goes on', () => {
  for (const [text, problem] of [
    ['SecRule ARGS "@rx a" "id:1', /^1 refused a quote is not closed/],
    ['\n# no rule\nSecRule NOTHING "a" "id:1"', /^3 refused the variable NOTHING/],
    ['SecRule ARGS \\\n "@maybe a" "id:1"', /^1 refused the operator @maybe/],
    ['SecRule ARGS "a" "phase:2"', /^1 refused a rule has an id/],
    ['SecAction "id:1"\nSecAction "id:1"', /^2 refused there is a rule 1 already/],
    ['SecRule ARGS "a" "id:1,t:maybe"', /^1 refused the transformation t:maybe/],
    ['SecRule ARGS "@rx (" "id:1"', /^1 refused the pattern/],
    ['SecRule ARGS "@pmFromFile none.data" "id:1"', /^1 refused the file none\.data is not beside/],
    ['SecRule ARGS "a" "id:1,phase:7"', /^1 refused phase:7/],
    ['SecRule ARGS "a" "id:1,setvar:a=1"', /^1 refused setvar:a=1/],
    ['SecRule ARGS "@validateByteRange 1-300" "id:1"', /^1 refused "1-300"/],
    ['SecRule REMOTE_ADDR "@ipMatch 10.0.0.0/40" "id:1"', /^1 refused "10\.0\.0\.0\/40"/],
    ['SecRule ARGS "a" "id:1,chain"', /^1 refused a chain has no end/],
    ['SecMaybe On', /^1 refused the directive SecMaybe/],
    ['SecRuleEngine Maybe', /^1 refused "Maybe"/],
    ['SecRule ARGS "@rx a(?!b)" "id:1"', /^1 differs the pattern is none of RE2's/],
    ['SecRule REMOTE_ADDR "@rbl a.example" "id:1"', /^1 differs @rbl asks/],
    ['SecAction "id:1,initcol:ip=%{REMOTE_ADDR}"', /^1 differs the action initcol/],
  ] as const) {
    const problems = problemsOf(text)
    assert.equal(problems.length, 1, `${text}: ${problems.join()}`)
    assert.match(problems[0], problem)
  }
  assert.deepEqual(
    problemsOf('SecAuditEngine On\nSecRule ARGS "@pmFromFile words.data" "id:1"', 'a\n#b\n'),
    [],
  )
})

test('rules are taken out and narrowed by those that come later', () => {
  const ids = (text: string) => {
    const { phases, count } = readRuleSet([{ name: 'a.conf', text }])
    const left = phases[2].flatMap((entry) => (entry.kind === 'rule' ? [entry.id] : []))
    assert.equal(left.length, count)
    return left.join()
  }
  const rules = `SecRule ARGS "a" "id:1,msg:'one',tag:'x/y'"\nSecRule ARGS "b" "id:2"\nSecRule ARGS "c" "id:30"\n`
  assert.equal(ids(rules), '1,2,30')
  assert.equal(ids(`${rules}SecRuleRemoveById 2 20-40`), '1')
  assert.equal(ids(`${rules}SecRuleRemoveByTag x/y`), '2,30')
  assert.equal(ids(`${rules}SecRuleRemoveByMsg one`), '2,30')
})

test('no text makes it throw', () => {
  const words = fc.constantFrom(
    ...[
      'SecRule ',
      'ARGS',
      '|!ARGS:/a/',
      ' "@rx a',
      '"',
      ' "id:1',
      ',chain',
      ",setvar:'tx.a=%{tx.b}",
      "'",
      '\\\n',
      '\n',
    ],
    ...[
      'SecAction ',
      'SecMarker A',
      '&',
      ':',
      ',',
      '@pm a b',
      '(',
      '*',
      "ctl:ruleRemoveTargetById=1;ARGS:/x'",
    ],
  )
  const texts = fc.oneof(
    anyText(80),
    fc.array(words, { maxLength: 20 }).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => void readRuleSet([{ name: 'a.conf', text }])),
    { numRuns: fuzzRuns },
  )
})
