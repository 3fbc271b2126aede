import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  emptyPolicy,
  type GroupDefinition,
  type PolicyDefinition,
  type RuleDefinition,
} from '../definition.ts'
import { touchedGroups } from './touched-groups.ts'

const rule = (id: string, from: string, to: string, more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  ...{ id, from, to, tier: 'yaml', priority: 0, applications: [], ports: '', action: 'allow' },
  ...more,
})
const group = (name: string, more: Partial<GroupDefinition> = {}): GroupDefinition => ({
  ...{ name, criteria: [] },
  ...more,
})
const rules = [rule('1', 'web', 'api'), rule('2', 'api', 'db'), rule('3', 'web', 'external')]
const base: PolicyDefinition = {
  ...emptyPolicy,
  rules,
  groups: [group('web'), group('all', { includes: ['db'] })],
}

const rows: [what: string, change: Partial<PolicyDefinition>, touched: string[] | 'all'][] = [
  ['nothing', {}, []],
  ['a rule that comes', { rules: [...rules, rule('4', 'batch', 'db')] }, ['batch', 'db']],
  ['a rule that goes', { rules: rules.slice(1) }, ['api', 'web']],
  ['a rule about others', { rules: [rule('1', 'shop', 'api'), ...rules.slice(1)] }, ['api', 'shop', 'web']],
  ['another order', { rules: rules.toReversed() }, 'all'],
  ['another priority', { rules: [rule('1', 'web', 'api', { priority: 9 }), ...rules.slice(1)] }, 'all'],
  ['another mode', { groups: [group('web', { mode: 'Monitor' })] }, 'all'],
  ['another mode of all', { newServiceMode: 'Protect' }, 'all'],
  [
    'what it inspects',
    { groups: [group('web', { inspection: 'application' }), base.groups[1]] },
    ['api', 'external', 'web'],
  ],
  ['what may run', { groups: [group('web', { profileMode: 'Protect' }), base.groups[1]] }, []],
  ['a group that others include', { groups: [...base.groups, group('db')] }, ['all', 'api', 'db']],
]

test('a change of the policy touches whoever it may be about, and nobody else', () => {
  for (const [what, change, expected] of rows) {
    const touched = touchedGroups(base, { ...base, ...change })
    assert.deepEqual(touched === 'all' ? touched : [...touched].toSorted(), expected, what)
  }
})
