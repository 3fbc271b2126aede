import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readRuleSet } from '../../src/attacks/seclang/rule-set.ts'
import { Direction } from '../../src/model/direction.ts'
import type { AttackRecord } from '../../src/model/records.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { builtInDetector } from '../support/built-in-detector.ts'
import { inspectTurns } from '../support/inspected-connection.ts'
import { pavise } from '../support/pavise-command.ts'

/* Rules in SecLang on traffic, and the OWASP Core Rule Set as Debian has it. */

const rules = `
SecRule REQUEST_METHOD|REQUEST_HEADERS:X-Reader|ARGS:shelf|ARGS_POST:book "@pm lost" \\
  "id:100,phase:2,deny,msg:'A book is lost: %{MATCHED_VAR}',severity:WARNING,tag:'attack-lfi',t:lowercase"`

suite('rules in SecLang', () => {
  const secLang = readRuleSet([{ name: 'rules.conf', text: rules }])
  const attacksOf = (...pieces: string[]) =>
    inspectTurns(
      builtInDetector,
      pieces.map((piece) => [Direction.toServer, Buffer.from(piece, 'latin1')]),
      80,
      { secLang },
    ).attacks
  const told = ({ class: attackClass, score, reasons }: AttackRecord) =>
    `${attackClass} ${score} ${reasons.map(({ rule, what }) => `${rule}: ${what}`).join()}`

  for (const [where, pieces] of [
    ['a header', ['GET /a HTTP/1.1\r\nHost: b\r\nX-Reader: Lost\r\n\r\n']],
    ['a query, in pieces', ['GET /a?shelf=%4c', 'ost HTTP/1.1\r\nHost: b\r\n\r\n']],
    [
      'a body, chunked',
      [
        'POST /a HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n',
        '7\r\nbook=lo\r\n2\r\nst\r\n0\r\n\r\n',
      ],
    ],
  ] as const)
    test(`see ${where}`, () => {
      assert.deepEqual(attacksOf(...pieces).map(told), ['path-traversal 5 seclang.100: A book is lost: …'])
    })

  test('say nothing of other requests', () => {
    assert.deepEqual(attacksOf('GET /lost?shelf=found HTTP/1.1\r\nHost: b\r\n\r\n'), [])
  })

  test('are checked: what is left out is told with its line', async (t) => {
    const folder = temporaryFolder(t)
    mkdirSync(join(folder, 'rules'))
    writeFileSync(join(folder, 'rules/own.conf'), `${rules}\nSecRule SHELF "a" "id:2"\n`)
    const { code, output } = await pavise('seclang', 'check', folder)
    assert.equal(code, 1)
    assert.match(
      output,
      /own\.conf:4: left out: the variable SHELF is not known here\nRules: 1\. Directives that are left out: 1;/,
    )
    const { code: absent, errors } = await pavise('seclang', 'check', join(folder, 'none'))
    assert.equal(absent, 2)
    assert.match(errors, /cannot be read[^]*\.conf/)
  })
})

const setup = '/etc/modsecurity/crs/crs-setup.conf'
const coreRuleSet = '/usr/share/modsecurity-crs/rules'
const skip = existsSync(setup) ? false : 'the OWASP Core Rule Set is not installed (Debian: modsecurity-crs)'

test('the Core Rule Set is read whole, refuses what is an attack, and says why', { skip }, async (t) => {
  const checked = await pavise('seclang', 'check', '--json', setup, coreRuleSet)
  assert.equal(checked.code, 0, checked.output)
  assert.ok((JSON.parse(checked.output) as { rules: number }).rules > 500)
  const headers = [
    ['Host', 'shop.example'],
    ['User-Agent', 'Mozilla/5.0'],
    ['Accept', '*/*'],
  ]
  const documents = [
    { uri: '/list?page=2&sort=name' },
    { uri: '/list?page=1%27%20or%20%271%27=%271' },
    { uri: '/list?file=../../../../etc/passwd' },
    { uri: '/list?q=%3Cscript%3Ealert(1)%3C/script%3E' },
  ].map((request) => JSON.stringify({ method: 'GET', body: '', headers, ...request }))
  const file = join(temporaryFolder(t), 'requests.jsonl')
  writeFileSync(file, documents.join('\n'))
  const { output } = await pavise(
    'detect',
    '--json',
    '--documents',
    file,
    '--seclang',
    setup,
    '--seclang',
    coreRuleSet,
  )
  const found = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AttackRecord & { document: number })
  const rulesOf = (document: number) =>
    found
      .filter((attack) => attack.document === document)
      .flatMap(({ reasons }) => reasons.map(({ rule }) => rule))
  assert.deepEqual(rulesOf(0), [])
  for (const [document, rule] of [
    [1, 'seclang.942100'],
    [2, 'seclang.930100'],
    [3, 'seclang.941100'],
  ] as const)
    assert.ok(rulesOf(document).includes(rule), `${rule} of ${rulesOf(document).join()}`)
})
