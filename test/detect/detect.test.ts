import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pavise-detect-'))
after(() => rmSync(folder, { recursive: true }))

const IBAN = 'DE89370400440532013000'
const EMAIL = 'jane.doe@clinic-example.org'

interface Found {
  document?: number
  identifier: string
  start: number
  end: number
  field: string
  masked: string
}

function detect(input: string | Buffer, ...options: string[]) {
  const run = spawnSync(process.execPath, [launcher, 'detect', ...options], {
    input,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr }
}

function findings(stdout: string): Found[] {
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Found)
}

/** Each holds both values; offsets are in bytes, so something wider than a byte stands in front. */
const documents: [format: string, text: string, fields: [iban: string, email: string]][] = [
  [
    'json',
    `{"größe":"Öst 5","payee":{"iban":"${IBAN}","mail":["${EMAIL}"]}}`,
    ['$.payee.iban', '$.payee.mail[]'],
  ],
  ['xml', `<a><née/><iban>${IBAN}</iban><mail>${EMAIL}</mail></a>`, ['/a/iban', '/a/mail']],
  ['csv', `ort;iban;mail\nKöln;${IBAN};${EMAIL}\n`, ['iban', 'mail']],
  ['form', `ort=K%C3%B6ln&iban=${IBAN}&mail=${EMAIL.replace('@', '%40')}`, ['iban', 'mail']],
  ['sql', `INSERT INTO p (ort, iban, mail) VALUES ('Köln', '${IBAN}', '${EMAIL}')`, ['iban', 'mail']],
]

for (const [format, text, [ibanField, emailField]] of documents) {
  test(`${format} is recognised, and values are found at their bytes under their fields`, () => {
    const { status, stdout } = detect(text, '--json')
    assert.equal(status, 1)
    const bytes = Buffer.from(text)
    const found = findings(stdout).map(({ identifier, start, end, field }) => ({
      identifier,
      value: decodeURIComponent(bytes.toString('utf8', start, end)),
      field,
    }))
    assert.deepEqual(found, [
      { identifier: 'iban', value: IBAN, field: ibanField },
      { identifier: 'email', value: EMAIL, field: emailField },
    ])
  })
}

test('no output holds the value itself', () => {
  const text = `account ${IBAN}, write to ${EMAIL}`
  for (const options of [[], ['--json']]) {
    const { stdout, stderr } = detect(text, ...options)
    for (const value of [IBAN, EMAIL]) assert.ok(!`${stdout}${stderr}`.includes(value))
    assert.match(stdout, /DE89\*/)
  }
})

test('a document without any ends with 0, and says how it was read', () => {
  const { status, stdout } = detect('nothing to see, order 4711')
  assert.equal(status, 0)
  assert.match(stdout, /No personal data found \(read as text\)/)
})

test('what was found may be no failure', () => {
  assert.equal(detect(IBAN, '--fail-on', 'none').status, 0)
})

test('documents are told apart by their line, from 0', () => {
  const file = join(folder, 'documents.jsonl')
  writeFileSync(file, `${JSON.stringify({ text: 'nothing' })}\n${JSON.stringify({ text: IBAN })}\n`)
  const { status, stdout } = detect('', '--documents', file, '--json')
  assert.equal(status, 1)
  assert.deepEqual(
    findings(stdout).map(({ document, identifier, start, end }) => ({ document, identifier, start, end })),
    [{ document: 1, identifier: 'iban', start: 0, end: IBAN.length }],
  )
})

test('documents that are attacks are told with class, score and reasons, whole requests too', () => {
  const file = join(folder, 'attacks.jsonl')
  const attack = "x' or 2=2 -- "
  const lines = [
    { text: attack, context: 'query' },
    { text: 'nothing', context: 'query' },
    { method: 'GET', uri: `/find?name=${encodeURIComponent(attack)}`, headers: [['Host', 'a']], body: '' },
    {
      method: 'POST',
      uri: '/',
      headers: [['Content-Type', 'application/json']],
      body: '{"a":"<script>alert(7)</script>"}',
    },
    { method: 'GET', uri: '/find?name=Ann', headers: [['Host', 'a']], body: '' },
  ]
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const { status, stdout } = detect('', '--documents', file, '--json')
  assert.equal(status, 1)
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; document: number; class: string; score: number })
  assert.deepEqual(
    found.map((record) => [record.type, record.document, record.class, record.score >= 5]),
    [
      ['attack', 0, 'sql-injection', true],
      ['attack', 2, 'sql-injection', true],
      ['attack', 3, 'cross-site-scripting', true],
    ],
  )
})

const mistakes: [name: string, options: string[], says: RegExp][] = [
  ['a file that is not there', [join(folder, 'absent')], /absent cannot be read.*no such file/],
  [
    'documents that are not',
    ['--documents', 'bad'],
    /bad, line 2: not a JSON object with a string in "text"/,
  ],
  ['a format that does not exist', ['--format', 'wav'], /wav/],
]

for (const [name, options, says] of mistakes) {
  test(`${name} is a usage error that says where`, () => {
    writeFileSync(join(folder, 'bad'), '{"text":"a"}\n[1]\n')
    const given = options.map((option) => (option === 'bad' ? join(folder, 'bad') : option))
    const { status, stderr } = detect('', ...given)
    assert.equal(status, 2)
    assert.match(stderr, says)
  })
}

test('bytes that are no text are read without complaint', () => {
  const { status } = detect(Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]))
  assert.equal(status, 0)
})
