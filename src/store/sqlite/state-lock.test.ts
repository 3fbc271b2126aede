import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { StateLock } from './state-lock.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'pavise-lock-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A process that holds the lock until it is killed. */
async function holder(t: TestContext, path: string) {
  const program = `
    import { StateLock } from ${JSON.stringify(new URL('./state-lock.ts', import.meta.url).pathname)}
    // What nobody refers to is collected, and its lock with it.
    globalThis.held = StateLock.acquire(${JSON.stringify(path)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

test('a second one is refused, naming the process that has it', async (t) => {
  const path = folder(t)
  const child = await holder(t, path)
  assert.throws(() => StateLock.acquire(path), {
    code: 'STORE_LOCKED',
    message: new RegExp(`process ${child.pid}`),
    nextStep: /--state-dir/,
  })
})

test('the lock of a killed process is free at once, and its death is known', async (t) => {
  const path = folder(t)
  const child = await holder(t, path)
  child.kill('SIGKILL')
  await once(child, 'close')
  const lock = StateLock.acquire(path)
  assert.ok(lock.diedAt !== null && Math.abs(Date.now() - lock.diedAt) < 30_000)
  lock.release()
})

test('release leaves nothing, and the next one starts clean', (t) => {
  const path = folder(t)
  StateLock.acquire(path).release()
  assert.deepEqual(readdirSync(path), [])
  const lock = StateLock.acquire(path)
  assert.equal(lock.diedAt, null)
  lock.release()
})

test('the moment of death is the last sign of life', async (t) => {
  const path = folder(t)
  const child = await holder(t, path)
  child.kill('SIGKILL')
  await once(child, 'close')
  utimesSync(join(path, 'pavise.pid'), 1_700_000_000, 1_700_000_000)
  const lock = StateLock.acquire(path)
  assert.equal(lock.diedAt, 1_700_000_000_000)
  lock.touch(1_800_000_000_000)
  assert.equal(statSync(join(path, 'pavise.pid')).mtimeMs, 1_800_000_000_000)
  lock.release()
})

test('two in one process exclude each other as well', (t) => {
  const path = folder(t)
  const lock = StateLock.acquire(path)
  assert.throws(() => StateLock.acquire(path), { code: 'STORE_LOCKED' })
  lock.release()
  StateLock.acquire(path).release()
})

test('a folder that is not there is named, with a way out', (t) => {
  const path = join(folder(t), 'nowhere')
  assert.throws(() => StateLock.acquire(path), {
    code: 'STORE_UNAVAILABLE',
    message: /nowhere/,
    nextStep: /state-dir/,
  })
})
