import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sampleFinding, sampleFlow, sampleState } from '../../test/records.ts'
import { sketchOfPersons } from '../../test/support/subject-sketches.ts'
import type { DataFlow } from './data-flow.ts'
import { LiveSummary, type Names } from './live-summary.ts'
import { WorkloadTable } from './workload-table.ts'

const table = new WorkloadTable()
table.apply(
  [
    sampleState({ id: 'docker:web', name: 'web', addresses: ['10.1.0.2'] }),
    sampleState({ id: 'docker:api', name: 'api', addresses: ['10.1.0.3'], netns: 7 }),
  ],
  true,
  at(0),
)
const names: Names = {
  workload: (id) => table.get(id)?.workload,
  resolve: (address) => table.resolve(address),
}

/** `client → server application clear|tls flows [identifier×count~distinct …]` */
function describe(flow: DataFlow): string {
  const carried = flow.carried.map((data) => `${data.identifier}×${data.count}~${data.distinct}`)
  const protection = flow.encrypted ? 'tls' : 'clear'
  return [
    `${flow.client.name} → ${flow.server.name}`,
    flow.application,
    protection,
    flow.flows,
    ...carried,
  ].join(' ')
}

function described(summary: LiveSummary): string[] {
  return summary.dataFlows().map(describe)
}

test('a flow goes from one name to another: workload, server’s name, address, outside, loopback', () => {
  const cases: [change: Parameters<typeof sampleFlow>[0], expected: string][] = [
    [{}, 'web → api HTTP clear 1'],
    [{ server: { address: '192.0.2.7', port: 80 } }, 'web → 192.0.2.7:80 HTTP clear 1'],
    [{ server: { address: '2001:db8::7', port: 80 } }, 'web → [2001:db8::7]:80 HTTP clear 1'],
    [
      { server: { address: '192.0.2.7', port: 443 }, serverName: 'partner.example', encrypted: true },
      'web → partner.example:443 HTTP tls 1',
    ],
    [
      { client: { address: '198.51.100.1', port: 5 }, side: 'server', workload: 'docker:api' },
      'outside → api HTTP clear 1',
    ],
    [
      { client: { address: '127.0.0.1', port: 5 }, server: { address: '127.0.0.1', port: 80 } },
      'web → web HTTP clear 1',
    ],
    [{ workload: 'docker:gone' }, 'web → api HTTP clear 1'],
  ]
  for (const [change, expected] of cases) {
    const summary = new LiveSummary()
    summary.flow(sampleFlow(change), names)
    assert.deepEqual(described(summary), [expected])
  }
})

test('a flow that is seen at both ends is one, whichever end was first', () => {
  const client = sampleFlow({ id: 'c', recordId: 'c' })
  const server = sampleFlow({ id: 's', recordId: 's', workload: 'docker:api', side: 'server' })
  for (const order of [
    [client, server],
    [server, client],
  ]) {
    const summary = new LiveSummary()
    for (const flow of order) {
      summary.flow(flow, names)
      summary.finding(sampleFinding({ flow: flow.id, count: 3 }), 3)
    }
    assert.deepEqual(described(summary), ['web → api HTTP clear 1 iban×3~1'])
  }
})

test('what passes a namespace in between is not counted again, and is there where no end is watched', () => {
  const between = { workload: 'docker:web', side: 'transit' } as const
  const summary = new LiveSummary()
  for (const [id, change] of Object.entries({
    client: {},
    passing: between,
    alone: {
      ...between,
      client: { address: '192.0.2.1', port: 5 },
      server: { address: '192.0.2.2', port: 80 },
    },
  })) {
    const flow = sampleFlow({ id, recordId: id, ...change })
    summary.flow(flow, names)
    summary.finding(sampleFinding({ flow: id, count: 3 }), 3)
  }
  assert.deepEqual(described(summary), [
    'web → api HTTP clear 1 iban×3~1',
    'outside → 192.0.2.2:80 HTTP clear 1 iban×3~1',
  ])
})

test('what machines say to each other below applications is no data flow', () => {
  const summary = new LiveSummary()
  for (const transport of ['icmp', 'icmp6', 'ip-2'] as const)
    summary.flow(sampleFlow({ transport, application: 'unknown' }), names)
  assert.deepEqual(described(summary), [])
})

test('what only the server’s side saw is not lost', () => {
  const summary = new LiveSummary()
  const server = sampleFlow({ id: 's', recordId: 's', workload: 'docker:api', side: 'server' })
  summary.flow(sampleFlow({ id: 'c', recordId: 'c' }), names)
  summary.flow(server, names)
  summary.finding(sampleFinding({ flow: 's', count: 2 }), 2)
  summary.finding(sampleFinding({ flow: 'c', identifier: 'email', count: 1 }), 1)
  assert.deepEqual(described(summary), ['web → api HTTP clear 1 iban×2~1 email×1~1'])
})

test('a flow that comes again is counted once, its bytes by what they grew', () => {
  const summary = new LiveSummary()
  for (const bytesToServer of [100, 100, 250]) summary.flow(sampleFlow({ bytesToServer }), names)
  const [flow] = summary.dataFlows()
  assert.equal(flow.flows, 1)
  assert.equal(flow.bytesToServer, 250)
})

test('a flow moves when its application is known, or when it turns to TLS', () => {
  const summary = new LiveSummary()
  summary.flow(sampleFlow({ application: 'unknown' }), names)
  summary.flow(sampleFlow({ application: 'PostgreSQL' }), names)
  assert.deepEqual(described(summary), ['web → api PostgreSQL clear 1'])
  summary.finding(sampleFinding({ count: 1 }), 1)
  summary.flow(sampleFlow({ application: 'PostgreSQL', encrypted: true }), names)
  assert.deepEqual(described(summary), [
    'web → api PostgreSQL clear 0 iban×1~1',
    'web → api PostgreSQL tls 1',
  ])
})

test('distinct values are counted over flows by their hashes', () => {
  const summary = new LiveSummary()
  for (let i = 0; i < 30; i++) {
    summary.flow(sampleFlow({ id: `f${i}` }), names)
    const hash = (i % 10).toString(16).repeat(16)
    summary.finding(sampleFinding({ flow: `f${i}`, hash, count: 2 }), 2)
  }
  assert.deepEqual(described(summary), ['web → api HTTP clear 30 iban×60~10'])
})

/** A flow that carried the data of some persons, each a number. */
function flowOf(id: string, persons: readonly number[], side: 'client' | 'server' = 'client') {
  const sketches = { toServer: sketchOfPersons(persons) }
  const dataSubjects = { toServer: persons.length, toClient: 0, sketches }
  return sampleFlow({ id, dataSubjects, side, workload: side === 'client' ? 'docker:web' : 'docker:api' })
}

test('a person whose data several flows carry is one, at whichever end it was seen', () => {
  const summary = new LiveSummary()
  summary.flow(flowOf('a', [1, 2, 3]), names)
  summary.flow(flowOf('b', [3, 4]), names)
  summary.flow(flowOf('c', [1, 2, 3], 'server'), names)
  summary.flow(sampleFlow({ id: 'd', dataSubjects: { toServer: 9, toClient: 0 } }), names)
  const [{ dataSubjects }] = summary.dataFlows()
  assert.equal(dataSubjects, 4)
})

test('both directions of a data flow are told apart', () => {
  const summary = new LiveSummary()
  summary.flow(sampleFlow(), names)
  summary.finding(sampleFinding({ count: 1 }), 1)
  summary.finding(sampleFinding({ direction: 'to-client', count: 9, last: at(50), masked: 'FR76 …' }), 9)
  const [flow] = summary.dataFlows()
  assert.deepEqual(
    flow.carried.map((data) => [data.direction, data.count, data.masked]),
    [
      ['to-client', 9, 'FR76 …'],
      ['to-server', 1, 'DE89 **** **** **** **30 00'],
    ],
  )
  assert.equal(flow.last, Date.parse(at(50)))
})

test('it holds no more than it may: rows without personal data go first, and what goes is counted', () => {
  const summary = new LiveSummary({ dataFlows: 3, flowsRemembered: 3 })
  for (let i = 0; i < 10; i++) {
    summary.flow(sampleFlow({ id: `f${i}`, server: { address: `192.0.2.${i}`, port: 80 } }), names)
    if (i === 1) summary.finding(sampleFinding({ flow: 'f1', count: 1 }), 1)
  }
  assert.deepEqual(described(summary), [
    'web → 192.0.2.1:80 HTTP clear 1 iban×1~1',
    'web → 192.0.2.8:80 HTTP clear 1',
    'web → 192.0.2.9:80 HTTP clear 1',
  ])
  assert.equal(summary.forgotten, 7)
  summary.finding(sampleFinding({ flow: 'f2', count: 4 }), 4)
  assert.equal(summary.unattributed, 4)
})
