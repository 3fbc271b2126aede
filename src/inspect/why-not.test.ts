import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharedPlans } from '../../test/support/shared-plans.ts'
import type { ContentFormat } from '../model/content-format.ts'
import { compileRecognisers, compileSensors } from '../personal-data/compile.ts'
import { noSensors } from '../personal-data/custom/definition.ts'
import type { Form } from '../personal-data/recogniser.ts'
import { paymentCard } from '../personal-data/recognisers/generic/payment-card.ts'
import { AssessmentList } from './assessment-list.ts'
import { mostOccurrences, type Reason, WhyNot } from './why-not.ts'

const assessments = new AssessmentList()
const traced = compileSensors(noSensors, undefined, { trace: assessments, plans: sharedPlans })
const whyNot = new WhyNot(traced, assessments)

const believedLess = (form: Form): Form => ({ ...form, confidence: form.confidence / 2 })

const explain = (text: string, value: string, format: ContentFormat = 'text') =>
  whyNot.explain(Buffer.from(text), format, Buffer.from(value))

const cases: [name: string, text: string, value: string, format: ContentFormat, id: string, why: Reason][] = [
  ['a wrong checksum', 'pan: 4111111111111112', '4111111111111112', 'text', 'payment-card', 'check-failed'],
  [
    'a field of others',
    '{"orderId":"4111111111111111"}',
    '4111111111111111',
    'json',
    'payment-card',
    'unsure',
  ],
  ['a label of others', 'ticket: 274901186', '274901186', 'text', 'us-ssn', 'unsure'],
  ['a longer token', 'x 4111111111111111-7', '4111111111111111', 'text', 'payment-card', 'joined'],
  ['letters at its end', 'x4111111111111111', '4111111111111111', 'text', 'payment-card', 'in-word'],
  [
    'other groups',
    'pan: 41111111 11111111',
    '41111111 11111111',
    'text',
    'payment-card',
    'written-otherwise',
  ],
  ['another form', '{"iban":"DE8937"}', 'DE8937', 'json', 'iban', 'no-form'],
  ['nothing: it was found', 'IBAN DE89370400440532013000', 'DE89370400440532013000', 'text', 'iban', 'found'],
  ['a surer one', 'pan: 4111 1111 1111 1111', '1111 1111', 'text', 'payment-card', 'found'],
  [
    'a form’s own escapes',
    'orderId=4111%201111%201111%201111',
    '4111 1111 1111 1111',
    'form',
    'payment-card',
    'unsure',
  ],
]

for (const [name, text, value, format, id, why] of cases) {
  test(`says why not: ${name}`, () => {
    const [occurrence] = explain(text, value, format)
    const miss = occurrence.nearMisses.find(({ recogniser }) => recogniser.id === id)
    assert.equal(miss?.why, why)
  })
}

test('something surer that has the bytes is named', () => {
  const list = new AssessmentList()
  const twin = { ...paymentCard, id: 'other-card', forms: paymentCard.forms.map(believedLess) }
  const twins = new WhyNot(compileRecognisers([paymentCard, twin], undefined, { trace: list }), list)
  const value = '4111 1111 1111 1111'
  const [occurrence] = twins.explain(Buffer.from(`pan: ${value}`), 'text', Buffer.from(value))
  const told = occurrence.nearMisses.map(({ recogniser, why, by }) => [recogniser.id, why, by?.identifier])
  assert.deepEqual(told, [
    ['payment-card', 'found', 'payment-card'],
    ['other-card', 'overlapped', 'payment-card'],
  ])
})

test('what is near none has no reasons, what is not there no occurrence, and occurrences are bounded', () => {
  assert.deepEqual(explain('hello world', 'world')[0].nearMisses, [])
  assert.deepEqual(explain('hello', 'absent'), [])
  assert.deepEqual(explain('hello', ''), [])
  assert.equal(explain('1 '.repeat(100), '1').length, mostOccurrences)
})

test('the field that the value stands in is told', () => {
  assert.equal(explain('{"a":{"orderId":"4711"}}', '4711', 'json')[0].field, '$.a.orderId')
  assert.equal(explain('a=1&order=4711', '4711', 'form')[0].field, 'order')
})
