import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Criterion, emptyPolicy, type PolicyDefinition } from './definition.ts'
import { policyProblems } from './policy-problems.ts'

function criterion(text: string): Criterion {
  const [key, op, value = ''] = text.split(' ')
  return { key, op: op as Criterion['op'], value }
}

function withGroup(name: string, ...criteria: string[]): PolicyDefinition {
  return { ...emptyPolicy, groups: [{ name, criteria: criteria.map(criterion) }] }
}

function withRule(part: Partial<PolicyDefinition['rules'][number]>): PolicyDefinition {
  const rule = {
    id: 'r',
    tier: 'yaml',
    priority: 0,
    from: 'containers',
    to: 'external',
    applications: [],
    ports: '',
    action: 'allow',
  } as const
  return { ...emptyPolicy, rules: [{ ...rule, ...part }] }
}

const refused: [why: string, policy: PolicyDefinition, part: string][] = [
  ['a name that begins with a dot', withGroup('.x', 'image = a'), 'name'],
  ['a group of a user without criteria', withGroup('mine'), 'criteria'],
  ['an operator that is none', withGroup('g', 'image ~ a'), 'criteria.0.op'],
  ['an address with another operator than =', withGroup('g', 'address != 10.0.0.1'), 'criteria.0.op'],
  ['an address that is none', withGroup('g', 'address = 10.0.0.300'), 'criteria.0.value'],
  ['address beside other keys', withGroup('g', 'address = 10.0.0.1', 'image = a'), 'criteria.1.key'],
  ['an expression that is none', withGroup('g', 'image regex (a'), 'criteria.0.value'],
  ['^ beside a wildcard', withGroup('g', 'image = ^a*'), 'criteria.0.value'],
  ['an empty value of contains', withGroup('g', 'image contains '), 'criteria.0.value'],
  ['a key that no label can have', withGroup('g', '-x = a'), 'criteria.0.key'],
  ['criteria of nodes', withGroup('nodes', 'image = a'), 'criteria'],
  ['criteria of external', withGroup('external', 'address = 10.0.0.1'), 'criteria'],
  ['other criteria of containers', withGroup('containers', 'image = *'), 'criteria'],
  ['a label of a learned group', withGroup('nv.a.b', 'service = a.b', 'colour = red'), 'criteria.1'],
  ['a learned group without its service', withGroup('nv.a.b', 'domain = b'), 'criteria'],
  ['another service than the name says', withGroup('nv.a.b', 'service = a.c'), 'criteria.0.value'],
  [
    'a mode of a custom group',
    { ...emptyPolicy, groups: [{ name: 'g', criteria: [criterion('image = a')], mode: 'Protect' }] },
    'mode',
  ],
  ['a group that is not there', withRule({ to: 'nowhere' }), 'to'],
  ['ports that cannot be read', withRule({ ports: 'tcp/http' }), 'ports'],
  ['an application of no name', withRule({ applications: ['HTTP', 'gopher'] }), 'applications'],
  ['a priority out of bounds', withRule({ priority: 101 }), 'priority'],
  [
    'a name that is there twice',
    {
      ...emptyPolicy,
      groups: [...withGroup('g', 'image = a').groups, ...withGroup('g', 'image = b').groups],
    },
    'name',
  ],
]
for (const [why, policy, part] of refused) {
  test(`told: ${why}`, () => {
    assert.deepEqual(
      policyProblems(policy).map((problem) => problem.part),
      [part],
    )
  })
}

const taken: [what: string, policy: PolicyDefinition][] = [
  ['containers with container = *', withGroup('containers', 'container = *')],
  ['a learned group with service and domain', withGroup('nv.a.b', 'service = a.b', 'domain = b')],
  ['a service with a slash, which its name cannot have', withGroup('nv.a:x.b', 'service = a/x.b')],
  ['an empty value of =', withGroup('g', 'colour = ')],
  [
    'IPv6, a range, a name, a wildcard and a virtual host',
    withGroup(
      'g',
      'address = 2001:db8::/32',
      'address = 10.0.0.1-10.0.0.9',
      'address = a.example',
      'address = *.b.example',
      'address = vh:c.example',
    ),
  ],
  ['applications in any case', withRule({ applications: ['postgresql', 'ANY'] })],
  ['a learned group that nobody defined', withRule({ from: 'nv.later.ns' })],
]
for (const [what, policy] of taken) {
  test(`taken: ${what}`, () => assert.deepEqual(policyProblems(policy), []))
}
