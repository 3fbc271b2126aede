import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContentFormat } from '../../model/content-format.ts'
import { exploitRule } from '../exploits/exploit.ts'
import { exploits } from '../exploits/table.ts'
import { limits } from '../limits.ts'
import { RequestJudge } from './request-judge.ts'
import { sampleOf } from './sample.ts'

const attack = "x' or 2=2 -- "

/** Rule, context and field of what was found first. */
function firstFound(judgeIt: (judge: RequestJudge) => void): string {
  const judge = new RequestJudge(1)
  judgeIt(judge)
  const [verdict] = judge.score.verdicts()
  if (verdict === undefined) return 'nothing'
  const at = judge.score.placeOf(verdict)
  return `${verdict.reasons[0].rule} ${at?.context} ${at?.field}`.trim()
}

function bodyFound(format: ContentFormat, text: string): string {
  return firstFound((judge) => {
    const bytes = Buffer.from(`~~${text}~~`)
    judge.body(format, bytes, 2, bytes.length - 2)
  })
}

test('values are found in every place of a request, and named', () => {
  const encoded = encodeURIComponent(attack)
  const found = (read: 'path' | 'query' | 'headers' | 'statement', text: string) =>
    firstFound((judge) => judge[read](Buffer.from(`~${text}~`), 1, text.length + 1))
  assert.equal(found('query', `page=2&sort=${encoded}`), 'sql.tautology query sort')
  assert.equal(found('query', `page=2&sort=${encoded.replaceAll('%20', '+')}&x`), 'sql.tautology query sort')
  assert.equal(found('query', encoded), 'sql.tautology query')
  assert.equal(found('path', `/items/${encoded}/view`), 'sql.tautology path')
  assert.equal(found('headers', `Host: a\r\nX-Client:  ${attack}z\r\n\r\n`), 'sql.tautology header x-client')
  assert.equal(found('headers', `Cookie: a=1; track=${encoded}\r\n`), 'sql.tautology cookie track')
})

test('values are found in bodies of every structure', () => {
  for (const [format, text, expected] of [
    ['form', `a=1&name=${encodeURIComponent(attack)}`, 'sql.tautology body name'],
    ['json', `{"a":1,"name":"${attack}"}`, 'sql.tautology body name'],
    ['json', '{"name":["x\\u0027 or 2=2 -- "]}', 'sql.tautology body name'],
    ['json', String.raw`{"q":"{\"id\":\"x' or 2=2 -- \"}"}`, 'sql.tautology body q'],
    ['xml', `<a><b>${attack}</b></a>`, 'sql.tautology body'],
    ['xml', `<a b="${attack}"/>`, 'sql.tautology body'],
    ['text', attack, 'sql.tautology body'],
    [
      'multipart',
      `--b\r\nContent-Disposition: form-data; name="Note"\r\n\r\n${attack}\r\n--b--\r\n`,
      'sql.tautology body note',
    ],
    ['json', '{"__proto__":{"admin":true}}', 'deserialization.prototype body'],
    ['json', '{"name":"__main__"}', 'nothing'],
    ['binary', attack, 'nothing'],
    ['form', '', 'nothing'],
    ['json', '{"a":"', 'nothing'],
    ['multipart', '--b', 'nothing'],
  ] as const)
    assert.equal(bodyFound(format, text), expected, `${format}: ${text}`)
})

test('a text that is itself a form or JSON has its values judged', () => {
  for (const text of [
    `id=7&note=${encodeURIComponent(attack)}`,
    'login[$ne]=1',
    '[$ne]=1',
    '{"a":{"$gt":""}}',
    `{"n":"${attack}"}`,
  ])
    assert.notEqual(
      firstFound((judge) => judge.text(text, 'query')),
      'nothing',
      text,
    )
})

test('weak reasons of several values add up to one score, and clearing forgets them', () => {
  const judge = new RequestJudge(1)
  const query = Buffer.from(`a=${encodeURIComponent(attack)}&b=${encodeURIComponent(attack)}`)
  judge.query(query, 0, query.length)
  assert.equal(judge.score.reasons().filter(({ rule }) => rule === 'sql.tautology').length, 1)
  judge.score.clear()
  assert.deepEqual(judge.score.verdicts(), [])
})

test('a value known to be harmless is so only in the place where it was judged', () => {
  const judge = new RequestJudge(1)
  const query = (text: string) => judge.query(Buffer.from(text), 0, text.length)
  for (let i = 0; i < 3; i++) query("name=O'Brien")
  assert.equal(judge.score.isAttack, false)
  query(`name=${encodeURIComponent(attack)}`)
  assert.equal(judge.score.isAttack, true)
})

test('what the head of a request tells is found by target and by headers, whatever heads came before', () => {
  const judge = new RequestJudge(1)
  const rulesOfHead = (target: string, ...lines: string[]): string[] => {
    const head = Buffer.from(lines.map((line) => `${line}\r\n`).join(''))
    judge.score.clear()
    judge.headers(head, 0, head.length)
    judge.head('GET', Buffer.from(`~${target}~`), 1, target.length + 1)
    return judge.score.reasons().map(({ rule }) => rule)
  }
  const plain = ['Host: shop.example', 'Accept: */*']
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(rulesOfHead('/', ...plain), [])
    assert.deepEqual(rulesOfHead('/x?a=1&CMD=whoami', ...plain), ['webshell.command'])
    assert.deepEqual(rulesOfHead('/x?a=1&b=cmd&whoami', ...plain), [])
    assert.deepEqual(rulesOfHead('/', ...plain, 'X-Middleware-Subrequest: 1'), ['exploit.cve-2025-29927'])
    assert.deepEqual(rulesOfHead('/'), [])
  }
  for (const { exploit, rule } of headExploits()) {
    const { target = [], header } = exploit
    const lines = header === undefined ? plain : [...plain, `${header[0].toUpperCase()}: ${header[1]}x`]
    if (exploit.method === undefined || exploit.method === 'GET')
      assert.ok(rulesOfHead(`/${target.join('x').toUpperCase()}`, ...lines).includes(rule), rule)
  }
})

function headExploits() {
  return exploits
    .filter(({ value }) => value === undefined)
    .map((exploit) => ({ exploit, rule: exploitRule(exploit).id }))
}

test('what stands across two windows of a long value is found, and what lies behind the last is counted', () => {
  const padded = (before: number) => `${'a'.repeat(before)} ${attack}`
  for (const before of [limits.windowBytes - 8, 3 * limits.windowBytes])
    assert.match(bodyFound('text', padded(before)), /^sql\./, `${before}`)
  const judge = new RequestJudge(1)
  const body = Buffer.alloc((limits.windows + 1) * limits.windowBytes, 'a ')
  judge.body('text', body, 0, body.length)
  assert.ok(judge.unjudgedBytes > 0)
})

test('a sample shows what was tried and no value', () => {
  for (const [text, sample] of [
    ["Meier' OR 7=7", "****' OR *=*"],
    ['1 union select iban from clients', '* union select **** from ****'],
    ['<script>alert("Anna")</script>', '<script>alert("****")</script>'],
    ['é\tÄ', '* *'],
    ['x'.repeat(limits.sampleCharacters + 1), '****…'],
  ])
    assert.equal(sampleOf(text), sample)
})
