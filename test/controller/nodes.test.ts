import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Socket,
} from 'node:net'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { createServer, type TLSSocket } from 'node:tls'
import { keyText, makeCertificate, makeKeyPair, signCertificate } from '../../src/certificates/certificate.ts'
import { controllerName, nodeIdIn, nodeNameOf, nodeProtocols } from '../../src/certificates/node-names.ts'
import { openIdentity } from '../../src/enforcer/uplink/join.ts'
import { connectNode, type ControllerAddress } from '../../src/enforcer/uplink/node-connection.ts'
import { IdentityFile } from '../../src/enforcer/uplink/node-identity.ts'
import { NodeLink } from '../../src/enforcer/uplink/node-link.ts'
import { Outbox } from '../../src/enforcer/uplink/outbox.ts'
import { Uplink } from '../../src/enforcer/uplink/uplink.ts'
import { silentLog } from '../../src/lib/log.ts'
import { sampleFlow, sampleState } from '../records.ts'
import { EnforcerClient, hello } from './enforcer-client.ts'
import { eventually, type Running, startController, temporaryFolder } from './fixture.ts'
import { accessOf, addressOf, connectAs, joinAs, type JoinedNode, tokenFor } from './joined-node.ts'

const hourMs = 3_600_000

/** A machine that wants to join, with a state folder of its own. */
function newcomer(t: TestContext, controller: ControllerAddress, token: string, name = 'node-1') {
  const folder = temporaryFolder(t)
  return { folder, join: () => openIdentity({ controller, token, name, folder }) }
}

/** Everything that a test server was sent, whoever it is. */
async function impostor(t: TestContext, certificate: { certificate: string; key: string }) {
  const heard: string[] = []
  const server = createServer({
    ...{ cert: certificate.certificate, key: certificate.key, requestCert: true, rejectUnauthorized: false },
    ALPNProtocols: Object.values(nodeProtocols),
  })
  server.on('secureConnection', (socket) => {
    socket.on('data', (chunk: Buffer) => heard.push(chunk.toString())).on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return { address: { host: '127.0.0.1', port }, heard }
}

/** What the other side says before it ends the connection. */
async function lastWords(socket: TLSSocket): Promise<{ code?: string }> {
  let said = ''
  socket.on('data', (chunk: Buffer) => (said += chunk.toString())).on('error', () => undefined)
  await once(socket, 'close')
  return said === '' ? {} : (JSON.parse(said) as { code: string })
}

/** Passes on what is said, until it falls silent: then connections that are there stay, and nothing comes through any more. */
async function relayTo(t: TestContext, { host, port }: ControllerAddress) {
  const pairs: Socket[] = []
  const server = createTcpServer((near) => {
    const far = connectTcp(port, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ])
      from
        .on('error', () => undefined)
        .on('close', () => to.destroy())
        .pipe(to)
    pairs.push(near, far)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of pairs) socket.destroy()
    server.close()
  })
  const address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const fallSilent = () => {
    for (const socket of pairs) socket.unpipe().pause()
  }
  return { address, fallSilent }
}

/** The enforcer's own part of a connection. */
function uplinkOver(t: TestContext, link: NodeLink) {
  const outbox = new Outbox()
  const uplink = new Uplink({
    ...{ link, outbox, hello: { ...hello, enforcer: 'node-1' }, log: silentLog },
    workloads: () => [],
    enforced: () => ({ policy: null, quarantined: [] }),
    receive: () => false,
    captures: () => undefined,
    kill: ({ order }) => ({ order, outcome: 'gone', detail: 'nothing runs here' }),
    peers: () => undefined,
  })
  t.after(() => uplink.close())
  return { outbox, uplink }
}

async function auditOf({ store }: Running): Promise<string[]> {
  const { items } = await store.audit.list({ limit: 100 })
  return items.map(({ actor, action, target }) => `${actor.kind} ${action} ${target}`).toReversed()
}

suite('a machine that joins', { concurrency: true, timeout: 60_000 }, () => {
  test('gets a certificate for a key that it made, by a token of which only a hash is kept', async (t) => {
    const running = await startController(t, { nodes: {} })
    const token = await tokenFor(running)
    const { folder, join: joining } = newcomer(t, addressOf(running), token)
    const identity = await joining()
    assert.equal(nodeIdIn(new X509Certificate(identity.certificate)), accessOf(running).list()[0].id)
    assert.equal(statSync(join(folder, 'node-identity.json')).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(folder), ['node-identity.json'])
    assert.deepEqual(await joining(), identity, 'a token that it has joined by is not used again')
    await running.stop()
    const secret = token.slice('pavise_join_'.length, token.indexOf('.'))
    for (const file of readdirSync(running.folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const content = readFileSync(join(file.parentPath, file.name), 'latin1')
      assert.ok(!content.includes(secret), `${file.name} holds the token`)
      assert.ok(!content.includes(identity.key), `${file.name} holds the node’s key`)
    }
  })

  test('is refused, and told why, where the token is used, over, unknown, withdrawn or none', async (t) => {
    let now = Date.now()
    const running = await startController(t, { nodes: {}, now: () => now })
    const controller = addressOf(running)
    const used = await tokenFor(running)
    await newcomer(t, controller, used).join()
    const taken = await tokenFor(running)
    const withdrawn = await accessOf(running).makeToken('test', hourMs)
    assert.ok(await accessOf(running).removeToken(withdrawn?.id ?? ''))
    const over = await tokenFor(running, 60_000)
    now += 60_001
    const unknown = used.replace(/_join_..../, '_join_AAAA')
    const rows: [token: string, name: string, code: string][] = [
      [used, 'node-2', 'JOIN_TOKEN_USED'],
      [used, 'node-1', 'JOIN_TOKEN_USED'],
      [over, 'node-2', 'JOIN_TOKEN_EXPIRED'],
      [unknown, 'node-2', 'JOIN_TOKEN_UNKNOWN'],
      [withdrawn?.token ?? '', 'node-2', 'JOIN_TOKEN_UNKNOWN'],
      [taken, 'node-1', 'NODE_NAME_TAKEN'],
      [taken, 'no name', 'JOIN_MALFORMED'],
      ['pavise_join_x', 'node-2', 'JOIN_TOKEN_MALFORMED'],
    ]
    for (const [token, name, code] of rows)
      await assert.rejects(newcomer(t, controller, token, name).join(), { code }, `${code} ${name}`)
    assert.equal((await newcomer(t, controller, taken, 'node-2').join()).name, 'node-2')
    assert.deepEqual(accessOf(running).tokens(), [])
  })

  test('gets its answer again with the same key, where it was lost', async (t) => {
    const running = await startController(t, { nodes: {} })
    const token = await tokenFor(running)
    const { folder, join: joining } = newcomer(t, addressOf(running), token)
    const key = keyText(new IdentityFile(folder).joiningKey())
    const lost = await joining()
    assert.equal(lost.key, key)
    rmSync(join(folder, 'node-identity.json'))
    writeFileSync(join(folder, 'node-joining.key'), key)
    const again = await joining()
    assert.equal(again.key, key)
    assert.equal(accessOf(running).list().length, 1)
    assert.equal((await lastWords(connectAs(addressOf(running), lost))).code, 'NODE_CERTIFICATE_REPLACED')
    const client = await EnforcerClient.join(() => connectAs(addressOf(running), again), {
      enforcer: 'node-1',
    })
    client.destroy()
  })

  test('tells nothing to whoever is not the controller of its token', async (t) => {
    const [running, another] = await Promise.all([
      startController(t, { nodes: {} }),
      startController(t, { nodes: {} }),
    ])
    const token = await tokenFor(running)
    await assert.rejects(newcomer(t, addressOf(another), token).join(), { code: 'CONTROLLER_NOT_TRUSTED' })
    const between = await impostor(t, makeCertificate({ names: [controllerName], ...validNow() }))
    await assert.rejects(newcomer(t, between.address, token).join(), { code: 'CONTROLLER_NOT_TRUSTED' })
    assert.deepEqual(between.heard, [])
    // A copy of the real chain is of no use without its key: what it signs is not signed by the authority.
    const forged = await impostor(t, forgedChain(accessOf(running).authority))
    await assert.rejects(newcomer(t, forged.address, token).join(), { code: 'CONTROLLER_NOT_TRUSTED' })
    assert.deepEqual(forged.heard, [])
    await assert.rejects(newcomer(t, { host: '127.0.0.1', port: 1 }, token).join(), {
      code: 'CONTROLLER_UNREACHABLE',
    })
    assert.equal((await newcomer(t, addressOf(running), token).join()).name, 'node-1', 'the token is unused')
  })
})

function validNow() {
  return { notBefore: Date.now() - hourMs, notAfter: Date.now() + hourMs }
}

/** A certificate in the name of the controller that says it is of the real authority, which it shows besides. */
function forgedChain(authority: string) {
  const { publicKey, privateKey } = makeKeyPair()
  const issuer = makeKeyPair()
  const subject = /CN=(.*)/.exec(new X509Certificate(authority).subject)?.[1] ?? ''
  const names = [controllerName]
  const order = { subject: controllerName, use: 'server' as const, names, publicKey, ...validNow() }
  return { certificate: signCertificate(order, { subject, ...issuer }) + authority, key: keyText(privateKey) }
}

suite('a node', { concurrency: true, timeout: 60_000 }, () => {
  test('is known by its certificate alone, and by no other name', async (t) => {
    const running = await startController(t, { nodes: {} })
    const one = await joinAs(running, 'node-1')
    const client = await EnforcerClient.join(one.connect, { enforcer: 'node-1' })
    client.batch(1, [sampleFlow()])
    await client.acknowledged(1)
    const liar = await EnforcerClient.connect(one.connect)
    liar.send({ ...hello, enforcer: 'node-2' })
    await liar.closed
    const local = await EnforcerClient.connect(running.socketPath)
    local.send({ ...hello, enforcer: 'node-1' })
    await local.closed
    assert.deepEqual(
      running.controller.enforcers().map(({ enforcer, connected }) => [enforcer, connected]),
      [['node-1', true]],
    )
  })

  test('without a certificate, or with one that the authority did not sign for a node, is refused', async (t) => {
    const running = await startController(t, { nodes: {} })
    const { identity, controller } = await joinAs(running, 'node-1')
    const own = makeKeyPair()
    const subject = /CN=(.*)/.exec(new X509Certificate(identity.authority).subject)?.[1] ?? ''
    const names = [nodeNameOf(accessOf(running).list()[0].id)]
    const forged = {
      subject: 'node-1',
      use: 'client' as const,
      names,
      publicKey: own.publicKey,
      ...validNow(),
    }
    const key = keyText(own.privateKey)
    const { authority } = identity
    const rows: [what: string, socket: TLSSocket][] = [
      ['none', connectNode({ ...controller, authority, protocol: nodeProtocols.enforcer })],
      [
        'forged',
        connectAs(controller, { authority, key, certificate: signCertificate(forged, { subject, ...own }) }),
      ],
    ]
    for (const [what, socket] of rows)
      assert.equal((await lastWords(socket)).code, 'NODE_CERTIFICATE_INVALID', what)
    // What a node was given is for clients: nobody takes it for the controller.
    const impostors = await impostor(t, identity)
    const socket = connectAs(impostors.address, identity)
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    assert.match(error.code ?? '', /INVALID_PURPOSE|ALTNAME/)
    assert.deepEqual(impostors.heard, [])
  })

  test('that is removed is cut off at once, and let in no more', async (t) => {
    const running = await startController(t, { nodes: {} })
    const one = await joinAs(running, 'node-1')
    const two = await joinAs(running, 'node-2')
    const client = await EnforcerClient.join(one.connect, { enforcer: 'node-1' })
    const other = await EnforcerClient.join(two.connect, { enforcer: 'node-2' })
    await accessOf(running).remove('node-1')
    await client.until((message) => message.kind === 'refused' && message.code === 'NODE_UNKNOWN')
    await client.closed
    assert.equal((await lastWords(one.connect())).code, 'NODE_UNKNOWN')
    other.batch(1, [sampleFlow()])
    await other.acknowledged(1)
    await running.stop()
    const again = await startController(t, { folder: running.folder, nodes: {} })
    assert.equal((await lastWords(connectAs(addressOf(again), one.identity))).code, 'NODE_UNKNOWN')
    const back = await EnforcerClient.join(() => connectAs(addressOf(again), two.identity), {
      enforcer: 'node-2',
    })
    back.destroy()
    const anew = await tokenFor(again)
    await openIdentity({ controller: addressOf(again), token: anew, name: 'node-1', folder: one.folder })
    assert.deepEqual(
      accessOf(again)
        .list()
        .map(({ name }) => name),
      ['node-1', 'node-2'],
    )
  })

  test('whose connection falls silent makes another, and what was under way arrives', async (t) => {
    const running = await startController(t, { nodes: {} })
    const { identity, folder, controller } = await joinAs(running, 'node-1')
    const relay = await relayTo(t, controller)
    const link = new NodeLink({
      controller: relay.address,
      identity,
      folder,
      silenceMs: 1_000,
      log: silentLog,
    })
    const { outbox, uplink } = uplinkOver(t, link)
    await uplink.start()
    relay.fallSilent()
    const flow = sampleFlow({ id: 'while-silent' })
    outbox.add({ recordId: flow.recordId, text: JSON.stringify(flow) })
    uplink.wake()
    await eventually(() => outbox.isEmpty, 'it is acknowledged', 30_000)
    assert.equal((await running.store.flows({ limit: 10 })).items.length, 1)
  })

  test('gets the policy like all others, and whoever comes back without it gets it then', async (t) => {
    const running = await startController(t, { nodes: {} })
    const nodes = await Promise.all(['node-1', 'node-2'].map((name) => joinAs(running, name)))
    const connect = async ({ connect: to, identity }: JoinedNode, policy: string | null) => {
      const client = await EnforcerClient.join(to, {
        enforcer: identity.name,
        run: `run of ${identity.name}`,
      })
      client.send({
        kind: 'workloads',
        complete: true,
        workloads: [sampleState({ id: `netns:${identity.name}/a` })],
      })
      client.enforced(policy)
      await client.until(({ kind }) => kind === 'policy')
      return client
    }
    const clients = await Promise.all(nodes.map((node) => connect(node, null)))
    const digests = clients.map(({ received }) => received.find(({ kind }) => kind === 'policy'))
    assert.deepEqual(digests[0], digests[1])
    await running.controller.quarantine.add('netns:node-2/a', 'test')
    for (const client of clients)
      await client.until((message) => message.kind === 'quarantine' && message.workloads.length === 1)
    clients[0].destroy()
    await connect(nodes[0], 'ab'.repeat(32))
  })
})

suite('what nodes know of each other', { concurrency: true, timeout: 60_000 }, () => {
  const pod = (node: string, name: string, address: string) =>
    sampleState({
      ...{ id: `containerd:${name}`, name, addresses: [address], netns: 7, pid: 42 },
      ...{ netnsPath: '/proc/42/ns/net', labels: { 'io.kubernetes.pod.name': name, node } },
    })

  test('pods of others, as they come and go, and nothing of containers whose addresses are their machine’s', async (t) => {
    const running = await startController(t, { nodes: {} })
    const [one, two] = await Promise.all(['node-1', 'node-2'].map((name) => joinAs(running, name)))
    const first = await EnforcerClient.join(one.connect, { enforcer: 'node-1' })
    const web = pod('node-1', 'web-0', '10.244.1.2')
    const container = sampleState({ id: 'docker:a', addresses: ['172.17.0.2'] })
    first.send({ kind: 'workloads', complete: true, workloads: [web, container] })
    first.enforced(null)
    const told = (client: EnforcerClient) =>
      client.received.flatMap((message) =>
        message.kind === 'peers' && message.peers.length + message.gone.length > 0 ? [message] : [],
      )
    await first.until(({ kind }) => kind === 'peers')
    const second = await EnforcerClient.join(two.connect, { enforcer: 'node-2' })
    second.send({ kind: 'workloads', complete: true, workloads: [pod('node-2', 'db-0', '10.244.2.2')] })
    second.enforced(null)
    await eventually(() => told(first).length > 0 && told(second).length > 0, 'each is told of the other')
    const [{ peers, complete }] = told(second)
    assert.equal(complete, true)
    const elsewhere = { ...web.workload, pid: null, netns: null, netnsPath: null }
    assert.deepEqual(peers, [{ node: 'node-1', workload: elsewhere }])
    assert.deepEqual(
      told(first)[0].peers.map(({ workload }) => workload.id),
      ['containerd:db-0'],
    )
    await accessOf(running).remove('node-2')
    await first.until((message) => message.kind === 'peers' && message.gone.includes('containerd:db-0'))
    assert.deepEqual(
      running.controller.workloads().map(({ workload }) => workload.id),
      ['containerd:web-0', 'docker:a'],
    )
  })

  test('whose traffic goes to whom: a pod of another node by its address, never a container of one', async (t) => {
    const running = await startController(t, { nodes: {} })
    const [one, two] = await Promise.all(['node-1', 'node-2'].map((name) => joinAs(running, name)))
    const first = await EnforcerClient.join(one.connect, { enforcer: 'node-1', run: 'one' })
    const second = await EnforcerClient.join(two.connect, { enforcer: 'node-2', run: 'two' })
    const same = (name: string) => sampleState({ id: `docker:${name}`, name, addresses: ['172.17.0.9'] })
    second.send({
      kind: 'workloads',
      complete: true,
      workloads: [pod('node-2', 'db-0', '10.244.2.2'), same('other')],
    })
    first.send({ kind: 'workloads', complete: true, workloads: [sampleState()] })
    await eventually(() => running.controller.workloads().length === 3, 'all workloads are known')
    const flow = (id: string, address: string) => sampleFlow({ id, server: { address, port: 5432 } })
    first.batch(1, [flow('a', '10.244.2.2'), flow('b', '172.17.0.9')])
    await first.acknowledged(1)
    const servers = running.controller.dataFlows().map(({ server }) => server.id)
    assert.deepEqual(servers.toSorted(), ['172.17.0.9:5432', 'containerd:db-0'])
  })
})

suite('certificates', { concurrency: true, timeout: 60_000 }, () => {
  test('of nodes and controller are made anew in time, and no connection is cut', async (t) => {
    const certificateMs = 9_000
    const running = await startController(t, { nodes: { certificateMs } })
    const node = await joinAs(running, 'node-1')
    const { identity, folder, controller } = node
    const log: string[] = []
    const link = new NodeLink({ controller, identity, folder, log: (_level, text) => log.push(text) })
    const { uplink } = uplinkOver(t, link)
    await uplink.start()
    const [{ since }] = running.controller.enforcers()
    const shown = await controllerCertificate(controller, identity.authority)
    const renewals = () => log.filter((text) => text.includes('is renewed')).length
    await eventually(() => renewals() >= 1, 'the certificate is renewed', 30_000)
    await eventually(
      async () => (await controllerCertificate(controller, identity.authority)) !== shown,
      'the controller shows another certificate',
      30_000,
    )
    assert.equal(running.controller.enforcers()[0].since, since, 'it is the same connection')
    uplink.close()
    const renewed = new IdentityFile(folder).load() ?? identity
    assert.notEqual(renewed.key, identity.key)
    // Whoever has a copy of what was before is found out once the new one was used.
    const client = await EnforcerClient.join(() => connectAs(controller, renewed), { enforcer: 'node-1' })
    client.destroy()
    const old = await lastWords(connectAs(controller, identity))
    assert.match(old.code ?? '', /^NODE_CERTIFICATE_(?:REPLACED|INVALID)$/)
    const audit = await auditOf(running)
    assert.ok(audit.includes('node joinNode node-1'), audit.join())
    assert.ok(audit.includes('node renewNode node-1'), audit.join())
    assert.ok(audit.includes('pavise renewController controller'), audit.join())
  })
})

/** Fingerprint of what it shows now. */
async function controllerCertificate(controller: ControllerAddress, authority: string): Promise<string> {
  const socket = connectNode({ ...controller, authority, protocol: nodeProtocols.join })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerX509Certificate() ?? { fingerprint256: '' }
  socket.destroy()
  return fingerprint256
}
