import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../../test/support/fuzz-runs.ts'
import { readRuleSet } from '../rule-set.ts'
import type { HttpRequest } from './message.ts'
import { Transaction } from './transaction.ts'

const plain: HttpRequest = {
  method: 'GET',
  target: '/shop/list.php?a=1&b=%3Cx%3E&a=2',
  protocol: 'HTTP/1.1',
  headers: [
    ['Host', 'shop.example'],
    ['Cookie', 'session=abc; theme=dark'],
  ],
  body: '',
  client: { address: '10.0.0.7', port: 40_000 },
  server: { address: '10.0.0.1', port: 80 },
}

const posted = (type: string, body: string): HttpRequest => ({
  ...plain,
  method: 'POST',
  headers: [...plain.headers, ['Content-Type', type]],
  body,
})

function outcome(rules: string, request: HttpRequest = plain) {
  const set = readRuleSet([{ name: 'a.conf', text: rules }])
  assert.deepEqual(set.problems, [])
  const transaction = new Transaction(set, request)
  transaction.request()
  const { matched, refusedBy, isAllowed } = transaction.finish()
  return { matched: matched.map(({ id }) => id).join(), refusedBy: refusedBy?.id, isAllowed }
}

test('variables say what a request is', () => {
  const form = posted('application/x-www-form-urlencoded', 'c=1+2&d')
  const multipart = posted(
    'multipart/form-data; boundary="b"',
    '--b\r\nContent-Disposition: form-data; name="n"\r\n\r\nv\r\n' +
      '--b\r\nContent-Disposition: form-data; name="f"; filename="a.php"\r\nContent-Type: x/y\r\n\r\n<?php\r\n--b--\r\n',
  )
  const json = posted('application/json', '{"a":{"b":["x",{"c":true}]}}')
  const xml = posted('text/xml', '<a x="1&lt;"><b>text</b><![CDATA[<c>]]></a>')
  for (const [targets, operator, request] of [
    ['ARGS:b', '@streq <x>'],
    ['&ARGS:a', '@eq 2'],
    ['&ARGS|!ARGS:a', '@eq 1'],
    ['ARGS_NAMES', '@streq b'],
    ['ARGS_GET:/^B$/', '@streq <x>'],
    ['ARGS_COMBINED_SIZE', '@eq 8'],
    ['REQUEST_COOKIES:theme', '@streq dark'],
    ['REQUEST_HEADERS:host', '@beginsWith shop'],
    ['REQUEST_HEADERS_NAMES', '@streq Cookie'],
    ['REQUEST_FILENAME', '@streq /shop/list.php'],
    ['REQUEST_BASENAME', '@endsWith .php'],
    ['REQUEST_LINE', '@rx ^GET .* HTTP/1.1$'],
    ['REQUEST_URI', '@contains ?a=1'],
    ['QUERY_STRING', '@rx ^a=1'],
    ['REQUEST_METHOD', '@within GET POST'],
    ['REMOTE_ADDR', '@ipMatch 192.168.0.1,10.0.0.0/29'],
    ['SERVER_PORT', '@eq 80'],
    ['ARGS:c', '@streq 1 2', form],
    ['ARGS_POST:d', '@rx ^$', form],
    ['REQUEST_BODY', '@streq c=1+2&d', form],
    ['REQBODY_PROCESSOR', '@streq URLENCODED', form],
    ['ARGS:n', '@streq v', multipart],
    ['FILES:f', '@streq a.php', multipart],
    ['FILES_NAMES', '@streq f', multipart],
    ['FILES_SIZES', '@eq 5', multipart],
    ['MULTIPART_PART_HEADERS:f', '@streq Content-Type: x/y', multipart],
    ['ARGS:json.a.b.array_0', '@streq x', json],
    ['ARGS:json.a.b.array_1.c', '@streq true', json],
    ['XML:/*', '@streq text <c>', xml],
    ['XML://@*', '@streq 1<', xml],
    ['REQBODY_ERROR', '@eq 1', posted('application/json', '{')],
  ] as const)
    assert.equal(
      outcome(`SecRule ${targets} "${operator}" "id:1,phase:2"`, request).matched,
      '1',
      `${targets} ${operator}`,
    )
})

test('chains, markers, scores and what rules change for others', () => {
  for (const [rules, expected] of [
    ['SecRule ARGS "@streq 1" "id:1,chain"\nSecRule MATCHED_VAR_NAME "@streq ARGS:a"', '1'],
    ['SecRule ARGS "@streq 1" "id:1,chain"\nSecRule REQUEST_METHOD "!@streq GET"', ''],
    ['SecAction "id:1,nolog,skipAfter:END"\nSecAction "id:2"\nSecMarker END\nSecAction "id:3"', '3'],
    ['SecAction "id:1,nolog,skip:1"\nSecAction "id:2"\nSecAction "id:3"', '3'],
    [`SecRule ARGS:a "@rx \\d" "id:1,nolog,setvar:'tx.n=+2'"\nSecRule TX:n "@eq 4" "id:2"`, '2'],
    [`SecAction "id:1,nolog,setvar:tx.a=7,setvar:!tx.a"\nSecRule &TX:a "@eq 0" "id:2"`, '2'],
    [
      `SecRule ARGS:b "@rx <(.)" "id:1,nolog,capture,setvar:'tx.seen=%{tx.1}'"\nSecRule TX:SEEN "@streq x" "id:2"`,
      '2',
    ],
    ['SecAction "id:1,phase:1,nolog,ctl:ruleRemoveById=2-3"\nSecAction "id:2"\nSecAction "id:4"', '4'],
    ['SecAction "id:1,phase:1,nolog,ctl:ruleRemoveTargetById=2;ARGS:b"\nSecRule ARGS "<" "id:2"', ''],
    ['SecAction "id:1,phase:1,nolog,ctl:ruleRemoveTargetByTag=t;ARGS:b"\nSecRule ARGS "<" "id:2,tag:t"', ''],
    ['SecAction "id:1,nolog,ctl:ruleEngine=Off"\nSecAction "id:2"', ''],
    ['SecRule REQUEST_URI "@contains <x>" "id:1,t:urlDecode"\nSecRule REQUEST_URI "@contains <" "id:2"', '1'],
    ['SecRule REQUEST_URI "@contains %3C" "id:1,t:urlDecode,multiMatch"', '1'],
    ['SecRule ARGS "@pm q <X" "id:1"', '1'],
    ['SecRule ARGS:b "@detectXSS" "id:1"\nSecRule ARGS:a "@detectSQLi" "id:2"', ''],
    ['SecRule REQUEST_HEADERS:Host "@rx ^%{tx.hosts}$" "id:1"', ''],
    [
      `SecAction "id:1,phase:1,nolog,setvar:tx.hosts=a|shop.example"\nSecRule REQUEST_HEADERS:Host "@rx ^(?:%{tx.hosts})$" "id:2"`,
      '2',
    ],
  ])
    assert.equal(outcome(rules).matched, expected, rules)
})

test('what would be refused is, once; what is allowed is asked no more', () => {
  const deny =
    'SecRule ARGS:a "@eq 1" "id:1,phase:1,deny"\nSecAction "id:2,phase:2"\nSecAction "id:3,phase:5"'
  assert.deepEqual(outcome(deny), { matched: '1,3', refusedBy: 1, isAllowed: false })
  assert.deepEqual(outcome(`SecRuleEngine DetectionOnly\n${deny}`), {
    matched: '1,2,3',
    refusedBy: 1,
    isAllowed: false,
  })
  assert.deepEqual(outcome(`SecRuleEngine Off\n${deny}`), {
    matched: '',
    refusedBy: undefined,
    isAllowed: false,
  })
  const allow = `SecAction "id:9,phase:1,allow,nolog"\n${deny}`
  assert.deepEqual(outcome(allow), { matched: '3', refusedBy: undefined, isAllowed: true })
  const block = 'SecDefaultAction "phase:2,deny"\nSecAction "id:4,phase:2,block"'
  assert.equal(outcome(block).refusedBy, 4)
  assert.equal(outcome('SecAction "id:4,phase:2,block"').refusedBy, undefined)
})

test('no request makes it throw', () => {
  const rules = readRuleSet([
    {
      name: 'a.conf',
      text:
        `SecRule ARGS|ARGS_NAMES|XML:/*|FILES|MULTIPART_PART_HEADERS|REQUEST_COOKIES "@rx (a)" "id:1,capture,t:urlDecodeUni,t:jsDecode,` +
        `t:htmlEntityDecode,t:cssDecode,setvar:'tx.%{MATCHED_VAR_NAME}=+%{MATCHED_VAR}'"\n` +
        'SecRule TX "@rx ." "id:2,chain"\nSecRule MATCHED_VARS "@detectSQLi" "t:normalizePath,t:cmdLine"',
    },
  ])
  const text = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
  const telling = fc
    .array(
      fc.constantFrom('a', '=', '&', '{', '"', ':', '}', '<', '>', '--b', '\r\n', '%', ';', 'name="', '['),
      {
        maxLength: 30,
      },
    )
    .map((all) => all.join(''))
  const any = fc.oneof(text, telling)
  const types = fc.constantFrom(
    'application/json',
    'text/xml',
    'multipart/form-data; boundary=b',
    'application/x-www-form-urlencoded',
  )
  fc.assert(
    fc.property(any, any, any, types, (target, cookie, body, type) => {
      const transaction = new Transaction(rules, {
        ...posted(type, body),
        target,
        headers: [
          ['Cookie', cookie],
          ['Content-Type', type],
        ],
      })
      transaction.request()
      transaction.finish()
    }),
    { numRuns: fuzzRuns },
  )
})
