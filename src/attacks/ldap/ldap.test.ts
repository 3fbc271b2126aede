import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from '../fixtures.ts'

test('values that close the filter they stand in are told', () => {
  for (const value of [
    '*)(uid=*',
    'admin)(&)',
    'x)(|(cn=*',
    '*))%00',
    'a*)(objectclass=person',
    'smith)(!(mail=a)',
    '*)(&',
    '*(|(mail=*))',
    'a*(uid=b)',
    '*()|&',
  ])
    assert.ok(
      rulesOf(value).some((rule) => rule.startsWith('ldap.')) && isAttack(value),
      `${value}: ${rulesOf(value).join(' ')}`,
    )
})

test('parentheses in text, code and formulas are none', () => {
  for (const value of [
    'f(x)(y)',
    '(a)(b=1)',
    'f(x) (y=2)',
    'Müller (GmbH)',
    ':-) (see a=b)',
    '2*(3+4)',
    '2*(a)',
    '(*)',
    'a) one (b) two',
  ])
    assert.ok(
      !rulesOf(value).some((rule) => rule.startsWith('ldap.') && rule !== 'ldap.whole-filter'),
      `${value}: ${rulesOf(value).join(' ')}`,
    )
})

test('a whole filter is for those who look closer', () => {
  const filter = '(&(objectclass=person)(uid=7))'
  assert.deepEqual([rulesOf(filter).includes('ldap.whole-filter'), isAttack(filter)], [true, false])
})
