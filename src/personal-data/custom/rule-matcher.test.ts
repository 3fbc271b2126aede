import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectAll } from '../../../test/support/detect-all.ts'
import type { Place } from '../../model/records.ts'
import { compileRecognisers } from '../compile.ts'
import type { Finding } from '../detector.ts'
import { iban } from '../recognisers/generic/iban.ts'
import type { RuleContext, RuleDefinition } from './definition.ts'
import { RuleSet } from './rule-set.ts'

type Written = readonly [expression: string, op?: 'regex' | '!regex', context?: RuleContext]

function rule(name: string, ...patterns: readonly Written[]): RuleDefinition {
  return {
    id: `sensor.test/${name}`,
    ...{ sensor: 'sensor.test', rule: name, comment: '', category: 'identity' },
    patterns: patterns.map(([expression, op = 'regex', context = 'body']) => ({
      expression,
      isNegated: op === '!regex',
      context,
    })),
  }
}

const rules = new RuleSet([
  rule('one', [String.raw`\bPAT-\d{8}\b`]),
  rule('both', ['diagnosis', 'regex'], ['(?i)insured', 'regex']),
  rule('unless', ['salary'], ['anonymised', '!regex']),
  rule('account', ['DE89[0-9 ]+']),
  rule('in-header', ['X-Patient: \\d+', 'regex', 'header']),
  rule('anywhere', ['forbidden', 'regex', 'packet']),
  rule('in-url', [String.raw`(\.\./){2,}`, 'regex', 'url']),
])
const detector = compileRecognisers([iban], undefined, { rules })

const cases: [name: string, text: string, found: [id: string, text: string][]][] = [
  [
    'each match of a rule with one pattern',
    'PAT-12345678 PAT-87654321',
    [
      ['one', 'PAT-12345678'],
      ['one', 'PAT-87654321'],
    ],
  ],
  ['no match inside a word', 'xPAT-12345678 PAT-123456789', []],
  [
    'several patterns, in whatever order, once a content',
    'INSURED … diagnosis … diagnosis',
    [['both', 'diagnosis']],
  ],
  ['not a part of several patterns', 'diagnosis, diagnosis', []],
  ['what must not match does not', 'her salary is', [['unless', 'salary']]],
  ['what must not match comes later', 'her salary is anonymised', []],
  ['what must not match came before', 'anonymised salary', []],
]

for (const [name, text, found] of cases) {
  test(`rules of sensors: ${name}`, () => {
    const expected = found.map(([id, value]) => [`sensor.test/${id}`, value])
    const whole = detectAll(detector, text).map(({ id, text: value }) => [id, value])
    assert.deepEqual(whole, expected)
    for (const cut of [1, 7, 16]) {
      const cuts = Array.from({ length: Math.ceil(text.length / cut) }, () => cut)
      assert.deepEqual(
        detectAll(detector, text, '', cuts).map(({ id, text: value }) => [id, value]),
        expected,
      )
    }
  })
}

test('nothing is left of a content when the next begins', () => {
  assert.deepEqual(detectAll(detector, 'insured'), [])
  assert.deepEqual(detectAll(detector, 'diagnosis'), [])
})

test('a rule takes nothing from what is found by itself, and the other way round', () => {
  const found = detectAll(detector, 'IBAN DE89370400440532013000')
  assert.deepEqual(found.map(({ id }) => id).toSorted(), ['iban', 'sensor.test/account'])
})

test('a rule is about its part of a request', () => {
  const text = 'X-Patient: 12 forbidden ../../'
  const idsIn = (place: Place | undefined) => {
    const ids: string[] = []
    const take = ({ recogniser }: Finding) => void ids.push(recogniser.id)
    const bytes = Buffer.from(text)
    detector.detect(bytes, 0, bytes.length, { pass() {}, field: () => '', found: take, place })
    return ids.map((id) => id.slice('sensor.test/'.length)).toSorted()
  }
  assert.deepEqual(idsIn('http.header'), ['anywhere', 'in-header'])
  assert.deepEqual(idsIn('http.target'), ['anywhere', 'in-url'])
  assert.deepEqual(idsIn('http.query'), ['anywhere', 'in-url'])
  assert.deepEqual(idsIn('http.body'), ['anywhere'])
  assert.deepEqual(idsIn('payload'), ['anywhere'])
  assert.deepEqual(idsIn(undefined), ['anywhere'])
})
