import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectConnection, segmentsOf } from '../../test/support/inspected-connection.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import type { RuleContext, RuleDefinition } from '../personal-data/custom/definition.ts'
import { RuleSet } from '../personal-data/custom/rule-set.ts'
import { usSsn } from '../personal-data/recognisers/us/us-ssn.ts'

type Written = readonly [expression: string, context: RuleContext, isNegated?: boolean]

function rule(name: string, ...patterns: readonly Written[]): RuleDefinition {
  return {
    ...{ id: name, sensor: 'sensor.test', rule: name, comment: '', category: 'identity' },
    patterns: patterns.map(([expression, context, isNegated = false]) => ({
      expression,
      isNegated,
      context,
    })),
  }
}

const rules = new RuleSet([
  rule('url-and-body', ['/patients', 'url'], [String.raw`\bPAT-\d{8}\b`, 'body']),
  rule('all-three', ['/records', 'url'], ['X-Role: guest', 'header'], ['salary', 'body']),
  rule('anywhere', ['alpha', 'packet'], ['omega', 'packet']),
  rule('unless-told', ['secret', 'body'], ['X-Reason', 'header', true]),
  rule('unless-signed', ['Bearer', 'header'], ['signature', 'body', true]),
  rule('alone', ['forbidden', 'packet']),
])
const detector = compileRecognisers([usSsn], undefined, { rules })

interface Request {
  target?: string
  headers?: readonly string[]
  type?: string
  body?: string
}

function written({ target = '/', headers = [], type = 'text/plain', body = '' }: Request): string {
  const all = ['Host: a', ...headers, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`]
  return `POST ${target} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${body}`
}

const form = 'application/x-www-form-urlencoded'

const cases: [name: string, requests: Request[], found: string[]][] = [
  ['parts of one request', [{ target: '/patients/7', body: 'PAT-12345678' }], ['url-and-body http.body 1']],
  ['parts of two requests', [{ target: '/patients/7' }, { body: 'PAT-12345678' }], []],
  [
    'three parts, the last in a field of JSON',
    [
      { target: '/x', headers: ['X-Role: guest'], body: 'salary' },
      {
        target: '/records',
        headers: ['X-Role: guest'],
        type: 'application/json',
        body: '{"a":"salary"}',
      },
    ],
    ['all-three http.body $.a 1'],
  ],
  ['values of one form', [{ type: form, body: 'a=alpha&b=x&c=omega' }], ['anywhere http.form c 1']],
  [
    'a query and a header',
    [{ target: '/?q=omega', headers: ['X-A: alpha'] }],
    ['anywhere http.header x-a 1'],
  ],
  ['one part', [{ body: 'alpha then omega, omega and omega' }], ['anywhere http.body 1']],
  ['each of two requests', [{ body: 'alpha omega' }, { body: 'omega alpha' }], ['anywhere http.body 2']],
  ['what must not stand in another part does not', [{ body: 'secret' }], ['unless-told http.body 1']],
  ['what must not stand in another part does', [{ headers: ['X-Reason: audit'], body: 'secret' }], []],
  ['what must not stand in a part behind does', [{ headers: ['A: Bearer x'], body: 'signature' }], []],
  [
    'what must not stand in a part behind stands in the next request',
    [{ headers: ['A: Bearer x'] }, { body: 'signature' }],
    ['unless-signed http.header a 1'],
  ],
  [
    'rules of one pattern at each match',
    [{ target: '/forbidden', body: 'forbidden and forbidden' }],
    ['alone http.body 2', 'alone http.target 1'],
  ],
]

for (const [name, requests, found] of cases) {
  test(`patterns of a rule are looked for in all of a request, and in no other: ${name}`, () => {
    const bytes = Buffer.from(requests.map(written).join(''))
    for (const size of [1, 9, 64, 1400]) {
      const { findings } = inspectConnection(detector, segmentsOf(bytes, size), 80)
      const told = findings.map(({ identifier, field, count }) => `${identifier} ${field} ${count}`)
      assert.deepEqual(told.toSorted(), found, `segments of ${size}`)
    }
  })
}

test('what a request that breaks off has of a rule is told when it is over', () => {
  const bytes = Buffer.from('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nsecret ')
  const { findings } = inspectConnection(detector, [bytes], 80)
  assert.deepEqual(
    findings.map(({ identifier }) => identifier),
    ['unless-told'],
  )
})
