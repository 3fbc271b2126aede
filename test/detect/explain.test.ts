import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

const CARD = '4111111111111111'
const WRONG = '4111111111111112'
const SSN = '274901186'
const text = `Öst: my card ${CARD}\norder number: ${CARD}\npan: ${WRONG}\nssn: ${SSN}\n`

function detect(input: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'detect', ...options], {
    ...{ input, encoding: 'utf8', timeout: 30_000 },
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

const holdsNoValue = (output: string) => {
  for (const value of [CARD, WRONG, SSN]) assert.ok(!output.includes(value), output)
}

test('the report has place, name, category, field, masked sample and confidence', () => {
  const { status, stdout } = detect(`{"payment":{"pan":"${CARD}"}}`)
  assert.equal(status, 1)
  assert.match(stdout, /^PLACE +PERSONAL DATA +CATEGORY +FIELD +SAMPLE +SURE$/m)
  assert.match(stdout, /1:20 +Payment card number +financial +\$\.payment\.pan +\*{12}1111 +0\.99/)
  holdsNoValue(stdout)
})

test('--explain says what told, where, and how sure that makes it', () => {
  const { status, stdout } = detect(text, '--explain')
  assert.equal(status, 1)
  assert.match(stdout, /^1:14 {2}\*{12}1111 {2}Payment card number \(payment-card, financial\)$/m)
  assert.match(stdout, /written as +16 digits/)
  assert.match(stdout, /check +passed: ISO\/IEC 7812-1 \(Luhn/)
  assert.match(stdout, /word near by +"card" stands at 1:9/)
  assert.match(stdout, /label +the label before it says "ssn", which speaks for it/)
  assert.match(
    stdout,
    /confidence +-2\.2 form {2}\+4\.0 label {2}= \+1\.8, which is 0\.858; reported from 0\.50/,
  )
  holdsNoValue(stdout)
})

test('--explain with --json adds the terms of the sum to each record', () => {
  const { stdout } = detect(text, '--explain', '--json')
  const [first] = stdout.split('\n').map((line) => line && JSON.parse(line))
  assert.equal(first.type, 'personal-data')
  assert.deepEqual(
    first.explanation.terms.map(({ because }: { because: string }) => because),
    ['form', 'context-word'],
  )
  holdsNoValue(stdout)
})

test('--why-not says for each place what spoke against a value, without repeating it', () => {
  const unsure = detect(text, '--why-not', CARD)
  assert.equal(unsure.status, 0)
  assert.match(unsure.stdout, /at 2:15[^]*Not sure enough:\n +Payment card number \(payment-card\)/)
  assert.match(unsure.stdout, /"order number", "order", which speaks against it/)
  const wrong = detect(text, '--why-not', WRONG)
  assert.match(
    wrong.stdout,
    /the checksum or another rule says no:\n +Payment card number \(payment-card\): ISO/,
  )
  for (const { stdout, stderr } of [unsure, wrong]) holdsNoValue(stdout + stderr)
})

test('--why-not with --json is one record for each recogniser that came near', () => {
  const { stdout } = detect(text, '--why-not', WRONG, '--json')
  const records = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const card = records.find(({ identifier }) => identifier === 'payment-card')
  assert.deepEqual([card.type, card.why, card.start], ['why-not', 'check-failed', text.indexOf(WRONG) + 1])
  holdsNoValue(stdout)
})

test('a value that is not in the document is a usage error that does not repeat it', () => {
  const { status, stdout, stderr } = detect('nothing', '--why-not', CARD)
  assert.equal(status, 2)
  assert.match(stderr, /value-absent: The value does not stand in the document/)
  holdsNoValue(stdout + stderr)
})
