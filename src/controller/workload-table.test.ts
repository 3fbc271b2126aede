import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sampleState } from '../../test/records.ts'
import { WorkloadTable } from './workload-table.ts'

const web = sampleState({ id: 'docker:web', addresses: ['10.1.0.2', 'fd00::2'] })
const api = sampleState({ id: 'docker:api', addresses: ['10.1.0.3'], netns: 7 })

function table(limits = { workloadsPerEnforcer: 10, stoppedWorkloads: 2 }): WorkloadTable {
  return new WorkloadTable(limits)
}

test('only what changed is reported', () => {
  const workloads = table()
  assert.deepEqual(workloads.apply([web, api], true, at(0)), [web, api])
  assert.deepEqual(workloads.apply([web, api], true, at(1)), [])
  const failed = { ...api, coverage: 'tap-failed' as const }
  assert.deepEqual(workloads.apply([web, failed], true, at(2)), [failed])
})

test('what a complete listing leaves out has stopped, and is still known by name and address', () => {
  const workloads = table()
  workloads.apply([web, api], true, at(0))
  assert.deepEqual(workloads.apply([api], true, at(5)), [{ ...web, stoppedAt: at(5) }])
  assert.deepEqual([...workloads.running()], [api])
  assert.equal(workloads.get('docker:web')?.stoppedAt, at(5))
  assert.equal(workloads.resolve('fd00::2')?.id, 'docker:web')
})

test('an address belongs to what has it now', () => {
  const workloads = table()
  workloads.apply([web], true, at(0))
  workloads.apply([], true, at(1))
  const next = sampleState({ id: 'docker:next', addresses: ['10.1.0.2'] })
  workloads.apply([next], true, at(2))
  assert.equal(workloads.resolve('10.1.0.2')?.id, 'docker:next')
  const moved = sampleState({ id: 'docker:next', addresses: ['10.1.0.9'] })
  workloads.apply([moved], true, at(3))
  assert.equal(workloads.resolve('10.1.0.9')?.id, 'docker:next')
  assert.equal(workloads.resolve('10.1.0.2')?.id, 'docker:web')
})

test('an address of two networks has no name; of two workloads in one namespace, the first', () => {
  const workloads = table()
  const twin = sampleState({ id: 'docker:twin', addresses: ['10.1.0.3'], netns: 8 })
  workloads.apply([api, twin], true, at(0))
  assert.equal(workloads.resolve('10.1.0.3'), null)
  const inside = sampleState({ id: 'docker:sidecar', addresses: ['10.1.0.3'], netns: 7 })
  workloads.apply([api, inside], true, at(1))
  assert.equal(workloads.resolve('10.1.0.3')?.id, 'docker:api')
})

test('the node’s addresses name nobody', () => {
  const workloads = table()
  workloads.apply(
    [sampleState({ hostNetwork: true, addresses: ['192.0.2.1'] }, { coverage: 'host-network' })],
    true,
    at(0),
  )
  assert.equal(workloads.resolve('192.0.2.1'), null)
})

test('too many are refused and counted, and those that stopped are forgotten, oldest first', () => {
  const workloads = table()
  const many = Array.from({ length: 12 }, (_, i) => sampleState({ id: `w${i}`, addresses: [`10.2.0.${i}`] }))
  assert.equal(workloads.apply(many, true, at(0)).length, 10)
  assert.equal(workloads.refused, 2)
  workloads.apply([], true, at(1))
  assert.equal(workloads.get('w7'), undefined)
  assert.equal(workloads.resolve('10.2.0.7'), null)
  assert.ok(workloads.get('w8') && workloads.get('w9'))
})
