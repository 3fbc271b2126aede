import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { LocalApi } from '../../src/cli/local-api.ts'
import { eventually, temporaryFolder } from './fixture.ts'

const program = new URL('./up-program.ts', import.meta.url).pathname

interface Up {
  child: ChildProcess
  folder: string
  output: () => string
  errors: () => string
  exited: Promise<unknown>
  get: (path: string) => Promise<any> // oxlint-disable-line typescript/no-explicit-any -- whatever came
}

interface Options {
  folder?: string
  port?: number
  modes?: string[]
  environment?: Record<string, string>
}

function spawnUp(t: TestContext, { folder, port = 0, modes = [], environment = {} }: Options = {}): Up {
  const state = folder ?? join(temporaryFolder(t), 'state')
  const child = spawn(process.execPath, [program, state, `${port}`, ...modes], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return {
    child,
    folder: state,
    output: () => output,
    errors: () => errors,
    exited: once(child, 'close'),
    get: (path) => new LocalApi(state).get(path),
  }
}

/** Up, with an enforcer that is connected and has found something. */
async function startUp(t: TestContext, options: Options = {}): Promise<Up> {
  const up = spawnUp(t, options)
  await eventually(() => /iban/.test(up.output()), 'the first finding', 90_000)
  return up
}

/** Processes whose command line names the folder: all that belongs to that Pavise. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      } catch {
        return false
      }
    })
    .map(Number)
}

async function stop(up: Up, signal: NodeJS.Signals): Promise<number> {
  const started = performance.now()
  up.child.kill(signal)
  await up.exited
  return performance.now() - started
}

/** What is left in the state folder. */
const lasting = [
  'captures',
  'captures.key',
  'certificate.key',
  'certificate.pem',
  'evidence-bodies.keys',
  'evidence.key',
  'hash.key',
  'pavise.db',
]

suite('pavise up', () => {
  test('it finds, stores and answers, and on SIGTERM leaves nothing but the store and the key', async (t) => {
    const up = await startUp(t)
    const { items } = await up.get('/api/v1/findings?limit=1')
    assert.equal(items[0].identifier, 'iban')
    assert.equal(processesOf(up.folder).length, 2)
    assert.equal(statSync(join(up.folder, 'hash.key')).mode & 0o777, 0o600)
    assert.equal(statSync(up.folder).mode & 0o777, 0o700)
    const tookMs = await stop(up, 'SIGTERM')
    assert.equal(up.child.exitCode, 0, up.errors())
    assert.ok(tookMs < 2_000, `it took ${tookMs} ms`)
    assert.deepEqual(readdirSync(up.folder).toSorted(), lasting)
    assert.deepEqual(processesOf(up.folder), [])
  })

  test('who starts it first gets a link that logs in, over TLS with the certificate that it shows', async (t) => {
    const up = await startUp(t)
    const [, url, link] = /^(https:\/\/127\.0\.0\.1:\d+)\/login#(\S+)$/m.exec(up.errors()) ?? []
    const pem = readFileSync(join(up.folder, 'certificate.pem'))
    assert.ok(up.errors().includes(new X509Certificate(pem).fingerprint256))
    const headers = { 'content-type': 'application/json' }
    const asked = request(`${url}/api/v1/session/link`, { method: 'POST', headers, ca: pem, agent: false })
    asked.end(JSON.stringify({ link }))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 200)
    assert.match(answer.headers['set-cookie']?.[0] ?? '', /^__Host-pavise=.*; Secure$/)
    answer.destroy()
  })

  test('interrupted it ends as cleanly, with 130', async (t) => {
    const up = await startUp(t)
    const tookMs = await stop(up, 'SIGINT')
    assert.equal(up.child.exitCode, 130)
    assert.ok(tookMs < 2_000, `it took ${tookMs} ms`)
    assert.deepEqual(readdirSync(up.folder).toSorted(), lasting)
  })

  test('Ctrl-C that arrives twice, from the terminal and from npm, is one', async (t) => {
    const up = await startUp(t)
    up.child.kill('SIGINT')
    await stop(up, 'SIGINT')
    assert.equal(up.child.exitCode, 130)
    assert.deepEqual(readdirSync(up.folder).toSorted(), lasting)
  })

  test('an enforcer that does not end when it is told to does not hold it up', async (t) => {
    const up = await startUp(t, { environment: { PAVISE_TEST_ENFORCER: 'stubborn' } })
    const tookMs = await stop(up, 'SIGTERM')
    assert.equal(up.child.exitCode, 0)
    assert.ok(tookMs < 2_000, `it took ${tookMs} ms`)
    assert.deepEqual(processesOf(up.folder), [])
  })

  test('killed, its enforcer ends too; the next start has all that was acknowledged, and names the gap', async (t) => {
    const up = await startUp(t)
    const key = readFileSync(join(up.folder, 'hash.key'), 'utf8')
    const before = (await up.get('/api/v1/findings?limit=1000')).items.length
    await stop(up, 'SIGKILL')
    await eventually(() => processesOf(up.folder).length === 0, 'the enforcer ends')
    const again = await startUp(t, { folder: up.folder })
    assert.ok((await again.get('/api/v1/findings?limit=1000')).items.length >= before)
    const { items } = await again.get('/api/v1/coverage?reason=not-running')
    assert.equal(items.length, 1)
    assert.match(items[0].detail, /nothing was seen from about 2\d\d\d-/)
    assert.equal(readFileSync(join(up.folder, 'hash.key'), 'utf8'), key)
    await stop(again, 'SIGTERM')
  })

  test('stopped is a gap that is stored, a lost connection at the stop is not another', async (t) => {
    const up = await startUp(t)
    await stop(up, 'SIGTERM')
    const again = await startUp(t, { folder: up.folder })
    const { items } = await again.get('/api/v1/coverage')
    assert.deepEqual(
      items.map((item: { reason: string }) => item.reason),
      ['stopped'],
    )
  })

  test('a second one on the same folder is refused, naming the first', async (t) => {
    const first = await startUp(t)
    const second = spawnUp(t, { folder: first.folder })
    await second.exited
    assert.equal(second.child.exitCode, 4)
    assert.match(second.errors(), new RegExp(`STORE_LOCKED: .*process ${first.child.pid}\\. .*--state-dir`))
    assert.ok((await first.get('/api/v1/status')).enforcers[0].connected, 'the first goes on')
  })

  test('a port that is taken is refused, and what was begun is undone', async (t) => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { port } = other.address() as { port: number }
    const up = spawnUp(t, { port })
    await up.exited
    assert.equal(up.child.exitCode, 4)
    assert.match(up.errors(), new RegExp(`PORT_TAKEN: Port ${port} .*--port`))
    assert.deepEqual(readdirSync(up.folder).toSorted(), lasting)
  })

  test('a folder that everyone may write to is refused', async (t) => {
    const folder = join(temporaryFolder(t), 'open')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    const up = spawnUp(t, { folder })
    await up.exited
    assert.equal(up.child.exitCode, 4)
    assert.match(up.errors(), /STATE_FOLDER_UNUSABLE: .*everyone may write to it/)
    assert.deepEqual(readdirSync(folder), [])
  })

  test('an enforcer that ends is started again, less and less often, and each time is a gap', async (t) => {
    const up = spawnUp(t, { environment: { PAVISE_TEST_ENFORCER: 'crash' } })
    await eventually(() => up.errors().split('Gap: the enforcer ended').length > 2, 'it ended twice', 30_000)
    assert.match(up.errors(), /exit code 7\); it is started again in 0\.5 s/)
    assert.match(up.errors(), /exit code 7\); it is started again in 1 s/)
    assert.match(up.errors(), /enforcer: up with �\[31mbehaviour/, 'its output is shown, and does nothing')
    const { items } = await up.get('/api/v1/coverage?reason=enforcer-ended')
    assert.ok(items.length >= 2)
    await stop(up, 'SIGTERM')
    assert.equal(up.child.exitCode, 0)
  })
})

suite('what pavise up shows', () => {
  test('without a terminal, a line for each thing that is new, and no escape sequence', async (t) => {
    const up = await startUp(t)
    await stop(up, 'SIGTERM')
    const lines = up.output().trimEnd().split('\n')
    assert.match(lines[0], /^Pavise is watching\. Console: https:\/\/127\.0\.0\.1:\d+$/)
    const facts = lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))
    assert.ok(facts.includes('legacy is not seen (host-network)'))
    assert.equal(facts.filter((fact) => fact.includes('iban')).length, 1, 'the same finding is told once')
    assert.ok(
      facts.includes('web → api HTTP CLEAR: iban in http.body $.iban, e.g. DE89 **** **** **** **30 00'),
    )
    assert.match(facts.at(-1) ?? '', /^2 of 3 workloads are seen · .* values of personal data/)
    assert.ok(!up.output().includes('\u001b'))
  })

  test('--json gives a record a line on standard output, and nothing else there', async (t) => {
    const up = spawnUp(t, { modes: ['json'] })
    await eventually(() => up.output().split('\n').length > 20, 'twenty records')
    await stop(up, 'SIGTERM')
    const records = up
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; findings?: Record<string, number> })
    const types = new Set(records.map((record) => record.type))
    assert.deepEqual([...types].toSorted(), ['coverage', 'flow', 'personal-data', 'summary'])
    const summary = records.at(-1)
    assert.equal(summary?.type, 'summary')
    assert.equal(summary?.findings?.iban, records.filter((record) => record.type === 'personal-data').length)
  })

  test('--quiet says nothing while all is well', async (t) => {
    const up = spawnUp(t, { modes: ['quiet'] })
    await eventually(() => existsSync(join(up.folder, 'pavise.db')), 'the store')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await stop(up, 'SIGTERM')
    assert.equal(up.output() + up.errors(), '')
  })

  test('when nobody reads any more it ends', async (t) => {
    const up = spawnUp(t, { modes: ['json'] })
    await once(up.child.stdout!, 'data')
    up.child.stdout?.destroy()
    await up.exited
    assert.equal(up.child.exitCode, 0, up.errors())
    assert.deepEqual(readdirSync(up.folder).toSorted(), lasting)
  })

  test('on a terminal, a table that is drawn in its place, and Ctrl-C ends it', async (t) => {
    if (spawnSync('script', ['--version']).status !== 0) return t.skip('script(1) is not installed')
    const folder = join(temporaryFolder(t), 'state')
    const command = `stty cols 100 rows 20; ${process.execPath} ${program} ${folder} 0`
    const terminal = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    t.after(() => terminal.kill('SIGKILL'))
    let output = ''
    terminal.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const frames = () => output.split('\u001b[?2026h')
    await eventually(() => /web +api +HTTP +\S*CLEAR/.test(output), 'the table')
    const before = frames().length
    await eventually(() => frames().length >= before + 2, 'two more frames')
    terminal.stdin.write('\u0003')
    const [code] = (await once(terminal, 'close')) as [number]
    assert.equal(code, 130)
    const last = stripVTControlCharacters(frames().at(-1) ?? '')
      .split('\n')
      .map((line) => line.trimEnd())
    assert.match(last[0], /^Pavise {2}watched 2 of 3 workloads/)
    assert.ok(last.includes('legacy is not seen (host-network)'))
    assert.match(
      JSON.stringify(frames().at(-1)),
      /^"\\u001b\[\d+A\\u001b\[J/,
      'it is drawn over the last one',
    )
    assert.ok(last.every((line) => line.length <= 100) && last.length <= 20)
  })
})
