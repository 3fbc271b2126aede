import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from '../fixtures.ts'

test('operators in names of parameters and keys are told', () => {
  for (const [name, rule] of [
    ['login[$ne]', 'nosql.operator'],
    ['$gt', 'nosql.operator'],
    ['user.$regex', 'nosql.operator'],
    ['a[$where]', 'nosql.code'],
  ] as const)
    assert.deepEqual(rulesOf(name, 'query', { role: 'name' }), [rule], name)
  for (const name of ['$ref', '$schema', 'price$', 'a[b]', '$id', '$top', 'x$ne'])
    assert.deepEqual(rulesOf(name, 'query', { role: 'name' }), [], name)
})

test('conditions and code of document databases in values are told', () => {
  for (const value of [
    '{"$ne":null}',
    '{$gt: ""}',
    '{"name":{"$regex":"^a"}}',
    '{"$where":"sleep(50)"}',
    "x' || 1==1 //",
    "x'; return true; var y='",
    "' && this.pin != '",
    "1'; while(true){}",
    "1, $where: '2 == 2'",
    "';a=new Date();do{b=new Date();}while(b-a<3000);",
  ])
    assert.ok(
      rulesOf(value).some((rule) => rule.startsWith('nosql.')) && isAttack(value),
      `${value}: ${rulesOf(value).join(' ')}`,
    )
})

test('prices, templates and talk are none', () => {
  for (const value of [
    '{"$ref":"#/a"}',
    'costs $5 (net)',
    "it's || or ==",
    'In MongoDB, the $ne operator of a query selects the documents where the value is not equal',
    '$eq',
  ])
    assert.ok(
      !rulesOf(value).some((rule) => rule.startsWith('nosql.')),
      `${value}: ${rulesOf(value).join(' ')}`,
    )
})
