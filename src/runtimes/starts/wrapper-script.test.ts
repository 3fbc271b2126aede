import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { ContainerStart } from './container-start.ts'
import { StartRequests } from './start-requests.ts'
import { wrapperScript } from './wrapper-script.ts'

interface Ran {
  code: number | null
  lines: string[]
  errors: string
}

/** A wrapper around a runtime that says with what it was called, of any container that it waits, and keeps with what it ended one last. */
function wrapped(t: TestContext, onFailure: 'open' | 'closed' = 'open') {
  const base = mkdtempSync(join(tmpdir(), 'pavise-wrapper-'))
  t.after(() => rmSync(base, { recursive: true }))
  const runtime = join(base, "the 'real' runtime")
  const folder = join(base, 'its folder')
  const state = '{"id":"shop","pid":4711,"status":"created","bundle":"/run/b"}'
  write(
    runtime,
    `#!/bin/sh
case " $* " in (*" KILL "*) exec > "\${0%/*}/ended" ;; esac
case " $* " in (*" state "*) echo '${state}' ;; (*) printf '%s|' "$@"; echo ;; esac
`,
  )
  const path = join(base, 'wrapper')
  write(path, wrapperScript({ runtime, folder, onFailure, timeoutSeconds: 0.2 }))
  const run = async (...args: string[]): Promise<Ran> => {
    const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const [output, errors] = [child.stdout, child.stderr].map((stream) => collect(stream))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, lines: output().split('\n').filter(Boolean), errors: errors() }
  }
  return { folder, run, ended: () => readFileSync(join(base, 'ended'), 'utf8') }
}

function write(path: string, text: string): void {
  writeFileSync(path, text)
  chmodSync(path, 0o755)
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

test('a start waits until it is answered, and then is what it was', async (t) => {
  const { folder, run } = wrapped(t, 'closed')
  const seen: ContainerStart[] = []
  const rules = Promise.withResolvers<void>()
  const requests = new StartRequests(folder, async (start) => {
    seen.push(start)
    await rules.promise
    return undefined
  })
  requests.open()
  let hasStarted = false
  const started = run('--root', '/run/start', '--log=x', 'start', "a 'name'").finally(
    () => (hasStarted = true),
  )
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  assert.deepEqual(seen, [{ id: 'shop', pid: 4711, bundle: '/run/b' }])
  assert.equal(hasStarted, false)
  rules.resolve()
  assert.deepEqual(await started, {
    code: 0,
    lines: ["--root|/run/start|--log=x|start|a 'name'|"],
    errors: '',
  })
  await requests.close()
  assert.deepEqual(readdirSync(folder), [])
})

test('a start that is not allowed is refused, with why, where engines look for it', async (t) => {
  const { folder, run, ended } = wrapped(t)
  const requests = new StartRequests(folder, () => Promise.resolve('no "owner" is\nnamed'))
  requests.open()
  const log = join(folder, 'log')
  for (const args of [['--log', log], [`--log=${log}`], []]) {
    rmSync(log, { force: true })
    const { code, lines, errors } = await run(...args, 'start', 'shop')
    assert.deepEqual([code, lines], [1, []])
    const said = 'pavise does not let this container start: no ?owner? is?named'
    assert.equal(errors, `${said}\n`)
    assert.equal(ended(), `${[...args, 'kill', 'shop', 'KILL'].join('|')}|\n`, 'what waited is ended')
    if (args.length > 0)
      assert.deepEqual(JSON.parse(readFileSync(log, 'utf8')), { level: 'error', msg: said })
  }
  await requests.close()
})

test('other commands do not wait, whatever their arguments are', async (t) => {
  const { folder, run } = wrapped(t, 'closed')
  mkdirSync(folder)
  const rows = [
    ['create', '--bundle', '/b', 'start'],
    ['--root', 'start', 'kill', 'shop'],
    ['--log', 'start', '--systemd-cgroup', 'delete', 'start'],
    [],
  ]
  for (const args of rows) {
    const line = args.map((arg) => `${arg}|`).join('') || '|'
    assert.deepEqual(await run(...args), { code: 0, lines: [line], errors: '' })
  }
})

test('while nobody answers, a start goes on or is refused, as was asked for', async (t) => {
  const open = wrapped(t, 'open')
  assert.deepEqual(await open.run('start', 'shop'), { code: 0, lines: ['start|shop|'], errors: '' })
  const closed = wrapped(t, 'closed')
  mkdirSync(closed.folder)
  // Somebody who has ended, and somebody who does not answer.
  for (const pid of [2 ** 22 + 1, process.pid]) {
    writeFileSync(join(closed.folder, 'answering'), `${pid}\n`)
    const { code, lines, errors } = await closed.run('start', 'shop')
    assert.deepEqual([code, lines], [1, []])
    assert.match(errors, /^pavise has not put its rules in place: the container is not started$/m)
    assert.deepEqual(readdirSync(closed.folder), ['answering'])
  }
})

test('who waits when it is closed goes on', async (t) => {
  const { folder, run } = wrapped(t, 'closed')
  const asked = Promise.withResolvers<void>()
  const requests = new StartRequests(folder, () => {
    asked.resolve()
    return new Promise(() => undefined)
  })
  requests.open()
  const started = run('start', 'shop')
  await asked.promise
  await requests.close()
  assert.equal((await started).code, 0)
})
