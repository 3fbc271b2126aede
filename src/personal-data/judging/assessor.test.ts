import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectAll } from '../../../test/support/detect-all.ts'
import { sharedPlans } from '../../../test/support/shared-plans.ts'
import { compileRecognisers } from '../compile.ts'
import { builtInRecognisers } from '../recognisers/index.ts'
import type { Assessment } from './assessment.ts'
import { FieldEvidence } from './field-vocabulary.ts'
import { phrasesIn } from './context-phrase.ts'

let seen: Assessment[] = []
const detector = compileRecognisers(builtInRecognisers, undefined, {
  trace: { assessed: (assessment) => seen.push(assessment) },
  plans: sharedPlans,
})

function assess(text: string, field: string) {
  seen = []
  return detectAll(detector, text, field)
}

/** Ways in which a value comes: under its own name, under another's, with a word that tells, with nothing. */
const settings: [
  text: (value: string, name: string, word: string) => string,
  field: (name: string) => string,
][] = [
  [(value) => value, (name) => `$.customer.${name.replaceAll(' ', '_')}`],
  [(value) => `{"x":"${value}"}`, () => '$.orderId'],
  [(value, _, word) => `The ${word} of mine is ${value} since May.`, () => ''],
  [(value, name) => `${name}: ${value}`, () => ''],
  [(value) => `at ${value} or`, () => ''],
  [(value) => `offset ${value}-1`, () => ''],
]

test('what explains a finding adds up to the confidence that it was reported with', () => {
  let explained = 0
  for (const { fieldNames, contextWords, examples } of builtInRecognisers) {
    const word = Object.values(contextWords).flat()[0] ?? ''
    for (const value of [...examples.good, ...examples.bad].slice(0, 3)) {
      for (const [text, field] of settings) {
        for (const finding of assess(text(value, fieldNames[0], word), field(fieldNames[0]))) {
          const of = seen.filter((each) => each.recogniser.id === finding.id && each.outcome === 'rated')
          const here = of.filter(({ start, end }) => start === finding.start && end === finding.end)
          const best = Math.max(...here.map(({ confidence }) => confidence))
          assert.ok(Math.abs(best - finding.confidence) < 1e-9, `${finding.id} in ${field('x')}: ${best}`)
          explained++
        }
      }
    }
  }
  assert.ok(explained > 600, `${explained}`)
})

test('a value that is not reported has a reason', () => {
  const cases: [text: string, field: string, id: string, outcome: string, because: string[]][] = [
    ['4111111111111112', '$.pan', 'payment-card', 'check-failed', []],
    ['4111111111111111', '$.orderId', 'payment-card', 'rated', ['form', 'field']],
    ['order id: 4111111111111111', '', 'payment-card', 'rated', ['form', 'label']],
    ['at 4111111111111111-7', '', 'payment-card', 'joined', []],
    ['a 274901186 b', '', 'us-ssn', 'rated', ['form', 'unnamed']],
    ['my ssn is 274901186', '', 'us-ssn', 'rated', ['form', 'context-word']],
    ['call me: 030 901820', '', 'phone', 'rated', ['form', 'context-word']],
    ['call me, delivery: 030 901820', '', 'phone', 'rated', ['form']],
    ['at offset 274901186', '', 'us-ssn', 'rated', ['form', 'technical-name']],
  ]
  for (const [text, field, id, outcome, because] of cases) {
    assess(text, field)
    const matching = seen.filter((each) => each.recogniser.id === id && each.outcome === outcome)
    const found = matching.map(({ terms }) => terms.map((term) => term.because))
    assert.deepEqual(found[0], because, `${text} in ${field}`)
  }
})

test('names and words that told are those of the recogniser, and their place is known', () => {
  const rated = (id: string) =>
    seen.find(({ recogniser, outcome }) => recogniser.id === id && outcome === 'rated')?.terms[1]
  assess('{"primaryCardNumber":"4111111111111111"}', '$.primaryCardNumber')
  assert.deepEqual(rated('payment-card'), {
    because: 'field',
    evidence: FieldEvidence.leaf,
    names: ['card number', 'card'],
    weight: 4,
  })
  assess('Öst, card: x, 274901186 is my Social  Security number', '')
  assert.deepEqual(rated('us-ssn'), { because: 'context-word', word: 'social-security', at: 31, weight: 2.5 })
})

test('phrases are found as words, as beginnings of longer words, and not in codes', () => {
  const bounds = { wordInCode: 4, stemLength: 6 }
  const cases: [text: string, phrases: string[], at: number[]][] = [
    ['my credit card', ['card'], [10]],
    ['Kreditkartennummer', ['kreditkarte'], [0]],
    ['CC38994481', ['cc'], []],
    ['Numéro de carte', ['numero de carte'], [0]],
    ['discard', ['card'], []],
    ['Social-Security', ['social security'], [0]],
  ]
  for (const [text, phrases, at] of cases) {
    const bytes = Buffer.from(text)
    assert.deepEqual(
      phrasesIn(bytes, 0, bytes.length, phrases, bounds).map((found) => found.at),
      at,
      text,
    )
  }
})
