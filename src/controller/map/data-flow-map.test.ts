import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carried, outside, running, sampleDataFlow, server, workload } from '../data-flow-fixtures.ts'
import { dataFlowMap, type PartySource } from './data-flow-map.ts'

const states = [running('web', 'shop'), running('api', 'shop', 'host-network')]
const source: PartySource = {
  running: (id) => states.find((state) => state.workload.id === id),
  modeOf: (id) => (id === 'web' ? 'Protect' : undefined),
  quarantined: new Set(['api']),
}

test('each end is a place, and what goes between two in one way is a line that names what it is made of', () => {
  const { nodes, edges, folded } = dataFlowMap(
    [
      sampleDataFlow(outside, workload('web')),
      sampleDataFlow(workload('web'), workload('api'), { carried: carried('health', 3) }),
      sampleDataFlow(workload('web'), workload('api'), { application: 'DNS' }),
      sampleDataFlow(workload('api'), workload('gone'), { encrypted: true }),
      sampleDataFlow(workload('api'), server('a.example:443')),
    ],
    source,
  )
  assert.deepEqual(
    nodes.map(({ id, kind, namespace, modes, notSeen, quarantined }) =>
      [id, kind, namespace, modes.join(), notSeen, quarantined].join(' '),
    ),
    [
      'outside outside   0 0',
      'workload web workload shop Protect 0 0',
      'workload api workload shop  1 1',
      'workload gone stopped   0 0',
      'server a.example:443 server   0 0',
    ],
  )
  const [, line] = edges
  assert.deepEqual([edges.length, folded, line.flows, line.carried], [4, 0, 2, { health: 3 }])
  assert.deepEqual(
    line.parts.map(({ client, server: to, application }) => [client, to, application]),
    [
      ['web', 'api', 'HTTP'],
      ['web', 'api', 'DNS'],
    ],
  )
})

test('of too many places those that carry least are one of their kind, and no flow is lost', () => {
  for (const count of [10, 149, 150, 151, 2_000]) {
    const flows = Array.from({ length: count }, (_, i) =>
      sampleDataFlow(workload(`w${i}`), server(`s${i % 90}`), i === 2 ? { carried: carried('contact') } : {}),
    )
    const all = new Map(flows.map(({ client }) => [client.id, running(client.id, 'shop')]))
    const { nodes, edges, folded } = dataFlowMap(flows, { ...source, running: (id) => all.get(id) })
    assert.ok(nodes.length <= 150, `${count}: ${nodes.length}`)
    const ids = new Set(nodes.map(({ id }) => id))
    assert.ok(edges.every(({ from, to }) => ids.has(from) && ids.has(to)))
    assert.equal(
      edges.reduce((sum, edge) => sum + edge.flows, 0),
      count,
    )
    assert.equal(
      nodes.reduce((sum, { stands }) => sum + stands, 0) - nodes.filter((n) => n.stands === 1).length,
      folded,
    )
    assert.ok(ids.has('workload w2'), 'what carries personal data stays')
  }
})
