import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { parseAddress } from '../../lib/ip.ts'
import type { Workload } from '../../model/workload.ts'
import {
  emptyPolicy,
  type GroupDefinition,
  type PolicyDefinition,
  type RuleDefinition,
} from '../definition.ts'
import type { Policy } from '../policy.ts'
import { applicationNumber } from '../rules/applications.ts'
import { TransportCode } from '../rules/transport.ts'
import { effectOf, rankOf, type Verdict } from '../verdict.ts'
import { LivePolicy } from './live-policy.ts'

const http = applicationNumber('HTTP')

function workload(id: string, service: string, change: Partial<Workload> = {}): Workload {
  return {
    id,
    runtime: 'docker',
    name: id,
    image: null,
    labels: {},
    service,
    namespace: 'clinic',
    pid: 1,
    netns: Number(id.slice(1)),
    netnsPath: null,
    hostNetwork: false,
    addresses: [`10.0.0.${id.slice(1)}`],
    startedAt: '2026-01-01T00:00:00.000Z',
    ...change,
  }
}

function rule(id: string, change: Partial<RuleDefinition> = {}): RuleDefinition {
  const ends = { from: 'nv.web.clinic', to: 'nv.api.clinic' }
  return { id, tier: 'yaml', priority: 0, ...ends, applications: [], ports: '', action: 'allow', ...change }
}

const running = [workload('w1', 'web'), workload('w2', 'api'), workload('w3', 'db')]

/** What is decided between all that runs, told by rules instead of ranks. */
function decisions(policy: Policy, peers: readonly number[]): string[] {
  const told = (verdict: Verdict) => `${effectOf(verdict)} ${policy.ruleAt(rankOf(verdict))?.id ?? '-'}`
  return peers.flatMap((from) =>
    peers.flatMap((to) =>
      [80, 443].map((port) => told(policy.decide(from, to, TransportCode.tcp, port, http))),
    ),
  )
}

const groupNames = ['nv.web.clinic', 'nv.api.clinic', 'nv.db.clinic']
const someGroup: fc.Arbitrary<GroupDefinition> = fc.record({
  name: fc.constantFrom(...groupNames),
  criteria: fc.constant([]),
  mode: fc.constantFrom('Discover', 'Monitor', 'Protect'),
})
const someRule = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    tier: fc.constantFrom('federal' as const, 'yaml' as const, 'learned' as const),
    priority: fc.constantFrom(0, 0, 9),
    from: fc.constantFrom(...groupNames, 'containers'),
    to: fc.constantFrom(...groupNames, 'containers', 'external'),
    ports: fc.constantFrom('', 'tcp/80', 'tcp/443'),
    action: fc.constantFrom('allow' as const, 'deny' as const),
  })
  .map((given) => rule(given.id, given))
const someDefinition: fc.Arbitrary<PolicyDefinition> = fc.record({
  groups: fc.uniqueArray(someGroup, { selector: ({ name }) => name }),
  rules: fc.uniqueArray(someRule, { selector: ({ id }) => id }),
  processors: fc.constant([]),
  newServiceMode: fc.constantFrom('Discover', 'Protect'),
  strictGroupMode: fc.boolean(),
})

test('whatever one definition becomes another by, what is decided is what the last one says', () => {
  fc.assert(
    fc.property(fc.array(someDefinition, { minLength: 1, maxLength: 5 }), (definitions) => {
      const live = new LivePolicy(emptyPolicy)
      for (const each of running) live.started(each, 'node-1')
      for (const definition of definitions) {
        live.define(definition)
        const anew = new LivePolicy(definition)
        for (const each of running) anew.started(each, 'node-1')
        const peersOf = (policy: LivePolicy) => running.map(({ id }) => policy.peerOfWorkload(id))
        assert.deepEqual(decisions(live.policy, peersOf(live)), decisions(anew.policy, peersOf(anew)))
      }
    }),
    { numRuns: fuzzRuns * 2 },
  )
})

test('a policy that is replaced makes numbers of peers void, and keeps who runs', () => {
  const live = new LivePolicy(emptyPolicy)
  live.started(running[0], 'node-1')
  const { generation } = live
  live.define({ ...emptyPolicy, newServiceMode: 'Protect' })
  assert.ok(live.generation > generation)
  assert.equal(live.policy.modeOfPeer(live.peerOfWorkload('w1')), 'Protect')
})

test('rules alone that come behind the others keep numbers of peers', () => {
  const live = new LivePolicy({ ...emptyPolicy, rules: [rule('a')] })
  live.started(running[0], 'node-1')
  const { generation } = live
  live.define({ ...emptyPolicy, rules: [rule('a'), rule('b', { action: 'deny' })] })
  assert.equal(live.generation, generation)
})

const at = (live: LivePolicy, address: string) =>
  live.policy.groupsOfPeer(live.peerAt(address, parseAddress(address)))

test('an address is that of the workload that has it, as long as it runs', () => {
  const live = new LivePolicy(emptyPolicy)
  live.started(running[0], 'node-1')
  assert.ok(at(live, '10.0.0.1').includes('nv.web.clinic'))
  live.started({ ...running[0], addresses: ['10.0.0.9'] }, 'node-1')
  assert.deepEqual(at(live, '10.0.0.1'), ['external', 'fed.external'])
  assert.ok(at(live, '10.0.0.9').includes('nv.web.clinic'))
  live.stopped('w1')
  assert.deepEqual(at(live, '10.0.0.9'), ['external', 'fed.external'])
  assert.equal(live.peerOfWorkload('w1'), -1)
})

test('an address that two networks use is nobody’s; containers of one pod share theirs', () => {
  const live = new LivePolicy(emptyPolicy)
  live.started(workload('w1', 'web', { netns: 1, addresses: ['10.0.0.1'] }), 'node-1')
  live.started(workload('w2', 'proxy', { netns: 1, addresses: ['10.0.0.1'] }), 'node-1')
  assert.equal(live.workloadAt('10.0.0.1')?.id, 'w1')
  const joined = { netns: 1, addresses: ['10.0.0.1'], startedAt: '2025-12-31T23:59:59Z' }
  live.started(workload('w5', 'first', joined), 'node-1')
  assert.equal(live.workloadAt('10.0.0.1')?.id, 'w5', 'the one that others joined stands for them')
  live.started(workload('w3', 'web', { netns: 3, addresses: ['10.0.0.1'] }), 'node-1')
  assert.equal(live.workloadAt('10.0.0.1'), undefined)
  live.started(workload('w4', 'host', { hostNetwork: true, addresses: ['10.0.0.4'] }), 'node-1')
  assert.equal(live.workloadAt('10.0.0.4'), undefined)
})
