import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { checkEngines, type Engine, type EngineAnswer, probeEngines } from './engines-check.ts'

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-engines-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

async function listen(t: TestContext, server: Server, socket: string): Promise<void> {
  t.after(() => server.close())
  server.listen(socket)
  await once(server, 'listening')
}

test('engines are asked over their sockets', async (t) => {
  const folder = temporaryFolder(t)
  const list: Engine[] = [
    { name: 'Docker', socket: join(folder, 'docker'), speaks: 'docker' },
    { name: 'containerd', socket: join(folder, 'containerd'), speaks: 'grpc' },
    { name: 'Podman', socket: join(folder, 'podman'), speaks: 'docker' },
  ]
  const api = createHttpServer((request, response) => {
    response.end(request.url === '/version' ? '{"Platform":{},"Version":"20.10.24+dfsg1"}' : '{}')
  })
  await listen(t, api, list[0].socket)
  await listen(t, createServer(), list[1].socket)
  assert.deepEqual(await probeEngines(list), [
    { engine: list[0], answer: { version: '20.10.24+dfsg1' } },
    { engine: list[1], answer: { version: '' } },
    { engine: list[2], answer: { error: 'ENOENT' } },
  ])
})

test('an engine that says no end of things, or something else, is not believed', async (t) => {
  const folder = temporaryFolder(t)
  const engine = (name: string): Engine => ({ name: 'Docker', socket: join(folder, name), speaks: 'docker' })
  const list = [engine('endless'), engine('odd')]
  const endless = createHttpServer((_, response) => {
    const flood = setInterval(() => response.write('x'.repeat(32 * 1024)), 1)
    response.on('close', () => clearInterval(flood))
  })
  await listen(t, endless, list[0].socket)
  await listen(
    t,
    createHttpServer((_, response) => response.end('"Version": "\u001b[31m"')),
    list[1].socket,
  )
  const [first, second] = await probeEngines(list)
  assert.deepEqual(first.answer, { error: 'says too much' })
  assert.deepEqual(second.answer, { version: '' })
})

test('one engine that answers is enough, one that is there and does not answer is a gap', () => {
  const docker: EngineAnswer = {
    engine: { name: 'Docker', socket: '', speaks: 'docker' },
    answer: { version: '27.1' },
  }
  const absent: EngineAnswer = {
    engine: { name: 'Podman', socket: '', speaks: 'docker' },
    answer: { error: 'ENOENT' },
  }
  const refused: EngineAnswer = { ...absent, answer: { error: 'EACCES' } }
  assert.deepEqual(checkEngines([docker, absent]), {
    type: 'check',
    about: 'engines',
    state: 'ok',
    found: 'Docker 27.1',
  })
  const gap = checkEngines([docker, refused])
  assert.equal(gap.state, 'limited')
  assert.match(
    `${gap.found} ${gap.costs}`,
    /Docker 27\.1, Podman does not answer \(EACCES\) What Podman runs is not seen/,
  )
  const none = checkEngines([absent])
  assert.equal(none.state, 'limited')
  assert.match(none.nextStep ?? '', /Start Docker/)
})
