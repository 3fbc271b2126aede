import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { suite, test, type TestContext } from 'node:test'
import { serverLimits } from '../../src/api/limits.ts'
import { type RunningApi, startApiServer } from '../controller/api-fixture.ts'

/** What comes back for bytes as they are: a library would put them right. */
async function raw({ url }: RunningApi, text: string): Promise<string> {
  const socket = open(url)
  socket.end(text)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

function open(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
  socket.on('error', () => undefined)
  return socket
}

const head = 'Host: localhost\r\nConnection: close\r\n'
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

async function start(t: TestContext) {
  return startApiServer(t, { console: true })
}

/** It still answers, and others have lost nothing. */
async function assertAlive(api: RunningApi): Promise<void> {
  assert.equal((await api.ask('/healthz', { token: null })).status, 200)
}

suite('a path', () => {
  test('leads to nothing outside of the console, however it is written', async (t) => {
    const api = await start(t)
    const paths = [
      '/../../../../etc/passwd',
      '/assets/../../../../../etc/passwd',
      '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/....//....//etc/passwd',
      '/..\\..\\etc\\passwd',
      '/assets/%00',
      '/index.html%00.js',
      '//etc/passwd',
      '/.built-from',
      '/file:///etc/passwd',
      'http://127.0.0.1/../etc/passwd',
      '/assets/' + '../'.repeat(200) + 'etc/passwd',
    ]
    for (const path of paths) {
      const answer = await raw(api, `GET ${path} HTTP/1.1\r\n${head}\r\n`)
      assert.ok([400, 404, 421].includes(statusOf(answer)), `${path}: ${answer.slice(0, 80)}`)
      assert.doesNotMatch(answer, /root:|"name"/, path)
    }
  })

  test('of the console gives its page under a policy that runs nothing from elsewhere', async (t) => {
    const api = await start(t)
    for (const path of ['/', '/login', '/flows?selected=%3Cscript%3E', '/events']) {
      const { status, headers, text } = await api.ask(path, { token: null })
      assert.equal(status, 200, path)
      const policy = headers['content-security-policy'] as string
      assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
      assert.match(policy, /frame-ancestors 'none'.*require-trusted-types-for 'script'/)
      assert.doesNotMatch(policy, /unsafe|\*|data:|http/)
      assert.doesNotMatch(text, /<script(?![^>]* src="\/assets\/)|<style|onerror|selected/)
    }
    const { headers } = await api.ask('/login', { token: null })
    const again = await api.ask('/login', {
      token: null,
      headers: { 'if-none-match': headers.etag as string },
    })
    assert.equal(again.status, 304)
  })
})

suite('a request', () => {
  test('that is too large is refused before it is held', async (t) => {
    const api = await start(t)
    // What is announced is enough: nothing of it is sent, so that nothing of it can have been read.
    for (const length of [serverLimits.bodyBytes + 1, 99_999_999_999]) {
      const type = `Content-Type: application/json\r\nContent-Length: ${length}\r\n`
      assert.equal(statusOf(await raw(api, `POST /api/v1/session HTTP/1.1\r\n${head}${type}\r\n`)), 413)
    }
    const header = `GET /healthz HTTP/1.1\r\n${head}X: ${'x'.repeat(17_000)}\r\n\r\n`
    assert.equal(statusOf(await raw(api, header)), 431)
    const query = await raw(api, `GET /api/v1/flows?${'a=b&'.repeat(3_000)} HTTP/1.1\r\n${head}\r\n`)
    assert.ok([400, 401, 431].includes(statusOf(query)))
    await assertAlive(api)
  })

  test('whose JSON means to break the parser is refused', async (t) => {
    const api = await start(t)
    const bodies = [
      '{',
      '"just a text"',
      'null',
      '[]',
      '['.repeat(30_000),
      '{"a":'.repeat(10_000),
      '{"__proto__":{"x":1},"name":"a","password":"b"}',
      '{"constructor":{"prototype":{"x":1}},"name":"a","password":"b"}',
      '{"name":"a","password":{"$ne":null}}',
      '{"name":["a"],"password":"b"}',
      '{"name":"a","password":"b","role":"administrator"}',
    ]
    for (const body of bodies) {
      const type = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
      const answer = await raw(api, `POST /api/v1/session HTTP/1.1\r\n${head}${type}\r\n${body}`)
      assert.equal(statusOf(answer), 400, `${body.slice(0, 60)}: ${answer.slice(-300)}`)
    }
    assert.equal(({} as { x?: number }).x, undefined)
    await assertAlive(api)
  })

  test('that says two lengths is not split into two', async (t) => {
    const api = await start(t)
    const smuggled = 'GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const rows = [
      `Content-Length: ${smuggled.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
      `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
      `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ]
    for (const rest of rows) {
      const type = 'Content-Type: application/json\r\n'
      const answer = await raw(api, `POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n${type}${rest}`)
      assert.equal(answer.split('HTTP/1.1 ').length, 2, `one answer: ${answer}`)
      assert.equal(statusOf(answer), 400, answer)
    }
  })

  test('asks the store nothing but what it says: SQL in a parameter is text', async (t) => {
    const api = await start(t)
    for (const text of ["' OR '1'='1", "'; DROP TABLE accounts; --", '" OR ""="', '%', '_', "\\'; --"]) {
      const value = encodeURIComponent(text)
      for (const path of [`flows?workload=${value}`, `findings?identifier=${value}`, `audit?actor=${value}`])
        assert.deepEqual((await api.ask(`/api/v1/${path}`)).json.items, [], `${path} ${text}`)
    }
    assert.equal((await api.ask('/api/v1/accounts')).json.items.length, 1)
  })
})

suite('a client that is slow', () => {
  test('does not keep a connection by sending its request byte by byte', async (t) => {
    const api = await start(t)
    const socket = open(api.url)
    socket.resume()
    const began = performance.now()
    const drip = setInterval(() => socket.write('x'), 250)
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ')
    // A byte that comes after the end is answered with a reset: that ends the connection as well.
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('close', resolve))
    clearInterval(drip)
    const tookMs = performance.now() - began
    assert.ok(tookMs < serverLimits.requestMs + 2 * serverLimits.checkMs + 30_000, `${tookMs} ms`)
    await assertAlive(api)
  })

  test('is one of many: others are answered while hundreds wait', async (t) => {
    const api = await start(t)
    const sockets = Array.from({ length: 200 }, () => open(api.url))
    t.after(() => sockets.forEach((socket) => socket.destroy()))
    for (const socket of sockets) socket.write('GET /healthz HTTP/1.1\r\nHost: loc')
    for (const socket of sockets) if (socket.connecting) await once(socket, 'connect')
    await assertAlive(api)
  })
})
