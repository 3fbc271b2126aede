import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Workload } from '../model/workload.ts'
import { WatchedNamespaces } from './watched-namespaces.ts'
import type { WorkerOrder } from './worker-messages.ts'

const host = 99
const began = Date.parse('2026-01-02T03:04:05Z')

function workload(id: string, change: Partial<Workload> = {}): Workload {
  return {
    id,
    runtime: 'docker',
    name: id,
    image: null,
    labels: {},
    service: id,
    namespace: 'default',
    pid: 1,
    netns: 1,
    netnsPath: '/proc/1/ns/net',
    hostNetwork: false,
    addresses: ['10.0.0.1'],
    startedAt: new Date(began).toISOString(),
    ...change,
  }
}

function watch(workers = 2) {
  const orders: WorkerOrder[] = []
  const states: WorkloadState[] = []
  const blind: string[] = []
  const namespaces = new WatchedNamespaces({
    workers,
    order: (order) => orders.push(order),
    hostNamespace: host,
    addressesOf: () => ['10.9.9.9'],
    changed: (state) => states.push(state),
    blind: ({ workload: { id }, coverage }) => blind.push(`${id} ${coverage}`),
    protection: { present: () => undefined, gone: () => undefined },
  })
  const kinds = () => orders.splice(0).map(({ kind }) => kind)
  const attached = (network: number, at = began + 30) => namespaces.report({ kind: 'attached', network, at })
  return { namespaces, orders, states, blind, kinds, attached }
}

test('a workload is seen once every worker reads its namespace, and how long that took is told', () => {
  const { namespaces, states, kinds, attached } = watch()
  namespaces.started(workload('a'), began)
  assert.deepEqual(kinds(), ['attach'])
  attached(1, began + 10)
  assert.equal(states.at(-1)?.coverage, 'starting')
  attached(1, began + 30)
  assert.equal(states.at(-1)?.coverage, 'seen')
  assert.equal(states.at(-1)?.attachedAfterMs, 30)
})

test('workloads that share a namespace share its rings, and it is let go with the last of them', () => {
  const { namespaces, orders, kinds, attached } = watch(1)
  namespaces.started(workload('a'), began)
  attached(1)
  namespaces.started(workload('b'), began + 100)
  assert.deepEqual(
    namespaces.states().map(({ coverage }) => coverage),
    ['seen', 'seen'],
  )
  namespaces.stopped('a', began + 200)
  assert.deepEqual(orders.at(-1), {
    kind: 'subject',
    network: 1,
    subject: { workload: 'b', addresses: ['10.0.0.1'] },
  })
  assert.deepEqual(kinds(), ['attach', 'subject', 'subject'])
  namespaces.stopped('b', began + 300)
  assert.deepEqual(kinds(), ['detach'])
  assert.deepEqual(namespaces.states(), [])
})

test('the workload that runs longest stands for a namespace, in whatever order they are listed', () => {
  const { namespaces, orders } = watch(1)
  const at = (ms: number) => ({ startedAt: new Date(began + ms).toISOString() })
  namespaces.started(workload('sidecar', at(900)), began)
  namespaces.started(workload('app', at(0)), began)
  namespaces.started(workload('logger', at(500)), began)
  const subjects = orders.map((order) => ('subject' in order ? order.subject.workload : undefined))
  assert.deepEqual(subjects, ['sidecar', 'app', 'app'])
})

const unseen: [name: string, change: Partial<Workload>, coverage: string][] = [
  ['the host’s network, as its engine says', { hostNetwork: true }, 'host-network'],
  ['the host’s network, as the kernel says', { netns: host }, 'host-network'],
  ['no namespace that could be found', { netns: null, netnsPath: null }, 'no-namespace'],
]

for (const [name, change, coverage] of unseen) {
  test(`a workload in ${name} is a gap that is told, once`, () => {
    const { namespaces, blind, kinds } = watch()
    namespaces.started(workload('a', change), began)
    namespaces.started(workload('a', change), began + 5)
    assert.deepEqual(blind, [`a ${coverage}`])
    assert.equal(namespaces.states()[0].coverage, coverage)
    assert.deepEqual(kinds(), [])
  })
}

const failures = [
  ['not-permitted', 'not-permitted'],
  ['no-memory', 'tap-failed'],
] as const

for (const [code, coverage] of failures) {
  test(`where one worker fails with ${code}, none reads, and the workload is ${coverage}`, () => {
    const { namespaces, blind, kinds, attached } = watch()
    namespaces.started(workload('a'), began)
    kinds()
    attached(1)
    namespaces.report({ kind: 'attach-failed', network: 1, code, detail: 'why' })
    assert.deepEqual(kinds(), ['detach'])
    assert.deepEqual(blind, [`a ${coverage}`])
    assert.equal(namespaces.states()[0].detail, 'why')
  })
}

test('a workload that stops before its rings are open is let go all the same', () => {
  const { namespaces, states, kinds, attached } = watch()
  namespaces.started(workload('a'), began)
  namespaces.stopped('a', began + 1)
  assert.deepEqual(kinds(), ['attach', 'detach'])
  assert.ok(states.at(-1)?.stoppedAt)
  const told = states.length
  attached(1)
  attached(1)
  assert.equal(states.length, told, 'nothing is said of what is gone')
})

test('a workload that comes back in another namespace leaves the one it was in', () => {
  const { namespaces, kinds } = watch(1)
  namespaces.started(workload('a'), began)
  namespaces.started(workload('a', { netns: 2 }), began + 10)
  assert.deepEqual(kinds(), ['attach', 'detach', 'attach'])
})

test('addresses are asked of the namespace where the engine does not know them', () => {
  const { namespaces } = watch()
  namespaces.started(workload('a', { addresses: [] }), began)
  assert.deepEqual(namespaces.states()[0].workload.addresses, ['10.9.9.9'])
})

test('addresses that a namespace gets later are those of the workloads whose engine does not know them', () => {
  const { namespaces, states, attached } = watch(1)
  namespaces.started(workload('told'), began)
  namespaces.started(workload('found', { addresses: [] }), began)
  attached(1)
  const told = states.length
  const addresses = ['10.0.0.7', 'fe80::7']
  namespaces.report({ kind: 'addresses', network: 1, addresses })
  namespaces.report({ kind: 'addresses', network: 1, addresses })
  assert.deepEqual(
    states.slice(told).map(({ workload: { id, addresses: known } }) => [id, known]),
    [['found', addresses]],
  )
  assert.deepEqual(
    namespaces.states().map(({ workload: { addresses: known } }) => known),
    [['10.0.0.1'], addresses],
  )
})
