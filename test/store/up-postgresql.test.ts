import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { LocalApi } from '../../src/cli/local-api.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { cannotStartPostgresql } from '../support/postgresql-server.ts'
import { newDatabase, server } from './postgresql-databases.ts'

const program = new URL('../controller/up-program.ts', import.meta.url).pathname
const secret = 'hunter2'

interface Up {
  child: ChildProcess
  errors: () => string
  /** How many flows there are; −1 while it does not say. */
  flows: () => Promise<number>
}

function startUp(t: TestContext, folder: string, store: string): Up {
  const child = spawn(process.execPath, [program, folder, '0'], {
    env: { ...process.env, PAVISE_STORE: store, PGPASSWORD: secret },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const flows = async () => {
    const answer = await new LocalApi(folder).get('/api/v1/flows?limit=1').catch(() => null)
    return (answer as { total: { count: number } } | null)?.total.count ?? -1
  }
  return { child, errors: () => errors, flows }
}

/** What the children of a process were told by their environment. */
function environmentsOfChildren(parent: number | undefined): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isChild = readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${parent}\n`)
        return isChild ? [readFileSync(`/proc/${pid}/environ`, 'utf8')] : []
      } catch {
        return []
      }
    })
}

test(
  'pavise up on PostgreSQL goes on after a crash of the server, and after its own has all that was stored',
  { skip: cannotStartPostgresql },
  async (t) => {
    const { crash, start } = await server()
    const address = (await newDatabase()).replace('@', `:${secret}@`)
    const folder = join(temporaryFolder(t), 'state')
    const up = startUp(t, folder, address)
    await eventually(async () => (await up.flows()) > 5, 'flows are stored', 30_000)
    const environments = environmentsOfChildren(up.child.pid)
    assert.ok(environments.length > 0)
    for (const environment of environments) assert.ok(!environment.includes(secret))

    await crash()
    await eventually(async () => (await up.flows()) === -1, 'it says that it cannot')
    await eventually(() => up.errors().includes('PostgreSQL at 127.0.0.1'), 'it says why')
    assert.equal(up.child.exitCode, null)
    await start()
    await eventually(async () => (await up.flows()) > 5, 'it answers again', 30_000)
    const before = await up.flows()
    await eventually(async () => (await up.flows()) > before, 'more flows are stored', 30_000)

    const last = await up.flows()
    up.child.kill('SIGKILL')
    await once(up.child, 'close')
    const again = startUp(t, folder, address)
    await eventually(async () => (await again.flows()) >= last, 'all is there', 30_000)
    assert.ok(!`${up.errors()}${again.errors()}`.includes(secret))
    again.child.kill('SIGTERM')
    await once(again.child, 'close')
    assert.equal(again.child.exitCode, 0)
  },
)
