import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byConcern, type DataFlowFilter, filterDataFlows, valuesOf } from './data-flow-filter.ts'
import { carried, sampleDataFlow, server, workload } from './data-flow-fixtures.ts'

const [web, api, db] = ['web', 'api', 'db'].map(workload)
const flows = [
  sampleDataFlow(web, api),
  sampleDataFlow(api, db, { carried: carried('contact', 9) }),
  sampleDataFlow(api, db, { application: 'SSL', encrypted: true, carried: carried('health') }),
  sampleDataFlow(web, db, { carried: carried('health') }),
  sampleDataFlow(api, api, { carried: carried('contact') }),
  sampleDataFlow(api, server('partner.example:443')),
]
const places = (of: typeof flows) => of.map((flow) => flows.indexOf(flow))

test('data flows are in the order of concern: delicate in clear, then any in clear, then the others', () => {
  assert.deepEqual(places(byConcern(flows)), [3, 1, 2, 4, 0, 5])
  assert.equal(valuesOf(flows[1]), 9)
})

test('data flows are narrowed by what is asked', () => {
  const rows: [filter: DataFlowFilter, expected: number[]][] = [
    [{}, [0, 1, 2, 3, 4, 5]],
    [{ transport: 'encrypted' }, [2]],
    [{ transport: 'loopback' }, [4]],
    [{ data: 'any', transport: 'clear' }, [1, 3]],
    [{ data: 'health' }, [2, 3]],
    [{ data: 'none' }, [0, 5]],
    [{ where: 'outside' }, [5]],
    [{ workload: 'web' }, [0, 3]],
    [{ workload: 'partner.example:443' }, []],
    [{ key: flows[3].key }, [3]],
    [{ find: 'PARTNER' }, [5]],
    [{ find: 'health-id' }, [2, 3]],
    [{ find: 'backoffice' }, [1, 2, 3]],
    [{ find: 'nothing of that kind' }, []],
  ]
  const namespaceOf = (id: string) => (id === 'db' ? 'backoffice' : undefined)
  for (const [filter, expected] of rows)
    assert.deepEqual(places(filterDataFlows(flows, filter, namespaceOf)), expected, JSON.stringify(filter))
})
