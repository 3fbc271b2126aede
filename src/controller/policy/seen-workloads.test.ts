import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sampleFlow, sampleState } from '../../../test/records.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import { SeenWorkloads } from './seen-workloads.ts'

const WEB = '10.1.0.2'
const API = '10.1.0.3'

/** A workload of an address, from and until so many seconds after 09:30. */
function state(name: string, address: string, from: number, until?: number): WorkloadState {
  const { workload } = sampleState({ id: `docker:${name}`, name, service: name, namespace: 'clinic' })
  const ran = { ...workload, netns: from + 1, addresses: [address], startedAt: at(from) }
  return { workload: ran, coverage: 'seen', ...(until === undefined ? {} : { stoppedAt: at(until) }) }
}

function seen(...states: WorkloadState[]): SeenWorkloads {
  const workloads = new SeenWorkloads()
  for (const each of states) workloads.add({ enforcer: 'node-1', state: each })
  return workloads
}

const flowAt = (seconds: number, change = {}) =>
  sampleFlow({
    start: at(seconds),
    client: { address: WEB, port: 1 },
    server: { address: API, port: 80 },
    ...change,
  })

test('an address is that of who had it when the flow began', () => {
  const workloads = seen(state('web', WEB, 0), state('old', API, 0, 100), state('new', API, 200))
  assert.equal(workloads.find(flowAt(50), 'server')?.label, 'nv.old.clinic')
  assert.equal(workloads.find(flowAt(150), 'server'), undefined)
  assert.equal(workloads.find(flowAt(250), 'server')?.label, 'nv.new.clinic')
  assert.equal(
    workloads.find(flowAt(198), 'server')?.label,
    'nv.new.clinic',
    'an engine says late that it runs',
  )
})

test('of two that had an address at once nobody is meant, but who saw the flow itself is known', () => {
  const workloads = seen(state('web', WEB, 0), state('one', API, 0), state('two', API, 10))
  assert.equal(workloads.find(flowAt(50), 'server'), undefined)
  const own = flowAt(50, { side: 'server', workload: 'docker:two' })
  assert.equal(workloads.find(own, 'server')?.label, 'nv.two.clinic')
})

test('on the loopback both ends are who saw it', () => {
  const workloads = seen(state('web', WEB, 0))
  const loopback = { client: { address: '127.0.0.1', port: 1 }, server: { address: '127.0.0.1', port: 2 } }
  const flow = flowAt(50, { ...loopback, workload: 'docker:web' })
  assert.equal(workloads.find(flow, 'client'), workloads.find(flow, 'server'))
})

test('a flow between two watched workloads is seen twice, one from outside once', () => {
  const workloads = seen(state('web', WEB, 0), state('api', API, 0))
  const atServer = { side: 'server', workload: 'docker:api' }
  assert.equal(workloads.isSecondSight(flowAt(50, atServer)), true)
  assert.equal(workloads.isSecondSight(flowAt(50)), false)
  const outside = { ...atServer, client: { address: '192.0.2.1', port: 1 } }
  assert.equal(workloads.isSecondSight(flowAt(50, outside)), false)
  const blind = seen({ ...state('web', WEB, 0), coverage: 'tap-failed' }, state('api', API, 0))
  assert.equal(blind.isSecondSight(flowAt(50, atServer)), false)
})
