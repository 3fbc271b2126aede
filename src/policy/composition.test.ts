import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composePolicy, defaultSettings, type PolicyParts } from './composition.ts'
import { emptyPolicy, type RuleDefinition } from './definition.ts'

function rule(id: string, change: Partial<RuleDefinition> = {}): RuleDefinition {
  const ends = { from: 'nv.a.x', to: 'nv.b.x' }
  return {
    id,
    tier: 'learned',
    priority: 0,
    ...ends,
    applications: ['HTTP', 'SSL'],
    ports: '',
    action: 'allow',
    ...change,
  }
}

const compose = (parts: Partial<PolicyParts>) =>
  composePolicy({
    declared: emptyPolicy,
    modes: {},
    settings: defaultSettings,
    learned: { groups: [], rules: [] },
    ...parts,
  })

const declared: [why: string, rule: Partial<RuleDefinition>, isLeftOut: boolean][] = [
  ['the same', {}, true],
  ['as NeuVector writes any port', { ports: 'any' }, true],
  ['in another order and case', { applications: ['ssl', 'http'] }, true],
  ['of another port', { ports: 'tcp/80' }, false],
  ['of any application', { applications: ['any'] }, false],
  ['that denies', { action: 'deny' }, false],
  ['that requires something', { requirements: { encryption: {} } }, false],
  ['of others', { to: 'nv.c.x' }, false],
]
for (const [why, change, isLeftOut] of declared) {
  test(`a learned rule beside a declared one, ${why}: ${isLeftOut ? 'left out' : 'kept'}`, () => {
    const policy = { ...emptyPolicy, rules: [rule('said', { tier: 'yaml', ...change })] }
    const { rules } = compose({ declared: policy, learned: { groups: [], rules: [rule('learned')] } })
    assert.deepEqual(
      rules.map(({ id }) => id),
      isLeftOut ? ['said'] : ['said', 'learned'],
    )
  })
}

test('given modes go before declared ones, and make groups of their own', () => {
  const group = { name: 'nv.a.x', criteria: [], mode: 'Discover' as const, profileMode: 'Monitor' as const }
  const { groups } = compose({
    declared: { ...emptyPolicy, groups: [group] },
    modes: {
      'nv.a.x': { network: { mode: 'Protect', since: 1 } },
      'nv.c.x': { profile: { mode: 'Monitor', since: 1 } },
    },
  })
  assert.deepEqual(groups, [
    { ...group, mode: 'Protect' },
    { name: 'nv.c.x', criteria: [], profileMode: 'Monitor' },
  ])
})

test('a learned group gives way to a declared one of its name', () => {
  const of = (value: string) => ({ name: 'host.x', criteria: [{ key: 'address', op: '=' as const, value }] })
  const { groups } = compose({
    declared: { ...emptyPolicy, groups: [of('192.0.2.1')] },
    learned: { groups: [of('x')], rules: [] },
  })
  assert.deepEqual(groups, [of('192.0.2.1')])
})

test('a learned rule of a group that is gone is left out', () => {
  const lab = { name: 'lab', criteria: [{ key: 'address', op: '=' as const, value: '192.0.2.1' }] }
  const learned = { groups: [], rules: [rule('a', { to: 'lab' }), rule('b', { to: 'external' })] }
  const ids = (groups: readonly (typeof lab)[]) =>
    compose({ declared: { ...emptyPolicy, groups }, learned }).rules.map(({ id }) => id)
  assert.deepEqual(ids([lab]), ['a', 'b'])
  assert.deepEqual(ids([]), ['b'])
})
