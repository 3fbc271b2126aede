import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import {
  hostNetworkNamespace,
  inNetworkNamespace,
  inNewNetworkNamespace,
  interfaceAddresses,
  networkNamespaceInode,
} from '../../src/kernel/namespaces.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'

const options = { skip: needsRoot }
const current = () => Number(/\d+/.exec(readlinkSync('/proc/thread-self/ns/net'))?.[0])
const module = fileURLToPath(new URL('../../src/kernel/namespaces.ts', import.meta.url))

test('what runs in another namespace runs there, and what comes after does not', options, (t) => {
  const { path } = new NetworkLab(t).add('node')
  const [own, descriptors] = [current(), readdirSync('/proc/self/fd').length]
  assert.equal(inNetworkNamespace(path, current), networkNamespaceInode(path))
  assert.equal(current(), own)
  assert.throws(
    () =>
      inNetworkNamespace(path, () => {
        throw new Error('inside')
      }),
    /inside/,
  )
  assert.equal(current(), own)
  assert.notEqual(inNewNetworkNamespace(current), own)
  assert.equal(current(), own)
  assert.equal(readdirSync('/proc/self/fd').length, descriptors)
})

test('a worker enters a namespace alone, and comes back to that of its process', options, async (t) => {
  const { path } = new NetworkLab(t).add('node')
  const script = `
    const { readlinkSync } = require('node:fs')
    const { parentPort } = require('node:worker_threads')
    const now = () => readlinkSync('/proc/thread-self/ns/net')
    const all = () => [now(), readlinkSync('/proc/self/ns/net')]
    import('${module}').then(({ inNetworkNamespace }) =>
      parentPort.postMessage([inNetworkNamespace('${path}', all), all()]))`
  const worker = new Worker(script, { eval: true })
  const [inside, after] = await new Promise<string[][]>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
  const [own, other] = [`net:[${current()}]`, `net:[${networkNamespaceInode(path)}]`]
  assert.deepEqual(inside, [other, own])
  assert.deepEqual(after, [own, own])
})

test('a thread that cannot go back ends its process', options, (t) => {
  const { path } = new NetworkLab(t).add('node')
  const script = `
    const { inNetworkNamespace } = await import('${module}')
    try { inNetworkNamespace('${path}', () => process.seteuid(65534)) } catch {}
    console.log('went on')`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  assert.equal(stdout, '')
  assert.match(stderr, /cannot go back to the own network namespace \(EPERM/)
  assert.equal(status, 4)
})

test('a namespace is known by its inode', options, (t) => {
  const lab = new NetworkLab(t)
  const [one, other] = [lab.add('one'), lab.add('other')].map(({ path }) => path)
  assert.ok(Number(networkNamespaceInode(one)) > 0)
  assert.notEqual(networkNamespaceInode(one), networkNamespaceInode(other))
  assert.equal(networkNamespaceInode('/proc/4194305/ns/net'), null)
  // Where process 1 may not be looked at, as in some sandboxes, ours stands for the machine's.
  assert.equal(hostNetworkNamespace(), networkNamespaceInode('/proc/1/ns/net') ?? current())
})

test('addresses are those of the namespace, without loopback', options, (t) => {
  const node = new NetworkLab(t).add('node')
  const addresses = interfaceAddresses(node.path)
  const [linkLocal, others] = [true, false].map((is) =>
    addresses.filter((each) => each.startsWith('fe80:') === is),
  )
  assert.deepEqual(others.toSorted(), [node.address, node.address6].toSorted())
  assert.ok(linkLocal.length <= 1)
  assert.throws(() => interfaceAddresses('/run/netns/pavise-none'), { code: 'no-namespace' })
})
