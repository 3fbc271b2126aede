import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { WorkloadEvent } from '../../model/workload.ts'
import { containerOfCgroup } from '../cgroup.ts'
import { readProcess } from '../processes.ts'
import { type ContainerDetails, ContainerTable } from './container-table.ts'

/** Of the container that the tests run in, where they do: what they start is in it. */
const id = containerOfCgroup(readProcess(process.pid, 'cgroup') ?? '')?.id ?? 'a'.repeat(64)

test('a container that is about to start is told once, and stays what it was when it ends before it is looked at', async (t) => {
  // Its parent never asks how it ended: what is left of it is a zombie.
  const parent = spawn('sh', ['-c', 'sleep 100 & echo $!; exec sleep 100'])
  t.after(() => parent.kill('SIGKILL'))
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const told: WorkloadEvent[] = []
  const table = new ContainerTable('docker', (event) => void told.push(event))
  const waiting: ContainerDetails = {
    ...{
      id,
      name: 'shop',
      image: 'shop:1',
      labels: {},
      networkMode: 'bridge',
      addresses: [],
      pod: undefined,
    },
    ...{ pid: 0, isRunning: false, startedAt: '1970-01-01T00:00:00.000Z' },
  }
  const pid = Number(line.toString())
  const runs = { ...waiting, pid, isRunning: true, startedAt: '2026-11-21T10:00:00.000Z' }
  const kinds = () => told.map(({ kind }) => kind)

  table.starting(waiting, pid, 1000)
  table.update(waiting, 1001)
  assert.deepEqual(kinds(), ['started'], 'its engine does not know yet that it runs')
  table.update(runs, 1002)
  assert.deepEqual(kinds(), ['started', 'started'], 'the time of its start is a change, and no other run')

  process.kill(pid, 'SIGKILL')
  while (readProcess(pid, 'stat')?.includes(') Z ') !== true) await setImmediate()
  table.update({ ...runs, addresses: ['10.0.0.2'] }, 1003)
  assert.equal(told.length, 2, 'nothing can be said of its namespaces any more')
  table.update({ ...waiting }, 1004)
  table.update(runs, 1005)
  assert.deepEqual(
    kinds(),
    ['started', 'started', 'stopped'],
    'an answer from before its end changes nothing',
  )
})

test('a start that fails is the end of what was told', async () => {
  const child = spawn('true', { stdio: 'ignore' })
  const pid = child.pid ?? 0
  await once(child, 'exit')
  const told: string[] = []
  const table = new ContainerTable('docker', ({ kind }) => void told.push(kind))
  const waiting: ContainerDetails = {
    ...{ id, name: 'shop', image: null, labels: {}, networkMode: '', addresses: [], pod: undefined },
    ...{ pid: 0, isRunning: false, startedAt: '1970-01-01T00:00:00.000Z' },
  }
  table.starting(waiting, pid, 1000)
  table.update(waiting, 1001)
  assert.deepEqual(told, ['started', 'stopped'])
})
