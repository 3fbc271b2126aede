import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { kernelLimits } from './limits.ts'
import { Poller, Wakeup } from './poller.ts'

test('a wait ends with what is ready, each with its token', (t) => {
  const poller = new Poller()
  const wakeups = [7, -1, 0x7fff_ffff].map((token) => ({ token, wakeup: Wakeup.create() }))
  t.after(() => {
    poller.close()
    for (const { wakeup } of wakeups) wakeup.close()
  })
  for (const { token, wakeup } of wakeups) poller.add(wakeup.fd, token)
  assert.equal(poller.wait(0), 0)

  wakeups[1].wakeup.signal()
  assert.equal(poller.wait(-1), 1)
  assert.equal(poller.token(0), -1)

  wakeups[2].wakeup.signal()
  assert.equal(poller.wait(-1), 2)
  assert.deepEqual(new Set([poller.token(0), poller.token(1)]), new Set([-1, 0x7fff_ffff]))

  poller.remove(wakeups[1].wakeup.fd)
  poller.remove(wakeups[1].wakeup.fd)
  wakeups[2].wakeup.drain()
  assert.equal(poller.wait(0), 0)
})

test('signals before a drain are one, and a drain of nothing does not wait', (t) => {
  const [poller, wakeup] = [new Poller(), Wakeup.create()]
  t.after(() => {
    poller.close()
    wakeup.close()
  })
  poller.add(wakeup.fd, 1)
  wakeup.drain()
  for (let i = 0; i < 3; i++) wakeup.signal()
  assert.equal(poller.wait(0), 1)
  wakeup.drain()
  assert.equal(poller.wait(0), 0)
})

test('a wait without anything ready lasts as long as it may', (t) => {
  const poller = new Poller()
  t.after(() => poller.close())
  const began = performance.now()
  assert.equal(poller.wait(30), 0)
  assert.ok(performance.now() - began >= 29)
})

test('more than fit in one wait come with the next', (t) => {
  const poller = new Poller()
  const wakeups = Array.from({ length: kernelLimits.pollEvents + 44 }, () => Wakeup.create())
  t.after(() => {
    poller.close()
    for (const wakeup of wakeups) wakeup.close()
  })
  for (const [token, wakeup] of wakeups.entries()) {
    poller.add(wakeup.fd, token)
    wakeup.signal()
  }
  const seen = new Set<number>()
  for (let round = 0; round < 2; round++) {
    const ready = poller.wait(0)
    assert.ok(ready <= kernelLimits.pollEvents)
    for (let i = 0; i < ready; i++) seen.add(poller.token(i))
  }
  assert.equal(seen.size, wakeups.length)
})

test('a thread that waits is woken by another', async (t) => {
  const wakeup = Wakeup.create()
  t.after(() => wakeup.close())
  const script = `
    const { parentPort, workerData } = require('node:worker_threads')
    import(workerData.module).then(({ Poller, Wakeup }) => {
      const [poller, wakeup] = [new Poller(), Wakeup.attach(workerData.fd)]
      poller.add(wakeup.fd, 5)
      parentPort.postMessage('waits')
      poller.wait(-1)
      wakeup.close()
      parentPort.postMessage(poller.token(0))
      poller.close()
    })`
  const workerData = { module: new URL('poller.ts', import.meta.url).href, fd: wakeup.fd }
  const worker = new Worker(script, { eval: true, workerData })
  const ended = once(worker, 'exit')
  const said = await new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message) => (message === 'waits' ? wakeup.signal() : resolve(message)))
  })
  assert.equal(said, 5)
  await ended
  assert.ok(readdirSync('/proc/self/fd').includes(String(wakeup.fd)), 'it is closed by whoever made it')
})

test('what is closed leaves no descriptor, and closing it again closes nothing else', () => {
  const before = readdirSync('/proc/self/fd').length
  const [poller, wakeup] = [new Poller(), Wakeup.create()]
  poller.close()
  wakeup.close()
  const other = Wakeup.create()
  poller.close()
  wakeup.close()
  wakeup.signal()
  assert.ok(readdirSync('/proc/self/fd').includes(String(other.fd)))
  other.close()
  assert.equal(readdirSync('/proc/self/fd').length, before)
})

test('a descriptor that cannot be waited for is refused', (t) => {
  const poller = new Poller()
  t.after(() => poller.close())
  assert.throws(() => poller.add(1_000_000, 1), { code: 'failed', message: /EBADF/ })
})
