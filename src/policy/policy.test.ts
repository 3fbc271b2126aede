import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { parseAddress } from '../lib/ip.ts'
import {
  type Criterion,
  emptyPolicy,
  type GroupDefinition,
  type PolicyDefinition,
  type RuleDefinition,
} from './definition.ts'
import type { Subject } from './groups/subject.ts'
import { Policy } from './policy.ts'
import { policyProblems } from './policy-problems.ts'
import { decidingRule, groupsOf, type ReferenceFlow, type ReferencePeer } from './reference-fixtures.ts'
import { applicationNumber, applicationPending } from './rules/applications.ts'
import type { ConnectionFacts } from './rules/requirements.ts'
import { transportCode } from './rules/transport.ts'
import { effectOf, rankOf } from './verdict.ts'

const services = ['api.clinic', 'web.clinic', 'db.clinic', 'job.lab']
const labels = ['', 'red', 'reddish', 'blue', 'x9']
const hosts = ['a.lab.example', 'b.a.lab.example', 'lab.example', 'other.example']
const addresses = ['192.0.2.1', '192.0.2.77', '198.51.100.9', '10.0.0.255', '10.0.1.0']
const applications = ['HTTP', 'SSL', 'Redis', 'unheard-of']

const labelCriterion: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record({
    key: fc.constantFrom('colour', 'service'),
    op: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constantFrom(...labels, ...services, 'r*', '?ed', '*.clinic', '*'),
  }),
  fc.record({
    key: fc.constantFrom('colour', 'domain'),
    op: fc.constantFrom('contains' as const, 'prefix' as const),
    value: fc.constantFrom('re', 'blue', 'cli', 'd'),
  }),
  fc.record({
    key: fc.constantFrom('colour', 'service'),
    op: fc.constantFrom('regex' as const, '!regex' as const),
    value: fc.constantFrom('^re?d$', '(web|api)', 'l[ui]', '[a-c]+x?9?$', 'x\\d{1,2}', '.{5,}'),
  }),
)
const addressCriterion: fc.Arbitrary<Criterion> = fc.record({
  key: fc.constant('address'),
  op: fc.constant('=' as const),
  value: fc.constantFrom(
    ...addresses,
    '192.0.2.0/24',
    '0.0.0.0/0',
    '10.0.0.0/23',
    '10.0.0.200-10.0.1.0',
    'lab.example',
    '*.lab.example',
    'vh:a.lab.example',
    'vh:*.lab.example',
  ),
})
const criteria = fc.oneof(
  fc.array(labelCriterion, { minLength: 1, maxLength: 4 }),
  fc.array(addressCriterion, { minLength: 1, maxLength: 3 }),
)
const group = (name: string): fc.Arbitrary<GroupDefinition> =>
  fc.record({ name: fc.constant(name), criteria })
const groupNames = ['one', 'two', 'three', 'four']
const peerNames = [...groupNames, 'containers', 'external', ...services.map((name) => `nv.${name}`)]

const rule: fc.Arbitrary<Omit<RuleDefinition, 'id'>> = fc.record({
  tier: fc.constantFrom('federal', 'yaml', 'user', 'learned'),
  priority: fc.constantFrom(0, 0, 50, 100),
  from: fc.constantFrom(...peerNames),
  to: fc.constantFrom(...peerNames),
  applications: fc.subarray(applications.slice(0, 3)),
  ports: fc.constantFrom('', 'any', 'tcp/80', 'udp/53', 'tcp/1-443,udp/any', '8080,tcp/79-81', 'tcp/any'),
  action: fc.constantFrom('allow', 'deny'),
})
const requirements: fc.Arbitrary<RuleDefinition['requirements']> = fc.constantFrom(
  { encryption: {} },
  { encryption: { minimumTlsVersion: 'TLSv1.2' } },
  { personalData: { allowed: ['health'] } },
  { personalData: { forbidden: ['health'] } },
)
const anyRule = fc.oneof(
  rule,
  fc
    .tuple(rule, requirements)
    .map(([each, asked]) =>
      asked === undefined ? each : { ...each, action: 'allow' as const, requirements: asked },
    ),
)
const policyDefinition: fc.Arbitrary<PolicyDefinition> = fc
  .tuple(fc.tuple(...groupNames.map(group)), fc.array(anyRule, { maxLength: 12 }))
  .map(([groups, rules]) => ({
    ...emptyPolicy,
    groups,
    rules: rules.map((each, i) => ({ id: `r${i}`, ...each })),
  }))

const workload: fc.Arbitrary<ReferencePeer> = fc
  .tuple(fc.constantFrom(...services), fc.constantFrom(...labels))
  .map(([service, colour]) => ({
    kind: 'workload',
    attributes: { service, colour, domain: service.slice(service.indexOf('.') + 1) },
    address: '',
  }))
const external: fc.Arbitrary<ReferencePeer> = fc
  .tuple(
    fc.constantFrom(...addresses),
    fc.option(fc.constantFrom(...hosts)),
    fc.option(fc.constantFrom(...hosts)),
  )
  .map(([address, dns, virtualHost]) => ({
    kind: 'external',
    attributes: {},
    address,
    ...(dns === null ? {} : { dns }),
    ...(virtualHost === null ? {} : { virtualHost }),
  }))
const peer = fc.oneof(workload, external)
const flow: fc.Arbitrary<ReferenceFlow> = fc.record({
  from: peer,
  to: peer,
  transport: fc.constantFrom('tcp', 'udp'),
  port: fc.constantFrom(0, 53, 78, 79, 80, 81, 443, 444, 8080, 65_535),
  application: fc.constantFrom(undefined, ...applications),
})

function subjectOf({ attributes }: ReferencePeer, id: string): Subject {
  return {
    id,
    kind: 'workload',
    attributes: new Map(Object.entries(attributes)),
    learnedGroup: `nv.${attributes.service}`,
  }
}

function numberOfPeer(policy: Policy, each: ReferencePeer, id: string): number {
  if (each.kind === 'workload') {
    policy.addSubject(subjectOf(each, id))
    return policy.peerOfSubject(id)
  }
  const { dns, virtualHost } = each
  return policy.peerOfAddress(parseAddress(each.address), {
    ...(dns === undefined ? {} : { dns: ['unrelated.example', dns] }),
    ...(virtualHost === undefined ? {} : { virtualHost }),
  })
}

function decisionOf(policy: Policy, { from, to, transport, port, application }: ReferenceFlow) {
  const [a, b] = [numberOfPeer(policy, from, 'from'), numberOfPeer(policy, to, 'to')]
  const number = application === undefined ? applicationPending : applicationNumber(application)
  const verdict = policy.decide(a, b, transportCode(transport), port, number)
  const facts: ConnectionFacts = { encryption: 'none', categories: ['health', 'contact'] }
  const question = { from: a, to: b, transport: transportCode(transport), port, application, facts }
  const explanation = policy.explain(question)
  assert.equal(explanation.outcome, policy.outcome(question))
  return { verdict, explanation, groups: [policy.groupsOfPeer(a), policy.groupsOfPeer(b)] }
}

test('a verdict and its explanation are what reading all criteria and rules one by one comes to', () => {
  fc.assert(
    fc.property(policyDefinition, fc.array(flow, { minLength: 1, maxLength: 8 }), (definition, flows) => {
      const policy = new Policy(definition)
      assert.deepEqual(policyProblems(definition), [])
      for (const each of flows) {
        const { verdict, explanation, groups } = decisionOf(policy, each)
        const expected = decidingRule(definition, each)
        assert.deepEqual(
          groups.map((names) => new Set(names)),
          [groupsOf(definition, each.from), groupsOf(definition, each.to)],
        )
        const decided =
          effectOf(verdict) === 'await-application' ? 'pending' : policy.ruleAt(rankOf(verdict))?.id
        assert.equal(decided, expected)
        if (expected === 'pending') assert.equal(explanation.outcome, 'pending')
        else assert.equal(explanation.decidedBy?.rule.id, expected)
        const { requirements: asked } = policy.ruleAt(rankOf(verdict)) ?? {}
        if (asked === undefined) assert.equal(explanation.effect, effectOf(verdict))
        else assert.equal(effectOf(verdict), 'check-requirements')
      }
    }),
    { numRuns: fuzzRuns * 3 },
  )
})

test('a policy that was changed in steps decides as one that was made at once', () => {
  const change = fc.record({
    added: fc.array(anyRule, { maxLength: 3 }),
    removed: fc.array(fc.nat(14), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(
      policyDefinition,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.array(flow, { minLength: 1, maxLength: 6 }),
      fc.array(group('two'), { maxLength: 1 }),
      (definition, changes, flows, groups) => {
        const policy = new Policy(definition)
        let rules = [...definition.rules]
        for (const each of flows) decisionOf(policy, each)
        for (const [i, { added, removed }] of changes.entries()) {
          const removedRules = removed.map((number) => `r${number}`)
          const named = added.map((each, j) => ({ id: `c${i}.${j}`, ...each }))
          policy.change({ removedRules, rules: named })
          rules = [...rules.filter(({ id }) => !removedRules.includes(id)), ...named]
        }
        policy.change({ groups })
        const final = definition.groups.map((each) => groups.find(({ name }) => name === each.name) ?? each)
        for (const each of flows) {
          const { verdict } = decisionOf(policy, each)
          const expected = decidingRule({ ...definition, groups: final, rules }, each)
          const decided =
            effectOf(verdict) === 'await-application' ? 'pending' : policy.ruleAt(rankOf(verdict))?.id
          assert.equal(decided, expected)
        }
      },
    ),
    { numRuns: fuzzRuns * 3 },
  )
})

const clinic: PolicyDefinition = {
  ...emptyPolicy,
  groups: [
    { name: 'nv.api.clinic', criteria: [], mode: 'Protect' },
    { name: 'nv.web.clinic', criteria: [], mode: 'Monitor' },
    { name: 'nv.db.clinic', criteria: [], mode: 'Protect' },
    { name: 'lab', criteria: [{ key: 'address', op: '=', value: '192.0.2.0/24' }] },
  ],
  rules: [
    allow('web-api', 'nv.web.clinic', 'nv.api.clinic', 'tcp/80', ['HTTP']),
    allow('api-db', 'nv.api.clinic', 'nv.db.clinic', 'tcp/5432', ['PostgreSQL']),
    { ...allow('no-telnet', 'containers', 'external', 'tcp/23', []), action: 'deny' },
  ],
}

function allow(id: string, from: string, to: string, ports: string, names: string[]): RuleDefinition {
  return { id, tier: 'yaml', priority: 0, from, to, ports, applications: names, action: 'allow' }
}

const cases: [
  behaviour: string,
  from: string,
  to: string,
  port: number,
  application: string | undefined,
  effect: string,
][] = [
  ['what a rule allows passes', 'nv.api.clinic', 'nv.db.clinic', 5432, 'PostgreSQL', 'pass'],
  ['an application is waited for', 'nv.api.clinic', 'nv.db.clinic', 5432, undefined, 'await-application'],
  ['another application is blocked', 'nv.api.clinic', 'nv.db.clinic', 5432, 'SSH', 'block'],
  [
    'another port is blocked before the application is known',
    'nv.api.clinic',
    'nv.db.clinic',
    22,
    undefined,
    'block',
  ],
  [
    'the least restrictive mode of both counts',
    'nv.web.clinic',
    'nv.db.clinic',
    5432,
    'PostgreSQL',
    'report',
  ],
  [
    'what nobody spoke of is learned in Discover',
    'nv.new.clinic',
    'nv.db.clinic',
    5432,
    'PostgreSQL',
    'learn',
  ],
  ['what is denied is only reported in Discover', 'nv.new.clinic', 'external', 23, undefined, 'report'],
  ['a partner has no mode: that of the workload counts', 'nv.api.clinic', 'external', 443, 'SSL', 'block'],
]

for (const [behaviour, from, to, port, application, effect] of cases) {
  test(behaviour, () => {
    const policy = new Policy(clinic)
    const [a, b] = [from, to].map((name) =>
      policy.peerOfGroups(name === 'external' ? [name] : [name, 'containers']),
    )
    const number = application === undefined ? applicationPending : applicationNumber(application)
    assert.equal(effectOf(policy.decide(a, b, transportCode('tcp'), port, number)), effect)
  })
}

test('with strictGroupMode the most restrictive mode of both counts', () => {
  const policy = new Policy({ ...clinic, strictGroupMode: true })
  const [a, b] = [['nv.web.clinic'], ['nv.db.clinic']].map((names) => policy.peerOfGroups(names))
  assert.equal(effectOf(policy.decide(a, b, transportCode('tcp'), 22, applicationNumber('SSH'))), 'block')
})

test('a mode that is set counts from the next verdict on, and peers keep their numbers', () => {
  const policy = new Policy(clinic)
  const [a, b] = [['nv.web.clinic'], ['nv.db.clinic']].map((names) => policy.peerOfGroups(names))
  policy.setMode('nv.web.clinic', 'Protect')
  assert.equal(effectOf(policy.decide(a, b, transportCode('tcp'), 22, applicationNumber('SSH'))), 'block')
  assert.equal(policy.generation, 0)
})

test('a denial names the rule that allows what comes nearest, and what of it does not hold', () => {
  const policy = new Policy(clinic)
  const explanation = policy.explain({
    from: policy.peerOfGroups(['nv.web.clinic']),
    to: policy.peerOfGroups(['nv.api.clinic']),
    transport: transportCode('tcp'),
    port: 8080,
    application: 'HTTP',
    facts: { encryption: 'none', categories: [] },
  })
  assert.equal(explanation.outcome, 'denied')
  assert.equal(explanation.decidedBy, undefined)
  assert.equal(explanation.nearest?.rule.id, 'web-api')
  assert.deepEqual(
    explanation.nearest?.checks.map(({ criterion, wanted, seen, check }) => [criterion, wanted, seen, check]),
    [
      ['from', 'nv.web.clinic', 'nv.web.clinic', 'met'],
      ['to', 'nv.api.clinic', 'nv.api.clinic', 'met'],
      ['port', 'tcp/80', 'tcp/8080', 'unmet'],
      ['application', 'HTTP', 'HTTP', 'met'],
    ],
  )
})

test('a processor is a group of its addresses and of the members of its groups', () => {
  const policy = new Policy({
    ...clinic,
    processors: [
      {
        name: 'acme',
        displayName: 'Acme',
        role: 'processor',
        country: 'DE',
        categories: [],
        addresses: ['2001:db8::/32'],
        groups: ['lab'],
      },
    ],
  })
  const groupsAt = (address: string) => policy.groupsOfPeer(policy.peerOfAddress(parseAddress(address)))
  assert.ok(groupsAt('2001:db8:1::1').includes('processor/acme'))
  assert.ok(groupsAt('192.0.2.9').includes('processor/acme'))
  assert.ok(!groupsAt('192.0.3.9').includes('processor/acme'))
})
