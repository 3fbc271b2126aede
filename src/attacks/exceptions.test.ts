import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttackException } from '../model/attack-exception.ts'
import { AttackExceptions, type FoundRule } from './exceptions.ts'

test('an exception covers the rules, paths and parameters that it names, until its last day is over', () => {
  const exception: AttackException = {
    ...{ name: 'search', owner: 'shop', until: '2027-02-28', rules: ['sql.*', 'xss.script'] },
    ...{ path: '/search*', parameter: 'Q', place: 'query' },
  }
  const found: FoundRule = {
    rule: { id: 'sql.tautology' },
    ...{ context: 'query', field: 'q', path: '/search/all', now: Date.parse('2027-02-28T23:59:59Z') * 1000 },
    isOf: (groups) => groups.includes('nv.shop.default'),
  }
  const covers = (change: Partial<AttackException>, asked: Partial<FoundRule> = {}) => {
    const exceptions = new AttackExceptions()
    exceptions.replace([{ ...exception, ...change }])
    return exceptions.cover({ ...found, ...asked })
  }
  assert.ok(covers({}))
  assert.ok(covers({ rules: ['*'] }))
  assert.ok(covers({ groups: ['nv.shop.default', 'nv.forum.default'] }))
  assert.ok(!covers({ groups: ['nv.forum.default'] }))
  for (const asked of [
    { rule: { id: 'xss.scripts' } },
    { context: 'body' },
    { context: undefined },
    { field: 'page' },
    { path: '/find' },
    { now: Date.parse('2027-03-01T00:00:00Z') * 1000 },
  ] as const)
    assert.ok(!covers({}, asked), JSON.stringify(asked))
  assert.ok(!new AttackExceptions().cover(found))
})
