import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { eventually } from '../controller/fixture.ts'
import type { LabNode, NetworkLab } from '../support/network-lab.ts'
import { dnscatClient, dnscatServer } from './dnscat.ts'

/* Real tunnels between two nodes of a lab. */

/** What takes ten seconds here takes minutes on a machine that has other work. */
export const patienceMs = 180_000
const TUNNEL_PASSWORD = 'of-the-lab'

export interface Tunnel {
  inside: LabNode
  outside: LabNode
}

/** A program in a node, which ends with the test. */
export function spawned(t: TestContext, node: LabNode, command: string, ...args: string[]) {
  const child = spawn('nsenter', [`--net=${node.path}`, command, ...args], {
    stdio: 'ignore',
    timeout: patienceMs,
    cwd: tmpdir(),
    // A group of its own: some have children, which would go on.
    detached: true,
  })
  t.after(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of them have ended.
    }
  })
  return child
}

export async function tool(t: TestContext, node: LabNode, command: string, ...args: string[]): Promise<void> {
  await once(spawned(t, node, command, ...args), 'close')
}

/** A connection to a web server that goes in names of DNS. */
export async function dns2tcp(
  t: TestContext,
  { inside, outside, folder }: Tunnel & { folder: string },
): Promise<void> {
  const config = join(folder, 'dns2tcpd.conf')
  const lines = ['listen = 0.0.0.0', 'port = 53', 'user = nobody', 'chroot = /tmp', 'domain = t.example.net']
  writeFileSync(config, [...lines, 'resources = web:127.0.0.1:80', ''].join('\n'))
  await takesDatagrams(spawned(t, outside, 'dns2tcpd', '-F', '-f', config))
  spawned(t, inside, 'dns2tcpc', '-z', 't.example.net', '-r', 'web', '-l', '2222', outside.address)
  const url = 'http://127.0.0.1:2222/'
  const upload = ['-s', '--retry', '10', '--retry-connrefused', '--retry-delay', '1', '--max-time', '20']
  await tool(t, inside, 'curl', ...upload, '-d', randomBytes(4000).toString('hex'), url)
}

/** Datagrams of a network inside that go in names of DNS. */
export async function iodine(t: TestContext, { inside, outside }: Tunnel): Promise<void> {
  await takesDatagrams(
    spawned(t, outside, 'iodined', '-f', '-c', '-P', TUNNEL_PASSWORD, '10.99.0.1', 't.example.org'),
  )
  // Once it has found its way it asks for what it is sent, and says what it has to. It gives up where nobody answers for a while.
  for (let tries = 0; tries < 4; tries++)
    await tool(t, inside, 'iodine', '-f', '-r', '-P', TUNNEL_PASSWORD, outside.address, 't.example.org')
}

/** Bytes that go as those of dnscat2 do. */
export async function dnscat(lab: NetworkLab, { inside, outside }: Tunnel): Promise<void> {
  await lab.start(outside, dnscatServer('t.example.com'))
  await lab.run(inside, dnscatClient(outside.address, 't.example.com', 4000))
}

/** A connection of SSH that goes in bodies of HTTP. */
export async function httptunnel(
  t: TestContext,
  lab: NetworkLab,
  { inside, outside }: Tunnel,
): Promise<void> {
  const greets = `require('node:net').createServer((socket) => {
    socket.on('error', () => undefined).write('SSH-2.0-OpenSSH_9.2\\r\\n')
  }).listen(2200, () => console.log('listening'))`
  await lab.start(outside, greets)
  await listens(spawned(t, outside, 'hts', '-w', '-F', '127.0.0.1:2200', '8888'), '22B8')
  await listens(spawned(t, inside, 'htc', '-w', '-F', '2200', `${outside.address}:8888`), '0898')
  const asks = `const socket = require('node:net').connect(2200, '127.0.0.1')
    socket.on('error', () => process.exit(0)).on('data', () => socket.destroy())
    socket.write('SSH-2.0-OpenSSH_9.2\\r\\n')
    setTimeout(() => process.exit(0), 20_000).unref()`
  await lab.run(inside, asks)
}

/** Waits until something in the network namespace of a process takes datagrams. @param port in four hexadecimal digits */
export function takesDatagrams({ pid }: { pid?: number | undefined }, port = '0035'): Promise<void> {
  return eventually(
    () => readFileSync(`/proc/${pid}/net/udp`, 'utf8').includes(`:${port} 00000000:0000 `),
    'the server is there',
    patienceMs,
  )
}

/** The same of connections. @param port in four hexadecimal digits */
function listens({ pid }: { pid?: number | undefined }, port: string): Promise<void> {
  return eventually(
    () => new RegExp(` [0-9A-F]+:${port} 0+:0000 0A `).test(readFileSync(`/proc/${pid}/net/tcp`, 'utf8')),
    'the tunnel listens',
    patienceMs,
  )
}
