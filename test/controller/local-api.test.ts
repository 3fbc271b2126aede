import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Accounts } from '../../src/accounts/accounts.ts'
import { ApiServer } from '../../src/api/server.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import { openStateFolder } from '../../src/cli/up/state-folder.ts'
import { silentLog } from '../../src/lib/log.ts'
import { startController, temporaryFolder } from './fixture.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

async function start(t: TestContext) {
  const { controller, folder } = await startController(t)
  const { apiSocket: socketPath } = openStateFolder(folder)
  const accounts = new Accounts(controller.store.accounts)
  const api = await ApiServer.start({
    controller,
    accounts,
    version: '9.9.9',
    port: 0,
    tls: null,
    consoleFolder: '',
    socketPath,
    log: silentLog,
  })
  t.after(() => api.close())
  await accounts.firstLink()
  return { folder, socketPath, local: new LocalApi(folder) }
}

test('the command line asks over a socket that only its owner can open', async (t) => {
  const { local, socketPath } = await start(t)
  assert.equal((await local.get<{ version: string }>('/api/v1/status')).version, '9.9.9')
  assert.equal(statSync(socketPath).mode & 0o777, 0o600)
})

test('a problem is an error with the next step and an exit code', async (t) => {
  const { local } = await start(t)
  await assert.rejects(local.get('/api/v1/flows?limit=0'), {
    code: 'REFUSED',
    message: /limit must be >= 1/,
    nextStep: /openapi/,
    exitCode: 2,
  })
  await assert.rejects(local.send('POST', '/api/v1/flows', { a: 1 }), { code: 'REFUSED', message: /GET/ })
})

test('where nothing runs, that is said, with how to start it', async (t) => {
  const folder = temporaryFolder(t)
  await assert.rejects(new LocalApi(folder).get('/api/v1/status'), {
    code: 'NOT_RUNNING',
    message: new RegExp(`${folder}.*ENOENT`),
    nextStep: /pavise up/,
    exitCode: 4,
  })
})

test('a socket that another program listens on is left to it', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'run'))
  const socketPath = join(folder, 'run', 'api.sock')
  const other = createServer().listen(socketPath)
  t.after(() => other.close())
  const { controller } = await startController(t)
  const accounts = new Accounts(controller.store.accounts)
  const options = {
    controller,
    accounts,
    version: '1',
    port: 0,
    tls: null,
    consoleFolder: '',
    socketPath,
    log: silentLog,
  }
  await assert.rejects(ApiServer.start(options), { code: 'SOCKET_TAKEN', nextStep: /--state-dir/ })
})

test('accounts are made, listed, linked and removed from the command line', async (t) => {
  const { folder } = await start(t)
  const pavise = async (...args: string[]) => {
    const child = spawn(process.execPath, [launcher, 'accounts', ...args, '--state-dir', folder])
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: child.exitCode, output, errors }
  }
  const added = await pavise('add', 'anna', '--role', 'auditor', 'reader', '--namespace', 'lab')
  assert.match(
    added.output,
    /^https?:\/\/127\.0\.0\.1:\d+\/login#pavise_link_[\w-]{43}\nLogs anna in, once, until /,
  )
  assert.match((await pavise('list')).output, /^anna +auditor in lab, reader in lab +by link only$/m)
  const link = JSON.parse((await pavise('link', 'Anna', '--json')).output) as { account: { name: string } }
  assert.equal(link.account.name, 'anna')
  assert.deepEqual(await pavise('add', 'anna', '--role', 'reader'), {
    code: 2,
    output: '',
    errors: 'REFUSED: There is an account of the name anna already.\n',
  })
  const unknown = await pavise('link', 'bob')
  assert.equal(unknown.code, 2)
  assert.match(unknown.errors, /^NO_SUCH_ACCOUNT: .*bob.*\nThere are: admin, anna\.$/m)
  assert.equal((await pavise('remove', 'anna')).output, 'anna is removed.\n')
  assert.match((await pavise('remove', 'admin')).errors, /no administrator left/)
})
