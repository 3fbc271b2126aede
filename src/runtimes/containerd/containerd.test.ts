import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { containerDetails, isSandbox } from './container-details.ts'
import { firstString } from './first-field.ts'

const container = (id: string, labels: Record<string, string> = {}) => ({
  id,
  labels,
  image: 'docker.io/library/nginx:1',
})
const hex = 'ab'.repeat(32)
const pod = { 'io.kubernetes.pod.name': 'web-0', 'io.kubernetes.container.name': 'app' }

const names: [id: string, labels: Record<string, string>, name: string][] = [
  ['redis', {}, 'redis'],
  [hex, {}, hex.slice(0, 12)],
  [hex, { 'nerdctl/name': 'shop' }, 'shop'],
  [hex, pod, 'web-0/app'],
]

for (const [id, labels, name] of names) {
  test(`${JSON.stringify(labels)} of ${id.slice(0, 12)} is named ${name}`, () => {
    assert.equal(containerDetails(container(id, labels), undefined, '').name, name)
  })
}

for (const [status, isRunning] of Object.entries({
  CREATED: false,
  RUNNING: true,
  PAUSED: true,
  PAUSING: true,
  STOPPED: false,
  UNKNOWN: false,
})) {
  test(`a process that is ${status} ${isRunning ? 'runs' : 'does not run'}`, () => {
    const details = containerDetails(container('a'), { id: 'a', pid: 7, status }, '2026-01-02T03:04:05.000Z')
    assert.equal(details.isRunning, isRunning)
  })
}

test('a container without a process does not run, and a sandbox is told by its label', () => {
  assert.equal(containerDetails(container('a'), undefined, '').isRunning, false)
  assert.equal(isSandbox(container('a', { 'io.cri-containerd.kind': 'sandbox' })), true)
  assert.equal(isSandbox(container('a', { 'io.cri-containerd.kind': 'container' })), false)
})

test('an event begins with its container, and anything else is none', () => {
  const event = (id: string) =>
    Buffer.concat([
      Buffer.from([0x0a, ...varint(Buffer.byteLength(id))]),
      Buffer.from(id),
      Buffer.from([0x10, 5]),
    ])
  for (const id of ['', 'web', 'ü'.repeat(300)]) assert.equal(firstString(event(id)), id)
  for (const bytes of [[], [0x0a], [0x0a, 5, 0x61], [0x08, 1], [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff]])
    assert.equal(firstString(Uint8Array.from(bytes)), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void firstString(bytes)),
    { numRuns: fuzzRuns },
  )
})

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
