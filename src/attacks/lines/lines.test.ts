import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [value: string, rule: string])[] = [
  ['en\r\nSet-Cookie: a=b', 'lines.header'],
  ['en\nLocation: https://evil.example/', 'lines.header'],
  ['en%0d%0aSet-Cookie:a=b', 'lines.header'],
  ['en\u560d\u560aSet-Cookie:a=b', 'lines.header'],
  ['en\r\n\r\n<script>x()</script>', 'lines.document'],
  ['en\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK', 'lines.response'],
  ['x\r\nGET /admin HTTP/1.1\r\nHost: y', 'lines.response'],
  ['a@example.org\nBcc: b@example.org', 'lines.mail-header'],
  ['a@example.org\r\nRCPT TO: b@example.org', 'lines.mail-command'],
  ['4791\r\nV100 CAPABILITY', 'lines.mail-command'],
]

const harmless: readonly (readonly [value: string, context?: AttackContext])[] = [
  ['two\nlines'],
  ['a list:\n- one\n- two', 'body'],
  ['Hello,\nSubject: see below\nFrom: me to you', 'body'],
  ['100%0 sure'],
  ['Location: Paris', 'body'],
  ['note:\n location of it: Paris'],
]

test('a value that goes on as another line of the protocol is an attack', () => {
  for (const [value, rule] of attacks) {
    assert.ok(isAttack(value), value)
    assert.ok(rulesOf(value).includes(rule), `${value}: ${rulesOf(value).join(' ')}`)
  }
})

test('texts of several lines are none', () => {
  for (const [value, context] of harmless)
    assert.ok(!isAttack(value, context), `${value}: ${rulesOf(value, context).join(' ')}`)
})
