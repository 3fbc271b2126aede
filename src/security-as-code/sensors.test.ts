import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectAll } from '../../test/support/detect-all.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import { customRecogniser } from '../personal-data/custom/custom-recogniser.ts'
import { iban } from '../personal-data/recognisers/generic/iban.ts'
import { SensorError } from './sensor-error.ts'
import { readSensors } from './sensors.ts'
import { expandWildcards } from './wildcards.ts'

const recogniser = `apiVersion: pavise.dev/v1
kind: Recogniser
metadata:
  name: acme-patient-number
spec:
  name: ACME patient number
  category: health
  expressions:
    - { expression: 'ACME-\\d{8}', confidence: 0.9 }
    - { expression: '\\d{8}', confidence: 0.05 }
  checksum: luhn
  fieldNames: [patient number]
  notFieldNames: [device number]
  contextWords: { en: [patient], de: [patientin] }
  mask: { first: 0, last: 2 }
  examples:
    good: ['ACME-49927395', '12345674']
    bad: ['ACME-12345678', 'ACME-1234567']
`

const sensor = `apiVersion: neuvector.com/v1
kind: NvDlpSecurityRule
metadata: { name: sensor.patientno, creationTimestamp: null }
spec:
  sensor:
    name: sensor.patientno
    comment: null
    rules:
    - name: rule.patientno
      patterns:
      - { key: pattern, op: regex, value: '\\bPAT-\\d{8}\\b' }
      - { key: pattern, op: '!regex', value: 'anonymised', context: packet }
`

const read = (...texts: string[]) => readSensors(texts.map((text, i) => ({ name: `${i + 1}.yaml`, text })))

test('a recogniser of ours is found by form, checksum, field and word, and masked', () => {
  const detector = compileRecognisers([...read(recogniser).recognisers.map(customRecogniser), iban])
  const cases: [text: string, field: string, found: string[]][] = [
    ['ACME-49927395', '', ['acme-patient-number']],
    ['ACME-49927396', '', []],
    ['12345674', '$.patientNumber', ['acme-patient-number']],
    ['12345674', '$.x', []],
    ['die Patientin ACME-49927395', '', ['acme-patient-number']],
    ['ACME-49927395', '$.deviceNumber', []],
    ['IBAN DE89370400440532013000', '', ['iban']],
  ]
  for (const [text, field, found] of cases) {
    const ids = detectAll(detector, text, field).map(({ id }) => id)
    assert.deepEqual(ids, found, `${text} in ${field}`)
  }
})

test('what was read can be handed to another thread', () => {
  const definitions = read(recogniser, sensor)
  assert.deepEqual(structuredClone(definitions), definitions)
})

test('each checksum accepts what it is for, and refuses one digit off', () => {
  const cases: [checksum: string, expression: string, good: string, bad: string][] = [
    ['luhn', String.raw`\d{16}`, '4111111111111111', '4111111111111112'],
    ['mod97', String.raw`[A-Z]{2}\d{20}`, 'DE89370400440532013000', 'DE89370400440532013001'],
    ['mod97-10', String.raw`\d{8}`, '12345676', '12345677'],
    ['mod11-10', String.raw`\d{11}`, '33392005961', '33392005962'],
    ['mod11', String.raw`\d{10}`, '0306406152', '0306406153'],
    ['verhoeff', String.raw`\d{4}`, '2363', '2364'],
  ]
  for (const [checksum, expression, good, bad] of cases) {
    const text = `apiVersion: pavise.dev/v1
kind: Recogniser
metadata: { name: a-number }
spec:
  name: A number
  category: identity
  expressions: [{ expression: '${expression}', confidence: 0.6 }]
  checksum: ${checksum}
  fieldNames: [a number]
  examples: { good: ['${good}'], bad: ['${bad}'] }
`
    assert.equal(read(text).recognisers.length, 1, checksum)
    const zeros = text.replace(`bad: ['${bad}']`, `bad: ['${good.replaceAll(/\d/g, '0')}']`)
    assert.equal(read(zeros).recognisers.length, 1, `${checksum}: nothing but zeros`)
  }
})

test('NeuVector’s sensors are read as it exports them: nulls, lists, several documents, JSON, a bare =', () => {
  const list = `apiVersion: v1
kind: List
metadata: null
items:
${indented(sensor)}- apiVersion: neuvector.com/v1
  kind: NvSecurityRule
  spec: { target: { selector: { name: x, criteria: [{ key: a, op: =, value: b }] } } }
`
  const { rules, recognisers, warnings } = read(`${list}---\n${recogniser}---\n`, '{"kind":"Recogniser2"}')
  assert.equal(recognisers.length, 1)
  assert.deepEqual(rules, [
    {
      id: 'sensor.patientno/rule.patientno',
      sensor: 'sensor.patientno',
      rule: 'rule.patientno',
      comment: '',
      category: 'identity',
      patterns: [
        { expression: String.raw`\bPAT-\d{8}\b`, isNegated: false, context: 'body' },
        { expression: 'anonymised', isNegated: true, context: 'packet' },
      ],
    },
  ])
  assert.match(warnings.join('\n'), /kind NvSecurityRule is no sensor/)
  assert.match(warnings.join('\n'), /^2\.yaml:1: kind Recogniser2 is no sensor/m)
})

test('an annotation says which category a sensor’s findings are of', () => {
  const text = sensor.replace('creationTimestamp: null', "annotations: { pavise.dev/category: 'health' }")
  assert.equal(read(text).rules[0].category, 'health')
})

test('NeuVector’s built-in sensors are ours', () => {
  const { rules, warnings } = read(sensor.replaceAll('sensor.patientno', 'sensor.creditcard'))
  assert.deepEqual(rules, [])
  assert.match(warnings[0], /sensor\.creditcard is built in as payment-card/)
})

test('wildcards are expanded as NeuVector does, and the author is told', () => {
  const cases: [written: string, read: string][] = [
    ['ab?', 'ab.'],
    [String.raw`\d*`, String.raw`\d.*`],
    ['*foo', '.*foo'],
    ['??x', '.*x'],
    ['a???', 'a.*'],
    ['[0-9]*', '[0-9]*'],
    ['(?i)x', '(?i)x'],
    ['x+?', 'x+?'],
    ['ä?', 'ä?'],
    ['a *b', 'a .*b'],
  ]
  for (const [written, expanded] of cases) {
    assert.equal(expandWildcards(written), expanded, written)
    assert.equal(expandWildcards(expanded), expanded, `${expanded} is stable`)
  }
  const { warnings } = read(sensor.replace("'anonymised'", "'anonymised*'"))
  assert.match(warnings[0], /pattern 2: as in NeuVector.*"anonymised\.\*"/)
})

test('the patterns of a rule may be about several parts of a request', () => {
  const { rules, warnings } = read(sensor.replace('context: packet', 'context: url'))
  assert.deepEqual(warnings, [])
  assert.ok(rules.some(({ patterns }) => new Set(patterns.map(({ context }) => context)).size > 1))
})

test('names longer than an identifier may be are cut, and stay apart', () => {
  const long = `sensor.${'x'.repeat(120)}`
  const [{ id }] = read(sensor.replaceAll('sensor.patientno', long)).rules
  const [{ id: other }] = read(
    sensor.replaceAll('sensor.patientno', long).replace('rule.patientno', 'rule.b'),
  ).rules
  assert.equal(id.length, 100)
  assert.notEqual(id, other)
})

const mistakes: [name: string, text: string, code: string, says: RegExp][] = [
  ['broken YAML', 'a: [1', 'SENSOR_UNREADABLE', /^1\.yaml:1:6: not valid YAML/],
  [
    'a category that is none',
    recogniser.replace('health', 'helth'),
    'SENSOR_INVALID',
    /^1\.yaml:7: Recogniser: spec\.category .*health/,
  ],
  [
    'a key that is not known',
    recogniser.replace('mask:', 'maks:'),
    'SENSOR_INVALID',
    /spec\.maks is not known/,
  ],
  [
    'a key that is missing',
    recogniser.replace('  name: ACME patient number\n', ''),
    'SENSOR_INVALID',
    /spec must have required properties: name|spec .*name/,
  ],
  [
    'a checksum that is none',
    recogniser.replace('luhn', 'lun'),
    'SENSOR_INVALID',
    /spec\.checksum .*mod11-10/,
  ],
  [
    'a confidence above one',
    recogniser.replace('0.9', '1.9'),
    'SENSOR_INVALID',
    /spec\.expressions\.0\.confidence/,
  ],
  [
    'a good example with a wrong checksum',
    recogniser.replace('49927395', '49927396'),
    'SENSOR_EXAMPLE_FAILS',
    /good example 1 \(A\*{3}-\*{6}96\) is not found/,
  ],
  [
    'a bad example that is found',
    recogniser.replace("ACME-1234567'", "ACME-12345674'"),
    'SENSOR_EXAMPLE_FAILS',
    /bad example 2/,
  ],
  [
    'an expression that is not linear',
    recogniser.replace(String.raw`ACME-\d{8}`, String.raw`(a)\1`),
    'SENSOR_UNSUPPORTED',
    /^1\.yaml:1: Pattern acme-patient-number.*refers back/,
  ],
  [
    'a name that is built in',
    recogniser.replace('name: acme-patient-number', 'name: iban'),
    'SENSOR_NAME_TAKEN',
    /iban is the name of one that is built in/,
  ],
  [
    'a name that is taken',
    `${recogniser}---\n${recogniser}`,
    'SENSOR_NAME_TAKEN',
    /^1\.yaml:20: acme-patient-number is the name of the one at 1\.yaml:1/,
  ],
  [
    'two names of a sensor',
    sensor.replace('name: sensor.patientno,', 'name: other,'),
    'SENSOR_INVALID',
    /metadata\.name is not the sensor's name/,
  ],
  [
    'a reserved name',
    sensor.replaceAll('sensor.patientno', 'sensor.dlpdfltnv'),
    'SENSOR_INVALID',
    /reserved/,
  ],
  [
    'a pattern that is not linear',
    sensor.replace('anonymised', String.raw`(a+)\1`),
    'SENSOR_UNSUPPORTED',
    /sensor\.patientno, rule\.patientno, pattern 2, character 5 .*refers back/,
  ],
  [
    'a pattern that matches anything',
    sensor.replace("'anonymised'", "'.*'"),
    'SENSOR_INVALID',
    /matches anything/,
  ],
  ['an operator that is none', sensor.replace("'!regex'", '~'), 'SENSOR_INVALID', /patterns\.1 /],
  [
    'nothing but !regex',
    sensor.replace('op: regex', "op: '!regex'"),
    'SENSOR_UNSUPPORTED',
    /nothing but !regex/,
  ],
  [
    'patterns that are too long',
    sensor.replace('anonymised', 'x'.repeat(513)),
    'SENSOR_INVALID',
    /patterns\.1\.value/,
  ],
]

for (const [name, text, code, says] of mistakes) {
  test(`refused, with its place and what to do: ${name}`, () => {
    assert.throws(
      () => read(text),
      (error) => {
        assert.ok(error instanceof SensorError)
        assert.equal(error.code, code, error.message)
        assert.match(error.message, says)
        assert.equal(error.exitCode, 2)
        assert.ok((error.nextStep ?? '').length > 10)
        return true
      },
    )
  })
}

function indented(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => `${i === 0 ? '- ' : '  '}${line}\n`)
    .join('')
}

test('a pattern of a WAF sensor is taken as it is written, without wildcards', () => {
  const { rules, warnings } = readSensors([
    { name: 'waf.yaml', text: sensor.replace('NvDlpSecurityRule', 'NvWafSecurityRule') },
  ])
  assert.deepEqual(warnings, [])
  assert.ok(rules.length > 0 && rules.every(({ isAttack }) => isAttack === true))
})

test('what NeuVector refuses in a WAF sensor is refused', () => {
  const text = sensor
    .replace('NvDlpSecurityRule', 'NvWafSecurityRule')
    .replaceAll('sensor.patientno', 'sensor.wafdfltnv')
  assert.throws(() => readSensors([{ name: 'waf.yaml', text }]), /reserved by NeuVector/)
})
