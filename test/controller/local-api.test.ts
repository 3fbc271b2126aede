import assert from 'node:assert/strict'
import { mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ApiServer } from '../../src/api/server.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import { openStateFolder } from '../../src/cli/up/state-folder.ts'
import { silentLog } from '../../src/lib/log.ts'
import { startController, temporaryFolder } from './fixture.ts'

async function start(t: TestContext) {
  const { controller, folder } = await startController(t)
  const { apiSocket: socketPath } = openStateFolder(folder)
  const api = await ApiServer.start({ controller, version: '9.9.9', port: 0, socketPath, log: silentLog })
  t.after(() => api.close())
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
  const options = { controller, version: '1', port: 0, socketPath, log: silentLog }
  await assert.rejects(ApiServer.start(options), { code: 'SOCKET_TAKEN', nextStep: /--state-dir/ })
})
