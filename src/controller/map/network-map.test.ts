import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carried, outside, running, sampleDataFlow, server, workload } from '../data-flow-fixtures.ts'
import { type MapSource, networkMap } from './network-map.ts'

const health = carried('health', 3)

const clinic: MapSource = {
  workloads: [running('web', 'shop'), running('api', 'shop', 'host-network'), running('db', 'data')],
  flows: [
    sampleDataFlow(outside, workload('web')),
    sampleDataFlow(workload('web'), workload('api'), { carried: health }),
    sampleDataFlow(workload('web'), workload('api'), { application: 'DNS' }),
    sampleDataFlow(workload('api'), workload('db'), { encrypted: true }),
    sampleDataFlow(workload('api'), workload('api')),
    sampleDataFlow(workload('api'), server('a.example:443')),
    sampleDataFlow(workload('db'), server('b.example:443')),
    sampleDataFlow(workload('gone'), workload('db')),
  ],
  groupOf: (id) => `nv.${id}`,
  modeOf: (id) => (id === 'db' ? 'Protect' : 'Discover'),
  quarantined: new Set(['api']),
}

const lines = ({ edges, nodes }: ReturnType<typeof networkMap>) =>
  edges.map(({ from, to, transport }) => {
    const name = (id: string) => nodes.find((node) => node.id === id)?.name
    return `${name(from)} > ${name(to)} ${transport}`
  })

test('closed, a namespace is one place, and so are all servers, clients and what has stopped', () => {
  const map = networkMap(clinic, undefined)
  assert.deepEqual(lines(map), [
    'clients outside > shop clear',
    'shop > shop clear',
    'shop > data encrypted',
    'shop > shop loopback',
    'shop > servers outside clear',
    'data > servers outside clear',
    'workloads that stopped > data clear',
  ])
  const { workloads, notSeen, quarantined, modes } = map.nodes[0]
  assert.deepEqual([workloads, notSeen, quarantined, modes], [2, 1, 1, ['Discover']])
  assert.equal(map.folded, 0)
})

test('opened, a namespace shows its groups and whom they speak with, and nothing else', () => {
  const map = networkMap(clinic, 'shop')
  assert.deepEqual(lines(map), [
    'clients outside > nv.web clear',
    'nv.web > nv.api clear',
    'nv.api > data encrypted',
    'nv.api > nv.api loopback',
    'nv.api > a.example:443 clear',
  ])
  const [, toApi] = map.edges
  assert.deepEqual(
    [toApi.applications, toApi.flows, toApi.bytes, toApi.carried, toApi.parts.length],
    [['HTTP', 'DNS'], 2, 60, { health: 3 }, 2],
  )
})

test('of other namespaces than one may see, only the names of ends are told', () => {
  const map = networkMap({ ...clinic, namespaces: ['data'] }, undefined)
  const shop = map.nodes.find(({ name }) => name === 'shop')
  assert.deepEqual([shop?.workloads, shop?.notSeen, shop?.modes], [0, 0, []])
})

test('a map never has more places than it may, says how many it folded, and keeps what carries personal data', () => {
  for (const count of [10, 149, 150, 151, 400, 3_000]) {
    const workloads = Array.from({ length: count }, (_, i) =>
      running(`w${i}`, i % 2 === 0 ? 'open' : `n${i}`),
    )
    const flows = Array.from({ length: count }, (_, i) =>
      sampleDataFlow(workload(`w${i}`), server(`s${i}`), i === 2 ? { carried: health } : { flows: i }),
    )
    for (const opened of [undefined, 'open']) {
      const map = networkMap({ ...clinic, workloads, flows }, opened)
      assert.ok(map.nodes.length <= 150, `${count} ${opened}: ${map.nodes.length}`)
      const ids = new Set(map.nodes.map(({ id }) => id))
      assert.ok(map.edges.every(({ from, to }) => ids.has(from) && ids.has(to)))
      const stands = map.nodes.reduce((sum, node) => sum + node.stands, 0)
      assert.equal(stands, map.folded + map.nodes.filter((node) => node.stands === 1).length)
      assert.equal(
        map.edges.reduce((sum, edge) => sum + edge.flows, 0),
        networkMap({ ...clinic, workloads, flows }, opened, Infinity).edges.reduce((s, e) => s + e.flows, 0),
        'folding loses no flow',
      )
      if (opened !== undefined) assert.ok(ids.has('group nv.w2'))
    }
  }
})
