import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { limits as attackLimits } from '../limits.ts'
import { RequestScore } from '../request-score.ts'
import type { HttpRequest } from '../seclang/transaction/message.ts'
import { type Message, MessageBuffers } from './buffers.ts'
import { SignatureJudge } from './judge.ts'
import { readSignatureSet } from './signature-set.ts'

const nobody = { address: '192.0.2.1', port: 40_000 }

function request(change: Partial<HttpRequest> = {}): Message {
  const headers = [
    ['Host', 'shop.example:8080'],
    ['User-Agent', 'curl/8.1'],
    ['X-A', 'b'],
  ] as const
  const head = { method: 'POST', target: '/cgi-bin/%74est.cgi?id=1', protocol: 'HTTP/1.1', headers }
  return {
    application: 'http',
    request: { ...head, body: 'abc one two three', client: nobody, server: nobody, ...change },
  }
}

const rulesOf = (options: string, head = 'alert http any any -> any any') =>
  readSignatureSet([{ name: 'r.rules', text: `${head} (msg:"m"; ${options} sid:7; rev:1;)` }])

function isMatch(options: string, message = request(), head?: string): boolean {
  const set = rulesOf(options, head)
  assert.deepEqual(set.problems, [], options)
  let found = false
  set.match(new MessageBuffers(message), 80, () => (found = true))
  return found
}

const one = 'http.request_body; content:"one";'
const rows: [options: string, is: boolean][] = [
  ['http.uri; content:"/cgi-bin/test.cgi";', true],
  ['http.uri.raw; content:"/cgi-bin/test.cgi";', false],
  ['http.uri; content:"/CGI-BIN/"; nocase;', true],
  ['http.uri; content:"/CGI-BIN/";', false],
  ['content:"/cgi-bin/"; http_uri; content:"curl"; http_user_agent;', true],
  ['content:"/cgi-bin/"; http_uri; content:"wget"; http_user_agent;', false],
  ['uricontent:"test.cgi";', true],
  ['uricontent:"TEST.cgi"; nocase;', true],
  ['content:"CGI-bin"; http_uri; nocase; content:"TEST"; http_uri; nocase; distance:1; within:4;', true],
  ['content:"CGI-bin"; http_uri; nocase; content:"TEST"; http_uri; distance:1; within:4;', false],
  [
    'http.method; content:"POST"; http.uri; content:"id="; http.host; content:"shop.example"; endswith;',
    true,
  ],
  ['http.host; content:"example"; startswith;', false],
  ['http.header; content:"X-A|3a 20|b|0d 0a|";', true],
  ['http.header_names; content:"|0d 0a|User-Agent|0d 0a|"; content:!"|0d 0a|Referer|0d 0a|";', true],
  ['http.user_agent; content:"curl"; bsize:8;', true],
  ['http.user_agent; content:"curl"; bsize:<8;', false],
  ['http.uri; urilen:>5; content:"id=";', true],
  ['http.uri; content:"id="; offset:17; depth:5;', true],
  ['http.uri; content:"id="; depth:5;', false],
  [`${one} content:"two"; distance:1; within:3;`, true],
  [`${one} content:"two"; distance:2;`, false],
  [`${one} content:"three"; distance:0; within:4;`, false],
  // The first place does not do: the second is tried.
  ['http.request_body; content:"t"; content:"hree"; distance:0; within:4;', true],
  [`${one} content:!"four"; distance:0;`, true],
  [`${one} content:!"two"; distance:0; within:5;`, false],
  [`${one} isdataat:9,relative;`, true],
  [`${one} isdataat:!20,relative;`, true],
  [`${one} isdataat:20,relative;`, false],
  ['http.request_body; pcre:"/t(wo|en) th/i";', true],
  [`${one} pcre:"/^ two/R";`, true],
  [`${one} pcre:"/^two/R";`, false],
  ['pcre:"/TEST\\.cgi/Ui";', true],
  ['http.request_body; pcre:!"/four/"; content:"abc";', true],
  ['http.request_body; to_uppercase; content:"ONE TWO";', true],
  ['http.request_body; strip_whitespace; content:"onetwothree";', true],
  ['http.cookie; content:"a";', false],
  [
    'flow:established,to_server; http.uri; content:"test"; classtype:web-application-attack; reference:cve,2021-1;',
    true,
  ],
]
for (const [options, is] of rows)
  test(`${is ? 'matches' : 'does not match'}: ${options}`, () => assert.equal(isMatch(options), is))

test('questions and hellos have the name that is asked for', () => {
  const head = (protocol: string) => `alert ${protocol} $HOME_NET any -> any any`
  const dns: Message = { application: 'dns', name: 'x.bad.example' }
  assert.ok(isMatch('dns.query; content:".BAD.example"; nocase; endswith;', dns, head('dns')))
  assert.ok(isMatch('dns_query; dotprefix; content:".x.bad";', dns, head('dns')))
  assert.ok(!isMatch('dns.query; content:"bad.example"; startswith;', dns, head('udp')))
  assert.ok(
    isMatch('tls.sni; content:"bad.example";', { application: 'tls', name: 'bad.example' }, head('tls')),
  )
  assert.ok(!isMatch('tls.sni; content:"bad.example";', dns, head('tls')))
})

test('ports are those of the server', () => {
  const at = (ports: string) =>
    isMatch('http.uri; content:"test";', request(), `alert http any any -> any ${ports}`)
  assert.deepEqual(
    ['80', '[80,443]', '79:81', '!80', '[1:100,!80]', '443', '$HTTP_PORTS', '![443,8080]'].map(at),
    [true, true, true, false, false, false, true, true],
  )
})

const refused: [rule: string, why: RegExp][] = [
  ['alert tcp any any -> any any (content:"a"; sid:1;)', /not at a buffer that is known here/],
  ['alert http any any -> any any (flow:to_client; http.uri; content:"a"; sid:1;)', /what servers say/],
  [
    'alert http any any -> any any (http.response_body; content:"a"; sid:1;)',
    /http\.response_body is not known here/,
  ],
  [
    'alert http any any -> any any (http.uri; content:"a"; flowbits:set,x; sid:1;)',
    /flowbits is not known here/,
  ],
  ['alert http 10.0.0.1 any -> any any (http.uri; content:"a"; sid:1;)', /it is for the address 10\.0\.0\.1/],
  ['pass http any any -> any any (http.uri; content:"a"; sid:1;)', /the action pass/],
  ['alert smb any any -> any any (content:"a"; sid:1;)', /the protocol smb/],
  ['alert http any any -> any any (http.uri; content:"|4|"; sid:1;)', /no hexadecimal/],
  ['alert http any any -> any any (http.uri; content:"a"; depth:b; sid:1;)', /depth: b is no number/],
  ['alert http any any -> any any (http.uri; content:"a";)', /no sid/],
  ['alert http any any -> any any (msg:"a"; sid:1;)', /looks for no content/],
  ['alert http any any (sid:1;)', /does not begin with/],
  ['alert http any any -> any any (http.uri; pcre:"/a(/"; sid:1;)', /its pattern/],
  [
    'alert http any any -> any any (http.uri; pcre:"/a/"; content:"b"; distance:0; sid:1;)',
    /where a pattern ended/,
  ],
  [
    'alert http any any -> any any (http.uri; content:"a"; dns.query; content:"b"; sid:1;)',
    /different protocols/,
  ],
]
test('a rule that cannot be done is left out, with its line and the reason', () => {
  const text = `# rules\n\n${refused.map(([rule]) => rule).join('\n')}\n`
  const { problems, count } = readSignatureSet([{ name: 'r.rules', text }])
  assert.equal(count, 0)
  assert.equal(problems.length, refused.length)
  for (const [i, [rule, why]] of refused.entries()) {
    assert.match(problems[i].message, why, rule)
    assert.equal(problems[i].line, i + 3)
  }
})

test('a match is an attack with the rule as its reason; what is only unusual counts from strictness 2', () => {
  const reasonsAt = (options: string, strictness: 1 | 2) => {
    const judge = new SignatureJudge(rulesOf(`http.uri; content:"test"; ${options}`))
    const score = new RequestScore(strictness)
    judge.judge(request(), { source: '1', target: '2', port: 80 }, 0, score)
    return score.reasons()
  }
  const whole = [{ class: 'known-exploit', rule: 'suricata.7', weight: attackLimits.threshold, what: 'm' }]
  assert.deepEqual(reasonsAt('classtype:web-application-attack;', 1), whole)
  assert.deepEqual(reasonsAt('classtype:policy-violation;', 1), [])
  assert.deepEqual(reasonsAt('classtype:policy-violation;', 2), whole)
  assert.deepEqual(reasonsAt('priority:3;', 1), [])
})

const thresholds: [option: string, told: string][] = [
  ['threshold: type limit, track by_src, count 2, seconds 60;', '110000'],
  ['threshold: type threshold, track by_src, count 2, seconds 60;', '010101'],
  ['threshold: type both, track by_src, count 3, seconds 60;', '001000'],
  ['detection_filter: track by_src, count 4, seconds 60;', '000011'],
]
for (const [option, told] of thresholds)
  test(`tells of it as ${option} says`, () => {
    const judge = new SignatureJudge(rulesOf(`http.uri; content:"test"; ${option}`))
    const ask = (source: string, now: number) => {
      const score = new RequestScore(1)
      judge.judge(request(), { source, target: 'b', port: 80 }, now * 1_000_000, score)
      return score.isAttack ? '1' : '0'
    }
    assert.equal(Array.from({ length: 6 }, (_, i) => ask('a', i)).join(''), told)
    assert.equal(ask('c', 6), told[0], 'another source is counted apart')
    assert.equal(ask('a', 100), told[0], 'and another time')
  })

test('rules that share a literal and lie on several lines are all found, however many there are', () => {
  const text = Array.from(
    { length: 4_000 },
    (_, i) => `alert http any any -> any any (http.uri; \\\n content:"/path-number-${i}/"; sid:${i + 1};)`,
  ).join('\n')
  const set = readSignatureSet([{ name: 'many.rules', text }])
  const found: number[] = []
  set.match(new MessageBuffers(request({ target: '/path-number-3/path-number-3999/' })), 80, ({ sid }) =>
    found.push(sid),
  )
  assert.deepEqual(
    found.toSorted((a, b) => a - b),
    [4, 4_000],
  )
  assert.equal(set.alwaysAsked, 0)
})

test('a body that has a content everywhere takes a bounded number of looks', () => {
  const chain =
    'content:"aa"; ' + 'content:"aa"; distance:0; '.repeat(12) + 'content:"ab"; distance:0; within:2;'
  const set = rulesOf(`http.request_body; ${chain}`)
  let found = false
  set.match(new MessageBuffers(request({ body: 'a'.repeat(100_000) })), 80, () => (found = true))
  assert.deepEqual([found, set.gaveUp], [false, 1])
})

test('no rule and no message makes it throw', () => {
  const words = [
    'alert http any any -> any any (',
    'content:"',
    '|41 |',
    'http.uri;',
    ';',
    ')',
    'pcre:"/(a+)+$/";',
    '\\',
    'sid:1;',
    'distance:-5;',
    'within:1;',
    '\n',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words)), fc.string({ unit: 'binary' }), (parts, body) => {
      const set = readSignatureSet([{ name: 'f', text: parts.join('') }])
      set.match(new MessageBuffers(request({ body, target: body })), 80, () => undefined)
    }),
    { numRuns: fuzzRuns },
  )
})
