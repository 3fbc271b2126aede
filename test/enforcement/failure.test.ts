import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { suite, test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { enforcementState } from '../../src/kernel/netfilter/enforcement-state.ts'
import { eventually } from '../controller/fixture.ts'
import { onlyNamespaces } from '../enforcer/pavise-up.ts'
import { type LabNode, needsRoot, NetworkLab } from '../support/network-lab.ts'
import { EnforcedLab } from './enforced-lab.ts'
import { answers, toServer, web, workloadId } from './lab-scripts.ts'

/** What the client's group does while it cannot be inspected. */
const closed = `---
apiVersion: pavise.dev/v1
kind: Protection
metadata: {name: closed}
spec: {groups: [nv.client.default], onFailure: closed}
`

const isolate = `---
apiVersion: pavise.dev/v1
kind: ResponseRule
metadata: {name: isolate}
spec:
  event: security-event
  groups: [nv.client.default]
  conditions: [{type: name, value: Network.Violation}]
  actions: [quarantine]
`

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

/** How often the enforcer is killed under traffic; more in a long run. */
const kills = Number(process.env.PAVISE_TEST_KILLS ?? 5)

async function protectedLab(t: TestContext, rules: string) {
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(server, web)
  const enforced = await EnforcedLab.start(t, onlyNamespaces(lab.folder))
  await enforced.apply(rules)
  await enforced.mode('Protect')
  await enforced.protected(workloadId(client), 'held')
  await enforced.protected(workloadId(server), 'held')
  const url = (port = 80) => `http://${server.address}:${port}`
  return { lab, server, client, enforced, url }
}

const isFreeOfRules = ({ path }: LabNode) => enforcementState(path) === undefined

suite('when inspection fails', { skip: needsRoot }, () => {
  test('an enforcer that is killed leaves workloads reachable, and takes over when it is back', async (t) => {
    const { lab, client, enforced, url } = await protectedLab(t, toServer('action: allow, ports: tcp/80'))
    await enforced.kill()
    // What addresses alone tell the kernel still refuses.
    assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
    enforced.startEnforcer()
    await enforced.coverage((all) =>
      all.some(({ reason, workload }) => reason === 'not-served' && workload === workloadId(client)),
    )
    await enforced.served(client.path)
    assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
  })

  test('where a group asks for it nothing passes while nobody inspects, and then what is allowed does again', async (t) => {
    const { lab, client, enforced, url } = await protectedLab(
      t,
      toServer('action: allow, ports: tcp/80') + closed,
    )
    const { failOpen } = await enforced.protected(workloadId(client), 'held')
    assert.equal(failOpen, false)
    assert.deepEqual(await answers(lab, client, url()), ['welcome'])
    await enforced.kill()
    assert.deepEqual(await answers(lab, client, url()), ['silence'])
    enforced.startEnforcer()
    await enforced.served(client.path)
    assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
  })

  test('the last policy holds without a controller, also for an enforcer that begins anew', async (t) => {
    const { lab, client, enforced, url } = await protectedLab(
      t,
      toServer('action: allow, ports: tcp/80') + closed,
    )
    await enforced.running.controller.close()
    assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
    await enforced.kill()
    assert.deepEqual(await answers(lab, client, url()), ['silence'])
    enforced.startEnforcer()
    await enforced.served(client.path)
    assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
  })

  test('an enforcer that is stopped leaves no rule', async (t) => {
    const { lab, server, client, enforced, url } = await protectedLab(
      t,
      toServer('action: allow, ports: tcp/80'),
    )
    await enforced.stop()
    assert.ok(isFreeOfRules(client) && isFreeOfRules(server))
    assert.deepEqual(await answers(lab, client, url(8080)), ['welcome'])
  })

  test('a group that leaves Protect has its rules taken away', async (t) => {
    const { lab, server, client, enforced, url } = await protectedLab(
      t,
      toServer('action: allow, ports: tcp/80'),
    )
    await enforced.mode('Monitor')
    await enforced.protected(workloadId(client), 'none')
    await enforced.protected(workloadId(server), 'none')
    assert.ok(isFreeOfRules(client) && isFreeOfRules(server))
    assert.deepEqual(await answers(lab, client, url(8080)), ['welcome'])
  })

  test('quarantine cuts a workload off, outlives the enforcer, and ends by hand', async (t) => {
    const { lab, client, enforced, url } = await protectedLab(t, toServer('action: allow, ports: tcp/80'))
    const { quarantine } = enforced.running.controller
    const began = performance.now()
    await quarantine.add(workloadId(client), 'a test')
    const deadline = began + 20_000
    while (enforcementState(client.path)?.isQuarantined !== true) {
      assert.ok(performance.now() < deadline, 'it is cut off')
      await delay(1)
    }
    t.diagnostic(`cut off after ${(performance.now() - began).toFixed(1)} ms`)
    assert.deepEqual(await answers(lab, client, url()), ['silence'])
    await enforced.stop()
    assert.deepEqual(await answers(lab, client, url()), ['silence'])
    enforced.startEnforcer()
    await enforced.protected(workloadId(client), 'quarantine')
    await quarantine.release(workloadId(client))
    await enforced.protected(workloadId(client), 'held')
    assert.deepEqual(await answers(lab, client, url()), ['welcome'])

    // The same by a rule: what the client is refused cuts it off.
    await enforced.apply(toServer('action: allow, ports: tcp/80') + isolate)
    const refused = answers(lab, client, url(8080))
    await eventually(() => enforcementState(client.path)?.isQuarantined === true, 'it is cut off')
    const cutOffAt = Date.now()
    assert.deepEqual(await refused, ['ECONNREFUSED'])
    const { responses } = enforced.running.controller
    await eventually(async () => (await responses.outcomes(1)).length > 0, 'what came of it is on record')
    const [{ at, rule, outcome }] = await responses.outcomes(1)
    assert.deepEqual([rule, outcome], ['ResponseRule/isolate', 'done'])
    t.diagnostic(`cut off ${cutOffAt - Date.parse(at)} ms after the rule decided`)
    assert.deepEqual(await answers(lab, client, url()), ['silence'])
  })

  test('what a crash left is told by pavise doctor, and removed by its --repair, but for a quarantine', async (t) => {
    const { server, client, enforced } = await protectedLab(t, toServer('action: allow, ports: tcp/80'))
    await enforced.running.controller.quarantine.add(workloadId(server), 'a test')
    await enforced.protected(workloadId(server), 'quarantine')
    const of = ['--json', '--namespace', server.path, client.path]
    assert.match(
      doctor(...of),
      /"about":"rules","state":"ok","found":"1 network namespaces held, 1 in quarantine"/,
    )
    await enforced.kill()
    assert.match(doctor(...of), /"about":"rules","state":"limited"/)
    doctor('--repair', ...of)
    assert.ok(isFreeOfRules(client) && !isFreeOfRules(server))
    doctor('--repair', 'quarantine', ...of)
    assert.ok(isFreeOfRules(server))
  })

  test('killed again and again under traffic it neither cuts what is allowed nor lets through what is not once it is back', async (t) => {
    const { lab, client, server, enforced, url } = await protectedLab(
      t,
      toServer('action: allow, ports: tcp/80'),
    )
    await lab.start(
      server,
      `require('node:net').createServer((socket) => socket.pipe(socket).on('error', () => undefined))
         .listen(7777, '::', () => console.log('listening'))`,
    )
    await enforced.apply(toServer('action: allow, ports: "tcp/80,tcp/7777"'))
    await enforced.current()
    const long = await lab.start(client, pulse(server.address))
    for (let kill = 0; kill < kills; kill++) {
      await delay(Math.random() * 300)
      await enforced.kill()
      assert.deepEqual(await answers(lab, client, url()), ['welcome'])
      const began = performance.now()
      enforced.startEnforcer()
      await enforced.served(client.path)
      await enforced.served(server.path)
      const tookMs = performance.now() - began
      t.diagnostic(`took over after ${tookMs.toFixed(0)} ms`)
      assert.deepEqual(await answers(lab, client, url(), url(8080)), ['welcome', 'ECONNREFUSED'])
    }
    const told = once(long.stdout as Readable, 'data')
    long.kill('SIGTERM')
    const [beats, outcome] = String(await told)
      .trim()
      .split(' ')
    assert.equal(outcome, 'open')
    assert.ok(Number(beats) > 20, `${beats} answers over one connection`)
    await enforced.stop()
    assert.ok(isFreeOfRules(client) && isFreeOfRules(server))
  })
})

function doctor(...args: string[]): string {
  return spawnSync(process.execPath, [launcher, 'doctor', ...args], { encoding: 'utf8' }).stdout
}

/** Speaks over one connection until it is ended, and prints then how often it was answered and how the connection fared. */
function pulse(host: string): string {
  return `
    const socket = require('node:net').connect(7777, '${host}', () => console.log('connected'))
    let beats = 0
    let state = 'open'
    socket.on('data', () => beats++).on('error', ({ code }) => (state = code)).on('close', () => (state === 'open' ? (state = 'closed') : 0))
    setInterval(() => socket.write('beat'), 50)
    process.on('SIGTERM', () => { console.log(beats + ' ' + state); process.exit() })`
}
