import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import net from 'node:net'
import { duplexPair, type Duplex } from 'node:stream'
import { suite, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { Direction } from '../../src/model/direction.ts'
import { eventually } from '../controller/fixture.ts'
import { builtInDetector } from '../support/built-in-detector.ts'
import { type Inspected, inspectTurns, type Turn } from '../support/inspected-connection.ts'

/* Connections of real stacks: Node's (nghttp2 within), and curl. */

const IBAN = 'DE89370400440532013000'
const EMAIL = 'anna.weber@clinic.example'

function relay(client: Duplex, server: Duplex, turns: Turn[]): void {
  const pass = (from: Duplex, to: Duplex, direction: Direction) =>
    from
      .on('data', (bytes: Buffer) => {
        turns.push([direction, new Uint8Array(bytes)])
        to.write(bytes)
      })
      .on('end', () => to.end())
      .on('error', () => to.destroy())
  pass(client, server, Direction.toServer)
  pass(server, client, Direction.toClient)
}

const answer: http2.Http2Server = http2.createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('set-cookie', 'session=1')
    if (request.url.startsWith('/gzip')) {
      response.setHeader('content-encoding', 'gzip')
      response.end(zlib.gzipSync(JSON.stringify({ contact: { email: EMAIL } })))
    } else response.end(JSON.stringify({ contact: { email: EMAIL } }))
  })
})

interface Asked {
  headers: http2.OutgoingHttpHeaders
  body?: string | Buffer
}

/** What the ends say to each other while all of these are asked for at once. */
async function record(requests: readonly Asked[]): Promise<Turn[]> {
  const turns: Turn[] = []
  const [clientEnd, serverEnd] = [duplexPair(), duplexPair()]
  relay(clientEnd[1], serverEnd[1], turns)
  answer.emit('connection', serverEnd[0])
  const client = http2.connect('http://api.example', { createConnection: () => clientEnd[0] })
  const answered = requests.map(async ({ headers, body }) => {
    const stream = client.request(headers)
    stream.resume().end(body)
    await once(stream, 'end')
  })
  await Promise.all(answered)
  client.close()
  await once(client, 'close')
  return turns
}

function found({ findings }: Inspected): string[] {
  const all = findings.map(({ identifier, direction, field }) => `${identifier} ${direction} ${field}`)
  return [...new Set(all)].toSorted()
}

test('personal data in every part of requests and responses of Node is found where it stands', async () => {
  const turns = await record([
    { headers: { ':path': `/accounts/${IBAN}?email=${encodeURIComponent(EMAIL)}` } },
    {
      headers: {
        ':method': 'POST',
        ':path': '/gzip',
        'content-type': 'application/json',
        'content-encoding': 'br',
      },
      body: zlib.brotliCompressSync(JSON.stringify({ account: { iban: IBAN } })),
    },
    {
      headers: { ':method': 'POST', ':path': '/form', 'content-type': 'application/x-www-form-urlencoded' },
      body: `iban=${IBAN}`,
    },
    { headers: { ':path': '/', cookie: `theme=dark; iban=${IBAN}`, 'x-mail': EMAIL } },
  ])
  const inspected = inspectTurns(builtInDetector, turns, 8080)
  assert.deepEqual(found(inspected), [
    'email to-client http.body $.contact.email',
    'email to-server http.header x-mail',
    'email to-server http.query email',
    'iban to-server http.body $.account.iban',
    'iban to-server http.cookie iban',
    'iban to-server http.form iban',
    'iban to-server http.target',
  ])
  const [{ application, http, anomalies }] = inspected.flows
  assert.equal(application, 'HTTP')
  assert.deepEqual(
    [http?.version, http?.requests, http?.responses, http?.host, http?.statuses],
    ['2', 4, 4, 'api.example:80', { 200: 4 }],
  )
  assert.equal(anomalies, undefined)
})

test('where the segments end makes no difference, through three hundred requests whose fields stand in tables', async () => {
  const requests = Array.from({ length: 300 }, (_, i) => ({
    headers: {
      ':path': `/items/${i % 7}?page=${i}`,
      'x-request': `${i * 7919}`,
      'user-agent': 'node',
      cookie: `a=${i % 3}`,
    },
  }))
  requests.push({ headers: { ':path': '/last', 'x-request': EMAIL, 'user-agent': 'node', cookie: 'a=1' } })
  const turns = await record(requests)
  const whole = inspectTurns(builtInDetector, turns, 8080)
  assert.deepEqual([whole.flows[0].http?.requests, whole.flows[0].anomalies], [301, undefined])
  assert.ok(found(whole).includes('email to-server http.header x-request'))
  const pieces = turns.flatMap(([direction, bytes]) => {
    const cut: Turn[] = []
    for (let at = 0; at < bytes.length; at += 101) cut.push([direction, bytes.subarray(at, at + 101)])
    return cut
  })
  const again = inspectTurns(builtInDetector, pieces, 8080)
  assert.deepEqual(again.flows[0].http, whole.flows[0].http)
  assert.deepEqual(found(again), found(whole))
})

test('a connection that is picked up in its middle is read as far as it tells', async () => {
  const requests = Array.from({ length: 20 }, (_, i) => ({
    headers: { ':method': 'POST', ':path': `/items/${i}`, 'content-type': 'application/json' },
    body: JSON.stringify({ account: { iban: IBAN } }),
  }))
  const turns = await record(requests)
  const first = turns.findIndex(([direction], i) => direction === Direction.toServer && i > 3)
  const { flows, findings } = inspectTurns(builtInDetector, turns.slice(first), 8080)
  assert.equal(flows[0].application, 'HTTP')
  assert.ok((flows[0].anomalies?.['http2-picked-up'] ?? 0) > 0)
  assert.ok(findings.some(({ identifier }) => identifier === 'iban'))
})

async function listening(t: TestContext, server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close())
  return (server.address() as net.AddressInfo).port
}

/** A server on the loopback, with something before it that writes down what is said. */
async function recordedServer(t: TestContext, port: number): Promise<{ port: number; turns: Turn[] }> {
  const turns: Turn[] = []
  const front = net.createServer((socket) => relay(socket, net.connect(port, '127.0.0.1'), turns))
  return { port: await listening(t, front), turns }
}

suite('curl', () => {
  test('what it sends with prior knowledge is read', async (t) => {
    const front = await recordedServer(t, await listening(t, http2Server(t)))
    const url = `http://127.0.0.1:${front.port}/gzip?iban=${IBAN}`
    const { stdout } = await promisify(execFile)('curl', [
      '-s',
      '--compressed',
      '--http2-prior-knowledge',
      url,
    ])
    assert.match(stdout, /anna/)
    const inspected = inspectTurns(builtInDetector, front.turns, 8080)
    assert.deepEqual(found(inspected), [
      'email to-client http.body $.contact.email',
      'iban to-server http.query iban',
    ])
    assert.match(inspected.flows[0].http?.userAgent ?? '', /^curl/)
  })

  test('a connection that goes over from HTTP/1 is read on both sides of it', async (t) => {
    const front = await recordedServer(t, await gateway(t))
    const url = `http://127.0.0.1:${front.port}/`
    const options = ['-s', '--http2', '-H', `X-Mail: ${EMAIL}`, '-d', `{"iban":"${IBAN}"}`]
    await promisify(execFile)('curl', [...options, url, `${url}second?iban=${IBAN}`])
    const inspected = inspectTurns(builtInDetector, front.turns, 8080)
    const { http } = inspected.flows[0]
    assert.deepEqual([http?.requests, http?.responses, http?.version], [2, 3, '2'])
    assert.deepEqual(http?.statuses, { 101: 1, 200: 2 })
    assert.deepEqual(found(inspected), [
      'email to-client http.body $.contact.email',
      'email to-server http.header x-mail',
      'iban to-server http.body $.iban',
      'iban to-server http.query iban',
    ])
  })
})

function http2Server(t: TestContext): http2.Http2Server {
  const server = http2.createServer()
  server.on('request', (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) =>
    answer.emit('request', request, response),
  )
  t.after(() => void server.close())
  return server
}

/** A gateway that takes an upgrade, as Node's server does not, before one of HTTP/1; its port. */
async function gateway(t: TestContext): Promise<number> {
  const behind = http.createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ contact: { email: EMAIL } })))
  })
  const [port, target] = [await freePort(), await listening(t, behind)]
  const listen = ['-f', `127.0.0.1,${port};no-tls`, '-b', `127.0.0.1,${target}`]
  const child = spawn('nghttpx', ['--conf=/dev/null', '--single-process', '--workers=1', ...listen], {
    stdio: 'ignore',
  })
  t.after(() => void child.kill())
  await eventually(() => answers(port), 'nghttpx listens')
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
