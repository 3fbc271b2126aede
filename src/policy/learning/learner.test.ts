import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleFlow, sampleState } from '../../../test/records.ts'
import type { FlowRecord } from '../../model/records.ts'
import { emptyPolicy, type PolicyDefinition } from '../definition.ts'
import { composePolicy, defaultSettings } from '../composition.ts'
import { learningLimits } from '../limits.ts'
import { LivePolicy } from '../live/live-policy.ts'
import { Learner } from './learner.ts'
import { portText } from './port-text.ts'

const WEB = '10.1.0.2'
const API = '10.1.0.3'
const start = Date.parse('2026-11-20T09:30:00.000Z')
const settled = start + learningLimits.settleMs

/** A clinic of two services, and what is learned of it. */
function clinic(definition: PolicyDefinition = emptyPolicy): { live: LivePolicy; learner: Learner } {
  const live = new LivePolicy(definition)
  const services = { web: WEB, api: API }
  for (const [service, address] of Object.entries(services)) {
    const { workload } = sampleState({
      id: `docker:${service}`,
      service,
      namespace: 'clinic',
      addresses: [address],
    })
    live.started(workload, 'node-1')
  }
  return { live, learner: new Learner(live) }
}

let port = 40_000

/** From web to api over HTTP, unless said otherwise; each from a port of its own. */
function flow(change: Partial<FlowRecord> = {}): FlowRecord {
  port++
  return sampleFlow({
    id: `f${port}`,
    client: { address: WEB, port },
    server: { address: API, port: 8080 },
    ...change,
  })
}

/** Rules as `from > to applications ports`, after all has settled. */
function learnt(learner: Learner, flows: readonly FlowRecord[], now = start): string[] {
  for (const each of flows) learner.flow(each, now)
  learner.settle(now + learningLimits.settleMs)
  return rulesOf(learner)
}

function rulesOf(learner: Learner): string[] {
  return learner.policy.rules.map(
    ({ from, to, applications, ports }) =>
      `${from} > ${to} ${[...applications, ports].filter((each) => each !== '').join(' ')}`,
  )
}

const outside = { address: '192.0.2.10', port: 443 }
const unknown = { application: 'unknown' }

const cases: [name: string, flows: Partial<FlowRecord>[], rules: string[]][] = [
  ['an application on any port', [{}, {}], ['nv.web.clinic > nv.api.clinic HTTP']],
  [
    'several applications of a pair in one rule',
    [{}, { application: 'PostgreSQL', server: { address: API, port: 5432 } }],
    ['nv.web.clinic > nv.api.clinic HTTP PostgreSQL'],
  ],
  [
    'ports of what has no name, neighbours as a range',
    [9000, 9001, 9002, 7777].map((number) => ({ ...unknown, server: { address: API, port: number } })),
    ['nv.web.clinic > nv.api.clinic tcp/7777,tcp/9000-9002'],
  ],
  [
    'an external peer by the name that DNS gave it',
    [{ server: outside, application: 'SSL', dnsName: 'Lab.Example' }],
    ['nv.web.clinic > host.lab.example SSL'],
  ],
  [
    'not by the name that the client says',
    [{ server: outside, application: 'SSL', serverName: 'forged.example', tls: { sni: 'forged.example' } }],
    ['nv.web.clinic > external SSL'],
  ],
  [
    'not by a name in which something is masked',
    [{ server: outside, application: 'SSL', dnsName: 'j*****@x.example' }],
    ['nv.web.clinic > external SSL'],
  ],
  [
    'who comes from outside',
    [{ client: outside, side: 'server', workload: 'docker:api' }],
    ['external > nv.api.clinic HTTP'],
  ],
  [
    'a ping',
    [{ ...unknown, transport: 'icmp', state: 'two-way', server: { address: API, port: 0 } }],
    ['nv.web.clinic > nv.api.clinic icmp'],
  ],
  ['nothing of a connection that nobody took', [{ ...unknown, state: 'attempted' }], []],
  [
    'nothing of one that was refused',
    [{ ...unknown, state: 'reset', bytesToClient: 40, packetsToClient: 1 }],
    [],
  ],
  [
    'nothing of one that said nothing',
    [
      {
        ...unknown,
        state: 'closed',
        bytesToServer: 216,
        packetsToServer: 4,
        bytesToClient: 164,
        packetsToClient: 3,
      },
    ],
    [],
  ],
  [
    'one that said something and was reset',
    [{ ...unknown, state: 'reset' }],
    ['nv.web.clinic > nv.api.clinic tcp/8080'],
  ],
  ['nothing that was sent to mislead', [{ anomalies: { 'tcp-overlap-differs': 1 } }], []],
  ['nothing of the middle of what has no name', [{ ...unknown, state: 'midstream' }], []],
  ['the middle of what has one', [{ state: 'midstream' }], ['nv.web.clinic > nv.api.clinic HTTP']],
  [
    'a datagram without an answer is an attempt',
    [{ ...unknown, transport: 'udp', state: 'one-way', packetsToServer: 1 }],
    [],
  ],
  [
    'many without an answer are a service',
    [{ ...unknown, transport: 'udp', state: 'one-way', packetsToServer: 9 }],
    ['nv.web.clinic > nv.api.clinic udp/8080'],
  ],
  ['nothing of what rules cannot say', [{ ...unknown, transport: 'sctp', state: 'two-way' }], []],
  [
    'nothing on the loopback',
    [{ client: { address: '127.0.0.1', port: 1 }, server: { address: '127.0.0.1', port: 80 } }],
    [],
  ],
  ['nothing that only passes through', [{ side: 'transit' }], []],
  [
    'nothing between others',
    [{ client: outside, server: { address: '192.0.2.11', port: 80 }, workload: 'docker:gone' }],
    [],
  ],
]
for (const [name, flows, rules] of cases) {
  test(`learned: ${name}`, () => assert.deepEqual(learnt(clinic().learner, flows.map(flow)), rules))
}

test('a connection is learned when it has settled, as what it turned out to be', () => {
  const { learner } = clinic()
  const early = flow(unknown)
  learner.flow(early, start)
  assert.equal(learner.settle(settled - 1), false)
  learner.flow({ ...early, application: 'PostgreSQL' }, settled - 1)
  assert.equal(learner.settle(settled), true)
  assert.deepEqual(rulesOf(learner), ['nv.web.clinic > nv.api.clinic PostgreSQL'])
})

test('one that says something only later is learned then', () => {
  const { learner } = clinic()
  const idle = flow({
    ...unknown,
    state: 'established',
    bytesToServer: 112,
    packetsToServer: 2,
    bytesToClient: 60,
    packetsToClient: 1,
  })
  assert.deepEqual(learnt(learner, [idle]), [])
  assert.deepEqual(learnt(learner, [{ ...idle, bytesToServer: 5000 }], settled), [
    'nv.web.clinic > nv.api.clinic tcp/8080',
  ])
})

test('a connection that is seen at both ends, or told of again, counts once', () => {
  const { learner } = clinic()
  const seen = flow()
  learnt(learner, [seen, { ...seen, id: 'other', side: 'server', workload: 'docker:api' }])
  learnt(learner, [seen, flow()], settled)
  const [{ flows, first, last }] = learner.rules.views()
  assert.equal(flows, 2)
  assert.ok(first <= last)
})

const scan = (client: string, change: Partial<FlowRecord> = {}) =>
  Array.from({ length: learningLimits.scanTargets }, (_, i) =>
    flow({
      ...unknown,
      state: 'attempted',
      client: { address: client, port: 50_000 + i },
      server: { address: API, port: i + 1 },
      ...change,
    }),
  )

test('what a scanner finds is not learned, what it and others do besides neither and still', () => {
  const { learner } = clinic()
  const found = flow({ client: outside, side: 'server', workload: 'docker:api' })
  const rules = learnt(learner, [
    found,
    ...scan(outside.address, { side: 'server', workload: 'docker:api' }),
    flow(),
  ])
  assert.deepEqual(rules, ['nv.web.clinic > nv.api.clinic HTTP'])
  assert.equal(learner.counters.scans, 1)
  assert.equal(learner.counters.failed, learningLimits.scanTargets)
})

test('a scanner that has stopped may be learned from again', () => {
  const { learner } = clinic()
  learnt(learner, scan(WEB))
  assert.deepEqual(learnt(learner, [flow()], settled), [])
  assert.deepEqual(learnt(learner, [flow()], settled + learningLimits.scanHoldMs), [
    'nv.web.clinic > nv.api.clinic HTTP',
  ])
})

test('nothing is learned where a rule speaks of it, or a group is in Monitor', () => {
  const ends = { from: 'nv.web.clinic', to: 'nv.api.clinic' }
  const rule = {
    id: 'no',
    tier: 'yaml' as const,
    priority: 0,
    ...ends,
    applications: [],
    ports: 'tcp/8080',
    action: 'deny' as const,
  }
  assert.deepEqual(learnt(clinic({ ...emptyPolicy, rules: [rule] }).learner, [flow()]), [])
  assert.deepEqual(learnt(clinic({ ...emptyPolicy, newServiceMode: 'Monitor' }).learner, [flow()]), [])
})

test('an external peer is of the group that somebody defined for it', () => {
  const lab = { name: 'lab', criteria: [{ key: 'address', op: '=' as const, value: '192.0.2.0/24' }] }
  const { learner } = clinic({ ...emptyPolicy, groups: [lab] })
  assert.deepEqual(learnt(learner, [flow({ server: outside, dnsName: 'lab.example' })]), [
    'nv.web.clinic > lab HTTP',
  ])
})

test('what was learned is allowed, and what comes again is counted by its rule', () => {
  const { live, learner } = clinic()
  learnt(learner, [flow({ server: outside, application: 'SSL', dnsName: 'lab.example' })])
  live.define(
    composePolicy({ declared: emptyPolicy, modes: {}, settings: defaultSettings, learned: learner.policy }),
  )
  learner.rules.takeDirty()
  learnt(learner, [flow({ server: outside, application: 'SSL', dnsName: 'lab.example' })], settled)
  const { saved } = learner.rules.takeDirty()
  assert.equal(saved[0].seen.SSL.flows, 2)
  const again = new Learner(live, saved)
  assert.deepEqual(again.policy, learner.policy)
})

test('a name that several speak to stays as long as one of them does', () => {
  const { live, learner } = clinic()
  const toLab = { server: outside, application: 'SSL', dnsName: 'lab.example' }
  const define = () =>
    live.define(
      composePolicy({ declared: emptyPolicy, modes: {}, settings: defaultSettings, learned: learner.policy }),
    )
  learnt(learner, [flow(toLab)])
  define()
  learnt(learner, [flow({ ...toLab, client: { address: API, port: 1 }, workload: 'docker:api' })], settled)
  const [first, second] = learner.policy.rules
  assert.deepEqual([first.to, second.to], ['host.lab.example', 'host.lab.example'])
  learner.rules.remove(first.id)
  assert.deepEqual(
    learner.policy.groups.map(({ name }) => name),
    ['host.lab.example'],
  )
  learner.rules.remove(second.id)
  assert.deepEqual(learner.policy.groups, [])
})

test('a rule that is taken out takes its name along, and is told as gone', () => {
  const { learner } = clinic()
  learnt(learner, [flow({ server: outside, application: 'SSL', dnsName: 'lab.example' })])
  const [{ id }] = learner.policy.rules
  assert.equal(learner.rules.remove(id), true)
  assert.equal(learner.rules.remove(id), false)
  assert.deepEqual(learner.policy, { groups: [], rules: [] })
  assert.deepEqual(learner.rules.takeDirty().removed, [id])
})

const texts: [ports: string[], text: string][] = [
  [['tcp/80', 'tcp/80'], 'tcp/80'],
  [['udp/53', 'tcp/81', 'tcp/80', 'icmp'], 'icmp,tcp/80-81,udp/53'],
  [Array.from({ length: 40 }, (_, i) => `tcp/${30_000 + 2 * i}`), 'tcp/30000-30078'],
  [
    [...Array.from({ length: 16 }, (_, i) => `tcp/${1000 * (i + 1)}`), 'tcp/1003'],
    `tcp/1000-1003,${Array.from({ length: 15 }, (_, i) => `tcp/${1000 * (i + 2)}`).join()}`,
  ],
]
for (const [ports, text] of texts) {
  test(`ports of a rule: ${text.slice(0, 40)}`, () => assert.equal(portText(ports), text))
}
