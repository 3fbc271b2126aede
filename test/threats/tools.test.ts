import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ThreatRecord } from '../../src/model/records.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'
import { dns2tcp, dnscat, httptunnel, iodine, patienceMs, spawned, takesDatagrams, tool } from './tunnels.ts'

/*
 * What hydra, slowhttptest, sslscan, dns2tcp, iodine, httptunnel, dnsmasq, nft, and clients of HTTP/2 and of dnscat2's protocol do to hosts of
 * the test, and what a good client does.
 */

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

/** A server of FTP that takes no password. */
const ftp = `
  require('node:net').createServer((socket) => {
    socket.on('error', () => undefined).write('220 ftp\\r\\n')
    socket.on('data', (data) => socket.write(/^USER/.test(data) ? '331 Password?\\r\\n' : '530 Login incorrect.\\r\\n'))
  }).listen(2121, () => console.log('listening'))`

/** Where a machine has other work sixty guesses take longer than a minute. */
const guesses = '3021=30/180'

/** An address that nobody in the lab has, and how often it is called: of a few both halves are read by the same worker. */
const outsideAddress = '203.0.114.7'
const calls = (address: string) => `
  for (let i = 0; i < 24; i++) {
    const socket = require('node:net').connect(80, '${address}')
    socket.on('error', () => undefined).on('connect', () => socket.destroy())
  }
  setTimeout(() => process.exit(0), 3000)`

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

/** What comes of it is seen, or not. */
function begin(...attacks: Promise<unknown>[]): void {
  for (const attack of attacks) attack.catch(() => undefined)
}

function makeIdentity(folder: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-nodes', '-days', '30', '-newkey', 'rsa:2048', '-subj', '/CN=web.lab']
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' })
}

suite('threats are seen as real tools make them, all at once', { skip: needsRoot }, () => {
  test('guessing, slow requests, weak TLS, tunnels in DNS and rapid resets; a good client is none', async (t) => {
    const lab = new NetworkLab(t)
    const names = [
      ...['web', 'guest', 'guesser', 'slow', 'scanner', 'inside', 'insider', 'resetter'],
      ...['cat', 'far', 'shell', 'offered', 'rogue', 'router', 'caller'],
    ] as const
    const nodes = Object.fromEntries(names.map((name) => [name, lab.add(name)])) as Record<
      (typeof names)[number],
      LabNode
    >
    const folder = temporaryFolder(t)
    makeIdentity(folder)
    const { web } = nodes
    await Promise.all([lab.start(web, server(folder)), lab.start(web, ftp)])
    const up = await PaviseUp.start(t, [...onlyNamespaces(lab.folder), '--threat', guesses])
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
    const guessFtp = ['-l', 'admin', '-P', passwords, '-t', '8', '-s', '2121', `ftp://${web.address}`]
    const seen = (...expected: [name: ThreatRecord['name'], by: LabNode][]) =>
      up.until<ThreatRecord>(
        'threats?limit=500',
        (items) =>
          expected.every(([name, { address }]) =>
            items.some((each) => each.name === name && each.source?.address === address),
          ),
        expected.map(([name]) => name).join(', '),
        patienceMs,
      )
    begin(
      tool(t, nodes.guesser, 'hydra', '-I', ...guess),
      tool(t, nodes.slow, 'slowhttptest', ...slow),
      tool(t, nodes.scanner, 'sslscan', `${web.address}:8443`),
      lab.run(nodes.resetter, rapidReset(web.address)),
      dns2tcp(t, { inside: nodes.inside, outside: web, folder }),
      iodine(t, { inside: nodes.insider, outside: nodes.guest }),
    )
    await seen(
      ['HTTP.Brute.Force', nodes.guesser],
      ['HTTP.Request.Slowloris', nodes.slow],
      ['TLS.Null.Cipher', nodes.scanner],
      ['HTTP2.Rapid.Reset', nodes.resetter],
      ['DNS.Tunneling', nodes.inside],
      ['DNS.Tunneling', nodes.insider],
    )
    begin(
      tool(t, nodes.guesser, 'hydra', '-I', ...guessFtp),
      dnscat(lab, { inside: nodes.cat, outside: nodes.far }),
      httptunnel(t, lab, { inside: nodes.shell, outside: nodes.far }),
      redirect(lab, nodes),
    )
    await seen(
      ['DNS.Tunneling', nodes.cat],
      ['HTTP.Tunneling', nodes.shell],
      ['Login.Brute.Force', nodes.guesser],
      // Whoever takes what was meant for another.
      ['K8S.externalIPs.MitM', web],
    )
    await twoOffers(t, nodes)
    const all = await up.until<ThreatRecord>(
      'threats?limit=500',
      (items) => items.some(({ name }) => name === 'DHCP.Spoofing'),
      'two servers of DHCP',
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

/** Two servers of DHCP that both answer whoever asks for an address. */
async function twoOffers(
  t: TestContext,
  { offered, rogue, router }: Record<'offered' | 'rogue' | 'router', LabNode>,
) {
  for (const [node, range] of [
    [rogue, '10.77.0.200,10.77.0.220'],
    [router, '10.77.0.221,10.77.0.240'],
  ] as const) {
    const quiet = ['-d', '-C', '/dev/null', '--port=0', '--user=root', '--no-ping', '--dhcp-authoritative']
    const served = [...quiet, '--leasefile-ro', '--interface=eth0', `--dhcp-range=${range}`]
    await takesDatagrams(spawned(t, node, 'dnsmasq', ...served), '0043')
  }
  const client = 'udhcpc -i eth0 -n -q -t 20 -T 1 -s /bin/true -C -x'
  // Each time as another client, who is offered other addresses: of a few rounds both answers are read by the same worker.
  for (let i = 0; i < 16; i++) {
    const identifier = `0x3d:00${(0xa0 + i).toString(16)}${i.toString(16).padStart(2, '0')}`
    await tool(t, offered, 'busybox', ...client.split(' '), identifier)
  }
}

/** What a cluster does for a service that claims an address of others among its `externalIPs`: a router sends its connections elsewhere. */
async function redirect(
  lab: NetworkLab,
  { caller, router, web }: Record<'caller' | 'router' | 'web', LabNode>,
) {
  const inside = (node: LabNode, ...command: string[]) =>
    execFileSync('nsenter', [`--net=${node.path}`, ...command], { stdio: 'ignore' })
  inside(router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
  const rules = `table ip lab {
    chain before { type nat hook prerouting priority -100; ip daddr ${outsideAddress} dnat to ${web.address}; };
    chain after { type nat hook postrouting priority 100; ip daddr ${web.address} masquerade; }; }`
  execFileSync('nsenter', [`--net=${router.path}`, 'nft', '-f', '-'], {
    input: rules,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  inside(caller, 'ip', 'route', 'add', `${outsideAddress}/32`, 'via', router.address)
  await lab.run(caller, calls(outsideAddress))
}
