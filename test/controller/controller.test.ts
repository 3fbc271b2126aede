import assert from 'node:assert/strict'
import { chmodSync, existsSync, linkSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { Controller } from '../../src/controller/controller.ts'
import { wireLimits } from '../../src/model/enforcer-messages.ts'
import { defaultRetention } from '../../src/store/limits.ts'
import type { Store } from '../../src/store/store.ts'
import { at, sampleFinding, sampleFlow, sampleState } from '../records.ts'
import { EnforcerClient, hello } from './enforcer-client.ts'
import { eventually, hashKey, startController, temporaryFolder } from './fixture.ts'

test('an enforcer is welcomed with the key, and a batch is acknowledged once it is stored', async (t) => {
  const { controller, store, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.batch(1, [sampleFlow(), sampleFinding({ count: 4 })])
  await client.acknowledged(1)
  assert.deepEqual(client.received[0], { kind: 'welcome', acknowledged: 0, hashKey })
  assert.equal((await store.findings({ limit: 10 })).items.length, 1)
  assert.deepEqual(
    controller.dataFlows().map((flow) => [flow.application, flow.encrypted, flow.carried[0].count]),
    [['HTTP', false, 4]],
  )
})

test('an acknowledgement waits for the store, and what is not acknowledged is asked for again', async (t) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  const slow = (store: Store): Store =>
    new Proxy(store, {
      get(target, name: keyof Store) {
        if (name === 'append')
          return async (batch: Parameters<Store['append']>[0]) => held.then(() => target.append(batch))
        const value: unknown = target[name]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const { store, socketPath } = await startController(t, { store: slow })
  const client = await EnforcerClient.join(socketPath)
  client.batch(1, [sampleFlow()])
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(client.received.length, 1, 'acknowledged before it was stored')
  client.destroy()
  await client.closed
  const again = await EnforcerClient.join(socketPath)
  assert.deepEqual(again.received, [{ kind: 'welcome', acknowledged: 0, hashKey }])
  again.batch(1, [sampleFlow()])
  release()
  await again.acknowledged(1)
  assert.equal((await store.flows({ limit: 10 })).items.length, 1)
})

test('a run goes on where it was acknowledged; a new run begins anew', async (t) => {
  const { socketPath } = await startController(t)
  const first = await EnforcerClient.join(socketPath)
  first.batch(5, [sampleFlow()])
  await first.acknowledged(5)
  first.destroy()
  const same = await EnforcerClient.join(socketPath)
  assert.deepEqual(same.received, [{ kind: 'welcome', acknowledged: 5, hashKey }])
  same.destroy()
  const other = await EnforcerClient.join(socketPath, { run: 'run-2' })
  assert.deepEqual(other.received, [{ kind: 'welcome', acknowledged: 0, hashKey }])
})

test('workloads are kept with their coverage, and stop when a complete listing leaves them out', async (t) => {
  const { controller, store, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  const host = sampleState(
    { id: 'docker:host', hostNetwork: true },
    { coverage: 'host-network', detail: 'its traffic is the node’s' },
  )
  client.send({ kind: 'workloads', complete: true, workloads: [sampleState(), host] })
  await eventually(() => controller.workloads().length === 2, 'two workloads')
  client.send({ kind: 'workloads', complete: true, workloads: [host] })
  await eventually(() => controller.workloads().length === 1, 'one workload')
  await eventually(
    async () => (await store.workloads({ limit: 10, running: false })).items.length === 1,
    'one has stopped in the store',
  )
  assert.deepEqual(controller.workloads(), [host])
})

test('a disconnect is a gap that is reported, and a second connection replaces the first', async (t) => {
  const { controller, store, socketPath } = await startController(t)
  const first = await EnforcerClient.join(socketPath)
  const second = await EnforcerClient.join(socketPath)
  await first.closed
  assert.deepEqual(
    controller.enforcers().map((enforcer) => enforcer.connected),
    [true],
  )
  assert.equal((await store.coverage({ limit: 10 })).items.length, 0, 'it was never unconnected')
  second.destroy()
  await eventually(async () => (await store.coverage({ limit: 10 })).items.length === 1, 'a gap')
  const [gap] = (await store.coverage({ limit: 10 })).items
  assert.equal(gap.reason, 'enforcer-disconnected')
  assert.equal(controller.enforcers()[0].connected, false)
})

test('an enforcer that goes while acknowledgements are under way to it is gone like any other', async (t) => {
  const { store, socketPath, log } = await startController(t)
  // Reads a few bytes and no more: what the system holds unread when it goes is told to the other side as a reset.
  const socket = connect({ path: socketPath, onread: { buffer: Buffer.alloc(8), callback: () => false } })
  const batch = { kind: 'batch', sequence: 1, records: [sampleFlow()] }
  socket.write(`${JSON.stringify(hello)}\n${JSON.stringify(batch)}\n`)
  await eventually(async () => (await store.flows({ limit: 1 })).items.length === 1, 'stored')
  socket.destroy()
  await eventually(async () => (await store.coverage({ limit: 10 })).items.length === 1, 'a gap')
  const [gap] = (await store.coverage({ limit: 10 })).items
  assert.match(gap.detail, /is not connected$/)
  assert.deepEqual(
    log.filter((line) => !line.startsWith('info')),
    [],
  )
})

const garbage: [name: string, sent: string | Buffer][] = [
  ['bytes', Buffer.from([0, 255, 10, 1, 2, 3, 10])],
  ['text', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['JSON that is no message', '{"kind":"__proto__"}\n'],
  ['a batch before hello', '{"kind":"batch","sequence":1,"records":[]}\n'],
  ['a line without end', Buffer.alloc(wireLimits.lineBytes + 1, 0x20)],
  ['deep JSON', `${'['.repeat(100_000)}\n`],
]

for (const [name, sent] of garbage) {
  test(`${name} ends the connection and nothing else`, async (t) => {
    const { socketPath, log } = await startController(t)
    const good = await EnforcerClient.join(socketPath)
    const bad = await EnforcerClient.connect(socketPath)
    bad.raw(sent)
    await bad.closed
    good.batch(1, [sampleFlow()])
    await good.acknowledged(1)
    assert.match(log.join('\n'), /warn: Connection of enforcer that said no hello ended/)
  })
}

test('a record that is not well-formed is left out and reported, and its batch is acknowledged', async (t) => {
  const { controller, store, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.batch(1, [
    sampleFlow({ end: 'DE89370400440532013000' }),
    sampleFlow({ id: 'good', recordId: 'good' }),
  ])
  await client.acknowledged(1)
  assert.equal((await store.flows({ limit: 10 })).items[0].id, 'good')
  await eventually(async () => (await store.coverage({ limit: 10 })).items.length === 1, 'a coverage record')
  const [record] = (await store.coverage({ limit: 10 })).items
  assert.match(record.detail, /1 records of enforcer node-1 were not well-formed; the first: record 0: \/end/)
  assert.doesNotMatch(record.detail, /DE89/)
  assert.equal(controller.counters().recordsRejected, 1)
})

test('hello in pieces, with batches right behind it, is understood', async (t) => {
  const { store, socketPath } = await startController(t)
  const client = await EnforcerClient.connect(socketPath)
  const text = [
    JSON.stringify({ kind: 'hello', enforcer: 'n', run: 'r', version: '1', startedAt: at(0), workers: 1 }),
    JSON.stringify({ kind: 'batch', sequence: 1, records: [sampleFlow()] }),
    JSON.stringify({ kind: 'batch', sequence: 2, records: [sampleFinding()] }),
    '',
  ].join('\n')
  for (let from = 0; from < text.length; from += 97) client.raw(text.slice(from, from + 97))
  await client.acknowledged(2)
  assert.equal(client.received[0].kind, 'welcome')
  assert.equal((await store.findings({ limit: 10 })).items[0].flow?.id, 'flow-1')
})

test('an enforcer that does not read its acknowledgements is cut off', async (t) => {
  const { controller, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.stopReading()
  let sequence = 0
  const timer = setInterval(() => {
    for (let i = 0; i < 2_000; i++) client.batch(++sequence, [])
  }, 5)
  t.after(() => clearInterval(timer))
  await eventually(() => !controller.enforcers()[0].connected, 'the connection ends', 60_000)
  await client.closed
})

test('the socket is its owner’s only, and gone when the controller is', async (t) => {
  const { controller, socketPath } = await startController(t)
  assert.equal(statSync(socketPath).mode & 0o777, 0o600)
  await controller.close()
  assert.equal(existsSync(socketPath), false)
})

test('a path that cannot be listened on is explained', async (t) => {
  const { controller, store, folder, socketPath } = await startController(t)
  const { ledger } = controller
  const options = { store, hashKey, retention: defaultRetention, ledger, log: () => undefined }
  const start = (path: string) => Controller.start({ ...options, socketPath: path })
  await assert.rejects(start(socketPath), { code: 'SOCKET_TAKEN', nextStep: /--state-dir/ })
  writeFileSync(join(folder, 'file'), 'precious')
  await assert.rejects(start(join(folder, 'file')), { code: 'SOCKET_TAKEN', message: /not a socket/ })
  assert.ok(existsSync(join(folder, 'file')))
  await assert.rejects(start(join(folder, 'x'.repeat(120))), { code: 'SOCKET_PATH_TOO_LONG' })
  await assert.rejects(start(join(folder, 'nowhere', 's')), { code: 'SOCKET_UNAVAILABLE' })
})

test('a socket that nobody listens on any more is taken over', async (t) => {
  const folder = temporaryFolder(t)
  const socketPath = join(folder, 'controller.sock')
  const left = createServer()
  await new Promise<void>((resolve) => left.listen(socketPath, resolve))
  // Node removes the socket when it closes; kept under another name and put back, it is as a kill leaves it.
  linkSync(socketPath, `${socketPath}.left`)
  await new Promise((resolve) => left.close(resolve))
  renameSync(`${socketPath}.left`, socketPath)
  chmodSync(socketPath, 0o777)
  await startController(t, { folder })
  await EnforcerClient.join(socketPath)
  assert.equal(statSync(socketPath).mode & 0o777, 0o600)
})
