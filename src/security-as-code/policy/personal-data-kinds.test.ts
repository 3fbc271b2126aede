import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personalDataLabelsOf } from './personal-data-labels-kind.ts'
import { readPolicy } from './read-policy.ts'

const read = (text: string) => readPolicy([{ name: 'p.yaml', text }])

const withSpec = (kind: string, spec: string) =>
  `apiVersion: pavise.dev/v1\nkind: ${kind}\nmetadata: {name: a}\nspec: ${spec}\n`

const partners: [spec: string, told: RegExp | undefined][] = [
  ['{name: A, role: processor, country: DE, contract: "1", contractDate: 2026-01-15}', undefined],
  [
    '{name: A, role: recipient, country: US, transferMechanism: adequacy-decision, transferReference: DPF, ' +
      'purposes: [billing], securityMeasures: [TLS], contact: dpo@a.example, ' +
      'subProcessors: [{name: S, country: FR, purpose: hosting}]}',
    undefined,
  ],
  ['{name: A, role: processor, country: DE}', /warning p\.yaml:4 a processor needs a contract/],
  [
    '{name: A, role: recipient, country: DE, contractDate: 2026-02-30}',
    /error p\.yaml:4 2026-02-30 is no day/,
  ],
  ['{name: A, role: recipient, country: CN}', /warning .* no adequacy decision speaks of CN/],
  ['{name: A, role: recipient, country: US}', /warning .* only for organisations certified/],
  [
    '{name: A, role: recipient, country: CN, transferMechanism: adequacy-decision}',
    /no adequacy decision for CN/,
  ],
  ['{name: A, role: recipient, country: DE, subProcessors: [{name: S, country: IN}]}', /speaks of IN/],
  ['{name: A, role: recipient, country: DE, subProcessors: [{name: S}]}', /error .*country/],
  ['{name: A, role: recipient, country: DE, purpose: x}', /error .*purpose/],
]
for (const [spec, told] of partners) {
  test(`a partner: ${spec}`, () => {
    const { problems } = read(withSpec('Processor', spec))
    const said = problems.map(({ severity, place, problem }) => `${severity} ${place} ${problem}`).join('\n')
    if (told === undefined) assert.equal(said, '')
    else assert.match(said, told)
  })
}

test('labels of personal data are as they are written, with the usual where nothing is', () => {
  const { objects, problems } = read(
    withSpec('PersonalDataLabels', '{marks: [pii, data-class=personal*], owner: [squad]}'),
  )
  assert.deepEqual(problems, [])
  assert.deepEqual(personalDataLabelsOf(objects.map(({ object }) => object)), {
    marks: ['pii', 'data-class=personal*'],
    owner: ['squad'],
    purpose: ['purpose'],
    requires: ['owner', 'purpose', 'inspection', 'encryption'],
    admission: [],
  })
  const asked = read(withSpec('PersonalDataLabels', '{marks: [pii], admission: [purpose]}'))
  assert.deepEqual(asked.definition.admission?.admission, ['purpose'])
  assert.equal(read(withSpec('PersonalDataLabels', '{marks: [pii]}')).definition.admission, undefined)
  assert.deepEqual(personalDataLabelsOf([]).marks, ['gdpr=true'])
  const [wrong] = read(withSpec('PersonalDataLabels', '{marks: ["a b"]}')).problems
  assert.match(wrong.problem, /"a b" is no label/)
})
