import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { byConcern, filterFlows } from '../../console/src/screens/flows/flow-model.ts'
import { graphOf } from '../../console/src/screens/flows/map/map-model.ts'
import { layOut } from '../../console/src/ui/map/layout.ts'
import type { DataFlow, Party } from '../../src/api/contract/types.ts'

const workload = (name: string, namespace = 'clinic'): Party => ({
  kind: 'workload',
  id: name,
  name,
  namespace,
})
const server = (name: string): Party => ({ kind: 'server', id: name, name, namespace: null })

function flow(client: Party, to: Party, change: Partial<DataFlow> = {}): DataFlow {
  const counts = { flows: 1, bytesToServer: 1, bytesToClient: 1, dataSubjects: 0, carried: [] }
  const times = { first: '2026-11-20T09:30:00.000Z', last: '2026-11-20T09:31:00.000Z' }
  const key = `${client.id} ${to.id} ${change.application}`
  return {
    type: 'data-flow',
    key,
    client,
    server: to,
    application: 'HTTP',
    encrypted: false,
    ...counts,
    ...times,
    ...change,
  }
}

const carried = (category: DataFlow['carried'][number]['category'], count = 1): DataFlow['carried'] => [
  {
    ...{ identifier: `${category}-id`, category, direction: 'to-server', count, distinct: 1 },
    ...{ masked: '***', field: 'f', last: '2026-11-20T09:31:00.000Z' },
  },
]

suite('data flows', () => {
  const [web, api, db] = ['web', 'api', 'db'].map((name) => workload(name))
  const flows = [
    flow(web, api),
    flow(api, db, { carried: carried('contact', 9) }),
    flow(api, db, { application: 'SSL', encrypted: true, carried: carried('health') }),
    flow(web, db, { carried: carried('health') }),
    flow(api, api, { carried: carried('contact') }),
    flow(api, server('partner.example:443')),
  ]
  const keys = (of: readonly DataFlow[]) => of.map(({ key }) => flows.findIndex((each) => each.key === key))

  test('are in the order of concern: delicate in clear, then any in clear, then the others', () => {
    assert.deepEqual(keys(byConcern(flows)), [3, 1, 2, 4, 0, 5])
  })

  test('are narrowed by what the address asks', () => {
    const rows: [state: Record<string, string>, expected: number[]][] = [
      [{}, [0, 1, 2, 3, 4, 5]],
      [{ transport: 'encrypted' }, [2]],
      [{ transport: 'loopback' }, [4]],
      [{ data: 'any', transport: 'clear' }, [1, 3]],
      [{ data: 'health' }, [2, 3]],
      [{ where: 'outside' }, [5]],
      [{ find: 'PARTNER' }, [5]],
      [{ find: 'health-id' }, [2, 3]],
      [{ find: 'nothing of that kind' }, []],
    ]
    for (const [state, expected] of rows)
      assert.deepEqual(keys(filterFlows(flows, state)), expected, JSON.stringify(state))
  })

  test('between the same two, of one transport, are one line of the map', () => {
    const { nodes, edges, folded } = graphOf(flows)
    assert.equal(nodes.length, 4)
    assert.equal(edges.length, 6)
    assert.equal(folded, 0)
    assert.equal(graphOf([...flows, flow(web, api, { application: 'DNS' })]).edges.length, 6)
  })
})

suite('a map of too many', () => {
  test('has the servers outside as one, then the namespaces, and says how many it folded', () => {
    const outside = Array.from({ length: 20 }, (_, i) => flow(workload('api'), server(`s${i}`)))
    assert.deepEqual(
      graphOf(outside, 10).nodes.map(({ name }) => name),
      ['api', 'servers outside'],
    )
    assert.equal(graphOf(outside, 10).folded, 19)
    const many = Array.from({ length: 40 }, (_, i) =>
      flow(workload(`a${i}`, `n${i % 3}`), workload(`b${i}`, `n${i % 3}`)),
    )
    assert.deepEqual(
      graphOf(many, 10).nodes.map(({ name }) => name),
      ['n0', 'n1', 'n2'],
    )
    assert.equal(graphOf(many, 2).nodes.length, 1)
  })

  test('never has more than it may, and every line ends at something that is drawn', () => {
    for (const count of [1, 149, 150, 151, 3_000]) {
      const flows = Array.from({ length: count }, (_, i) =>
        flow(workload(`w${i}`, `n${i % 400}`), server(`s${i % 7}`)),
      )
      const { nodes, edges } = graphOf(flows)
      assert.ok(nodes.length <= 150, `${count}: ${nodes.length}`)
      const ids = new Set(nodes.map(({ id }) => id))
      assert.ok(edges.every(({ from, to }) => ids.has(from) && ids.has(to)))
    }
  })
})

test('a map goes from left to right, ends where there is a circle, and is the same each time', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => workload(name))
  const graph = graphOf([flow(a, b), flow(b, c)])
  const places = layOut(graph)
  const x = (name: string) => places.get(`workload ${name}`)?.x ?? Number.NaN
  assert.ok(x('a') < x('b') && x('b') < x('c'))
  assert.deepEqual(layOut({ ...graph, nodes: graph.nodes.toReversed() }), places)
  const circle = layOut(graphOf([flow(a, b), flow(b, c), flow(c, a)]))
  assert.equal(new Set([...circle.values()].map(({ x, y }) => `${x} ${y}`)).size, 3, 'each has its place')
})
