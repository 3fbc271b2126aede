import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Workload } from '../../model/workload.ts'
import { emptyPolicy } from '../definition.ts'
import { policyLimits } from '../limits.ts'
import { Policy } from '../policy.ts'
import { nodeSubject, workloadSubject } from './subject.ts'

const workload: Workload = {
  id: 'docker:1',
  runtime: 'docker',
  name: 'api-1',
  image: 'clinic/api:3',
  labels: { image: 'forged', address: '10.0.0.1', colour: 'red' },
  service: 'team/api',
  namespace: 'clinic',
  pid: 1,
  netns: 1,
  netnsPath: null,
  hostNetwork: false,
  addresses: [],
  startedAt: '2026-01-01T00:00:00.000Z',
}

const members: [key: string, value: string, expected: boolean][] = [
  ['image', 'clinic/api:3', true],
  ['image', 'forged', false],
  ['container', 'api-?', true],
  ['node', 'worker-1', true],
  ['domain', 'clinic', true],
  ['namespace', 'clinic', true],
  ['service', 'team:api.clinic', true],
  ['colour', 'red', true],
  ['ns:tier', 'gold', true],
  ['tier', 'gold', false],
]
for (const [key, value, expected] of members) {
  test(`a workload is ${expected ? '' : 'not '}of ${key} = ${value}`, () => {
    const policy = new Policy({
      ...emptyPolicy,
      groups: [{ name: 'g', criteria: [{ key, op: '=', value }] }],
    })
    policy.addSubject(workloadSubject(workload, 'worker-1', { tier: 'gold' }))
    assert.equal(policy.groupsOfPeer(policy.peerOfSubject('docker:1')).includes('g'), expected)
  })
}

test('a workload is learned as its service and namespace, and leaves its groups when it goes', () => {
  const policy = new Policy(emptyPolicy)
  policy.addSubject(workloadSubject(workload, 'worker-1'))
  assert.deepEqual(policy.groupsOfPeer(policy.peerOfSubject('docker:1')), [
    'containers',
    'fed.containers',
    'nv.team:api.clinic',
  ])
  policy.removeSubject('docker:1')
  assert.equal(policy.peerOfSubject('docker:1'), -1)
})

test('a node is of the nodes and of no containers', () => {
  const policy = new Policy({
    ...emptyPolicy,
    groups: [{ name: 'g', criteria: [{ key: 'colour', op: '!=', value: 'red' }] }],
  })
  policy.addSubject(nodeSubject('worker-1'))
  assert.deepEqual(policy.groupsOfPeer(policy.peerOfSubject('node:worker-1')), ['nodes', 'fed.nodes'])
})

test('an address of a cluster service has no workloads, whatever its criteria say', () => {
  const criteria = [{ key: 'domain', op: '=' as const, value: 'clinic' }]
  const policy = new Policy({ ...emptyPolicy, groups: [{ name: 'nv.ip.web', criteria }] })
  policy.addSubject(workloadSubject(workload, 'worker-1'))
  assert.ok(!policy.groupsOfPeer(policy.peerOfSubject('docker:1')).includes('nv.ip.web'))
})

test('services that come and go without end take no more than there are, and those that stay keep their groups', () => {
  const policy = new Policy(emptyPolicy)
  policy.addSubject(workloadSubject(workload, 'worker-1'))
  const passing = (i: number) => ({
    id: 'passing',
    kind: 'workload' as const,
    attributes: new Map(),
    learnedGroup: `nv.job-${i}.batch`,
  })
  let highest = 0
  for (let i = 0; i < policyLimits.peerClasses + 1000; i++) {
    policy.addSubject(passing(i))
    highest = Math.max(highest, policy.peerOfSubject('passing'))
  }
  assert.ok(highest <= policyLimits.peerClasses + 10)
  assert.equal(policy.generation, 1)
  assert.ok(policy.groupsOfPeer(policy.peerOfSubject('docker:1')).includes('nv.team:api.clinic'))
})
