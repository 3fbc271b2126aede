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
import { LivePolicy } from '../live/live-policy.ts'
import { applicationNames, applicationNumber, applicationUnknown } from '../rules/applications.ts'
import { TransportCode } from '../rules/transport.ts'
import { type Effect, effectOf } from '../verdict.ts'
import { KernelPolicy, type KernelView } from './kernel-policy.ts'
import type { KernelDelta, KernelElement, KernelVerdict } from './kernel-rules.ts'

const view: KernelView = { subject: 'w0', inspectsContent: false, tellsApplications: false }
const services = ['api', 'web', 'db']
const outside = [
  '192.0.2.1',
  '192.0.2.77',
  '198.51.100.9',
  '8.8.8.8',
  '2001:db8::1',
  '2001:db8:1::7',
  '::1',
  '127.0.0.9',
]
const inside = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '192.0.2.5', 'fd00::1', 'fd00::2']
const groupNames = ['one', 'two', 'three', 'nv.api.clinic', 'nv.web.clinic', 'containers', 'external']
const ranges = [
  '192.0.2.0/24',
  '0.0.0.0/0',
  '192.0.2.64-198.51.100.9',
  '2001:db8::/32',
  'fd00::/8',
  '10.0.0.0/30',
  '::/0',
]

const groups: fc.Arbitrary<GroupDefinition[]> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...ranges), { maxLength: 3 }),
    fc.uniqueArray(fc.constantFrom(...ranges, 'lab.example', 'vh:lab.example'), { maxLength: 3 }),
    fc.constantFrom('Discover', 'Monitor', 'Protect'),
    fc.constantFrom('Monitor', 'Protect'),
  )
  .map(
    ([one, two, api, web]) =>
      [
        { name: 'one', criteria: one.map((value) => ({ key: 'address', op: '=', value })) },
        { name: 'two', criteria: two.map((value) => ({ key: 'address', op: '=', value })) },
        { name: 'three', criteria: [{ key: 'service', op: 'prefix', value: 'w' }] },
        { name: 'nv.api.clinic', criteria: [], mode: api },
        { name: 'nv.web.clinic', criteria: [], mode: web },
      ] as GroupDefinition[],
  )

const rule: fc.Arbitrary<Omit<RuleDefinition, 'id'>> = fc.record({
  tier: fc.constantFrom('user', 'learned'),
  priority: fc.constantFrom(0, 50),
  from: fc.constantFrom(...groupNames),
  to: fc.constantFrom(...groupNames),
  applications: fc.constantFrom([], [], ['HTTP'], ['SSL', 'DNS']),
  ports: fc.constantFrom('any', 'tcp/80', 'udp/53', 'tcp/1-443,udp/any', '8080,tcp/79-81', 'icmp'),
  action: fc.constantFrom('allow', 'allow', 'deny'),
})

const definition: fc.Arbitrary<PolicyDefinition> = fc
  .tuple(groups, fc.array(rule, { maxLength: 8 }))
  .map(([all, rules]) => ({
    ...emptyPolicy,
    newServiceMode: 'Protect',
    groups: all,
    rules: rules.map((each, i) => ({ ...each, id: `r${i}` })),
  }))

const placed = fc.array(fc.tuple(fc.constantFrom(...services), fc.constantFrom(...inside)), { maxLength: 4 })

function workloadAt(id: string, service: string, address: string): Workload {
  const nothing = { image: null, labels: {}, pid: null, netns: null, netnsPath: null, hostNetwork: false }
  const names = { name: id, service, namespace: 'clinic' }
  return {
    id,
    runtime: 'docker',
    ...names,
    ...nothing,
    addresses: [address],
    startedAt: '2026-11-21T09:00:00Z',
  }
}

function liveWith(
  policy: PolicyDefinition,
  others: readonly [service: string, address: string][],
): LivePolicy {
  const live = new LivePolicy(policy)
  live.started(workloadAt('w0', 'api', '10.0.0.9'), 'node-1')
  for (const [i, [service, address]] of others.entries())
    live.started(workloadAt(`w${i + 1}`, service, address), 'node-1')
  return live
}

/** What the kernel does with a connection, by the elements alone. */
function kernelVerdict(
  elements: readonly KernelElement[],
  fallback: KernelDelta['fallback'],
  asked: Asked,
): KernelVerdict {
  const { direction, address, protocol, port } = asked
  for (const layer of ['workloads', 'networks']) {
    const found = elements.filter(
      (each) =>
        each.direction === direction &&
        each.layer === layer &&
        each.family === (address.includes(':') ? 6 : 4) &&
        isWithin(address, each.firstAddress, each.lastAddress) &&
        each.firstProtocol <= protocol &&
        protocol <= each.lastProtocol &&
        each.firstPort <= port &&
        port <= each.lastPort,
    )
    assert.ok(found.length <= 1, `elements overlap: ${JSON.stringify(found)}`)
    if (found.length === 1) return found[0].verdict
  }
  return fallback[direction]
}

function isWithin(address: string, first: string, last: string): boolean {
  const [at, from, to] = [address, first, last].map((text) => Buffer.from(parseAddress(text) ?? []))
  return Buffer.compare(from, at) <= 0 && Buffer.compare(at, to) <= 0
}

interface Asked {
  direction: KernelElement['direction']
  address: string
  protocol: number
  port: number
}

const asked: fc.Arbitrary<Asked> = fc.record({
  direction: fc.constantFrom('outgoing', 'incoming'),
  address: fc.constantFrom(...outside, ...inside),
  protocol: fc.constantFrom(6, 6, 17, 1, 58, 132, 0, 255),
  port: fc.constantFrom(0, 52, 53, 54, 79, 80, 81, 443, 444, 8080, 65_535),
})

/** All that the policy may come to say of a connection, whatever it turns out to speak and whatever names its server has. */
function possibleEffects(live: LivePolicy, { direction, address, protocol, port }: Asked): Set<Effect> {
  const { policy } = live
  const self = live.peerOfWorkload('w0')
  const bytes = parseAddress(address)
  const isLocal = address === '::1' || address.startsWith('127.')
  const names = [undefined, { dns: ['lab.example'] }, { virtualHost: 'lab.example' }]
  const isNamed = direction === 'outgoing' && live.workloadAt(address) === undefined
  const peers = isLocal
    ? [self]
    : (isNamed ? names : [undefined]).map((known) => live.peerAt(address, bytes, known))
  const transport =
    protocol === 6
      ? TransportCode.tcp
      : protocol === 17
        ? TransportCode.udp
        : protocol === 1 || protocol === 58
          ? TransportCode.icmp
          : TransportCode.other
  const applications = [applicationUnknown, ...applicationNames.map(applicationNumber)]
  const effects = peers.flatMap((peer) => {
    const [from, to] = direction === 'outgoing' ? [self, peer] : [peer, self]
    return applications.map((application) => effectOf(policy.decide(from, to, transport, port, application)))
  })
  return new Set(effects)
}

function assertAgrees(verdict: KernelVerdict, effects: Set<Effect>, what: Asked): void {
  if (verdict === 'queue') return
  const wanted: readonly Effect[] = verdict === 'accept' ? ['pass', 'learn'] : ['block']
  for (const effect of effects)
    assert.ok(wanted.includes(effect), `${verdict} but ${effect}: ${JSON.stringify(what)}`)
}

test('the kernel decides as the policy does, or asks', () => {
  fc.assert(
    fc.property(
      definition,
      placed,
      fc.array(asked, { minLength: 20, maxLength: 20 }),
      (policy, others, all) => {
        const live = liveWith(policy, others)
        const kernel = new KernelPolicy(live, view)
        const { fallback } = kernel.compile()
        for (const what of all)
          assertAgrees(kernelVerdict(kernel.elements, fallback, what), possibleEffects(live, what), what)
      },
    ),
    { numRuns: fuzzRuns },
  )
})

test('what changes step by step comes to the same as what is compiled at once', () => {
  fc.assert(
    fc.property(definition, definition, placed, placed, (policy, next, before, after) => {
      const live = liveWith(policy, before)
      const kernel = new KernelPolicy(live, view)
      const elements = new Map<string, KernelElement>()
      applyDelta(elements, kernel.compile())
      for (const [i] of before.entries()) live.stopped(`w${i + 1}`)
      for (const [i, [service, address]] of after.entries())
        live.started(workloadAt(`v${i}`, service, address), 'node-1')
      applyDelta(elements, kernel.membersChanged(inside))
      assert.deepEqual(sorted(elements.values()), sorted(compiled(live)))
      const rules = next.rules.map((each) => ({ ...each, id: `new-${each.id}` }))
      live.policy.change({ removedRules: policy.rules.map(({ id }) => id), rules })
      applyDelta(elements, kernel.rulesChanged([...policy.rules, ...rules]))
      assert.deepEqual(sorted(elements.values()), sorted(compiled(live)))
      live.define(next)
      applyDelta(elements, kernel.compile())
      assert.deepEqual(sorted(elements.values()), sorted(compiled(live)))
    }),
    { numRuns: fuzzRuns },
  )
})

function compiled(live: LivePolicy): KernelElement[] {
  const kernel = new KernelPolicy(live, view)
  kernel.compile()
  return kernel.elements
}

/** What is removed was there, and what is added was not. */
function applyDelta(elements: Map<string, KernelElement>, { removed, added }: KernelDelta): void {
  for (const element of removed) assert.ok(elements.delete(elementKey(element)))
  for (const element of added) {
    assert.ok(!elements.has(elementKey(element)))
    elements.set(elementKey(element), element)
  }
}

function elementKey(element: KernelElement): string {
  const { direction, layer, firstAddress, lastAddress, verdict } = element
  const { firstProtocol, lastProtocol, firstPort, lastPort } = element
  const ranges = [firstProtocol, lastProtocol, firstPort, lastPort]
  return [direction, layer, firstAddress, lastAddress, ...ranges, verdict].join(' ')
}

function sorted(elements: Iterable<KernelElement>): string[] {
  return [...elements].map(elementKey).toSorted()
}

const lab: PolicyDefinition = {
  ...emptyPolicy,
  groups: [
    { name: 'nv.api.clinic', criteria: [], mode: 'Protect' },
    { name: 'lab', criteria: [{ key: 'address', op: '=', value: '192.0.2.0/24' }] },
  ],
  rules: [rule443({})],
}

function rule443(more: Partial<RuleDefinition>): RuleDefinition {
  const common = {
    id: 'r',
    tier: 'user',
    priority: 0,
    from: 'nv.api.clinic',
    to: 'lab',
    action: 'allow',
  } as const
  return { ...common, applications: [], ports: 'tcp/443', ...more }
}

const to443: Asked = { direction: 'outgoing', address: '192.0.2.7', protocol: 6, port: 443 }
const seen: [
  behaviour: string,
  policy: PolicyDefinition,
  view: Partial<KernelView>,
  asked: Partial<Asked>,
  expected: KernelVerdict,
][] = [
  ['an allowed port is accepted', lab, {}, {}, 'accept'],
  ['another is rejected', lab, {}, { port: 80 }, 'reject'],
  ['another address is rejected', lab, {}, { address: '198.51.100.1' }, 'reject'],
  ['so is the other family', lab, {}, { address: '2001:db8::1' }, 'reject'],
  ['what comes in is another matter', lab, {}, { direction: 'incoming' }, 'reject'],
  ['an application is asked for', { ...lab, rules: [rule443({ applications: ['SSL'] })] }, {}, {}, 'queue'],
  [
    'so is what is required',
    { ...lab, rules: [rule443({ requirements: { encryption: {} } })] },
    {},
    {},
    'queue',
  ],
  ['content that is inspected goes through the queue', lab, { inspectsContent: true }, {}, 'queue'],
  ['what is denied does not, for all that', lab, { inspectsContent: true }, { port: 80 }, 'reject'],
  ['applications that are told of go through the queue', lab, { tellsApplications: true }, {}, 'queue'],
  ['a workload that is not known is asked about', lab, { subject: 'w7' }, {}, 'queue'],
]
for (const [behaviour, policy, viewed, what, expected] of seen) {
  test(behaviour, () => {
    const kernel = new KernelPolicy(liveWith(policy, []), { ...view, ...viewed })
    const { fallback } = kernel.compile()
    assert.equal(kernelVerdict(kernel.elements, fallback, { ...to443, ...what }), expected)
  })
}

test('where names are asked for, answers and what they may name go through the queue', () => {
  const named = { name: 'partner', criteria: [{ key: 'address', op: '=' as const, value: '*.lab.example' }] }
  const policy = { ...lab, groups: [...lab.groups, named], rules: [rule443({ to: 'partner' })] }
  const kernel = new KernelPolicy(liveWith(policy, []), view)
  const { fallback } = kernel.compile()
  const verdict = (what: Partial<Asked>) => kernelVerdict(kernel.elements, fallback, { ...to443, ...what })
  assert.equal(verdict({}), 'queue')
  assert.equal(verdict({ port: 80 }), 'reject')
  assert.equal(verdict({ protocol: 17, port: 53 }), 'queue')
  assert.equal(verdict({ address: '127.0.0.11', protocol: 17, port: 39_000 }), 'queue')
})
