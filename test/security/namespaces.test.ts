import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Operation } from '../../src/api/contract/operation.ts'
import { operations } from '../../src/api/contract/operations.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { Workload } from '../../src/model/workload.ts'
import { type RunningApi, startApiServer } from '../controller/api-fixture.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import { eventually } from '../controller/fixture.ts'
import * as records from '../records.ts'

/** Stands in all that there is of the namespace that is not one's own. */
const marker = 'othertenant'

const reading: Operation[] = Object.values<Operation>(operations).filter(
  ({ access, method, path }) =>
    (access === 'traffic:read' || access === 'status:read') &&
    method === 'GET' &&
    path !== operations.events.path,
)

/** One record of each kind, of a workload. */
function recordsOf({ id: workload, addresses: [address] }: Workload, name: string): ObservedRecord[] {
  const id = (kind: string) => ({ id: `${kind}-${name}`, recordId: `${kind}-${name}`, workload })
  const flow = records.sampleFlow({
    ...id('flow'),
    client: { address, port: 40_000 },
    server: { address: '192.0.2.9', port: 443 },
    serverName: `${name}.example`,
  })
  return [
    flow,
    records.sampleFinding({ workload, flow: flow.id, field: `http.body $.${name}` }),
    records.sampleCoverage({ recordId: `coverage-${name}`, workload, detail: name }),
    records.sampleViolation({ ...id('violation') }),
    records.sampleThreat({ ...id('threat') }),
    records.sampleAttack({ ...id('attack') }),
    records.sampleProcess({ ...id('process') }),
  ]
}

async function startTwoNamespaces(api: RunningApi): Promise<void> {
  const client = await EnforcerClient.join(api.socketPath)
  const workloads = [
    records.sampleState({ addresses: ['10.1.0.2'] }),
    records.sampleState({
      ...{ id: `docker:${marker}`, name: `${marker}-1`, service: marker, namespace: marker },
      addresses: ['10.1.0.99'],
    }),
  ]
  client.send({ kind: 'workloads', complete: true, workloads })
  const [own, others] = workloads
  client.batch(1, [...recordsOf(own.workload, 'own'), ...recordsOf(others.workload, marker)])
  await client.acknowledged(1)
  const stored = async () => (await api.store.workloads({ limit: 5 })).items.length
  await eventually(async () => (await stored()) === 2, 'the workloads are stored')
}

suite('a role in one namespace', () => {
  test('is told of another by no route, in no format', async (t) => {
    const api = await startApiServer(t)
    await startTwoNamespaces(api)
    const token = await api.tokenOf([{ role: 'reader', namespace: 'clinic' }])
    const silent: string[] = []
    for (const { id, path, query } of reading) {
      const formats = 'format' in query.properties ? ['json', 'ndjson', 'csv'] : [null]
      for (const format of formats) {
        const asked = format === null ? path : `${path}?format=${format}`
        const { status, text } = await api.ask(asked, { token })
        assert.equal(status, 200, `${id} ${text}`)
        assert.ok(
          !text.includes(marker),
          `${id} ${format}: ${text.slice(Math.max(0, text.indexOf(marker) - 900), text.indexOf(marker) + 200)}`,
        )
        const whole = await api.ask(asked)
        if (!whole.text.includes(marker)) silent.push(id)
      }
    }
    // What would tell of it to those who may see all: else this would show nothing.
    const telling = reading.filter(({ id }) => !silent.includes(id)).map(({ id }) => id)
    for (const id of [
      'flows',
      'findings',
      'coverage',
      'attacks',
      'dataFlows',
      'network',
      'transfers',
      'workloads',
    ])
      assert.ok(telling.includes(id), `${id} tells of it to nobody: ${telling.join()}`)
  })

  test('has of numbers those of its namespace', async (t) => {
    const api = await startApiServer(t)
    await startTwoNamespaces(api)
    const token = await api.tokenOf([{ role: 'reader', namespace: 'clinic' }])
    const valuesOf = async (asking: object) => {
      const { text } = await api.ask('/metrics', asking)
      const values = [...text.matchAll(/^pavise_(workloads|personal_data_values)\{[^}]*\} (\d+)/gm)]
      return values.map(([, name, value]) => `${name} ${value}`)
    }
    assert.deepEqual(await valuesOf({}), ['workloads 2', 'personal_data_values 2'])
    assert.deepEqual(await valuesOf({ token }), ['workloads 1', 'personal_data_values 1'])
  })
})
