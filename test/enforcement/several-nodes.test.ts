import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CaptureList } from '../../src/api/contract/capture-operations.ts'
import type { NewJoinToken, NodeList } from '../../src/api/contract/node-operations.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ViolationRecord } from '../../src/model/records.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces } from '../enforcer/pavise-up.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'
import { pavise } from '../support/pavise-command.ts'
import { answers, toServer, web } from './lab-scripts.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))
/** On a machine that has much other work. */
const startMs = 60_000

/** A program with what it writes for people. */
function start(t: TestContext, args: string[]) {
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  t.after(() => killed(child))
  return { child, errors: () => errors }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** `pavise controller` on a state folder, once nodes can connect. */
async function startController(t: TestContext, state: string) {
  const program = start(t, ['controller', '--state-dir', state, '--port', '0', '--listen', '127.0.0.1:0'])
  const port = () => /Nodes connect at 127\.0\.0\.1:(\d+)/.exec(program.errors())?.[1]
  await eventually(() => port() !== undefined, 'nodes can connect', startMs)
  return { ...program, port: port() ?? '' }
}

/** A machine: namespaces of its own, and an enforcer that joins. Names and addresses are the same on each. */
async function startNode(t: TestContext, name: string, controller: { state: string; port: string }) {
  const lab = new NetworkLab(t)
  const [client, server] = [lab.add('client'), lab.add('server')]
  await lab.start(server, web)
  const made = await pavise('controller', 'join-token', '--json', '--state-dir', controller.state)
  const { token } = JSON.parse(made.output) as NewJoinToken
  const folder = join(temporaryFolder(t), name)
  mkdirSync(folder)
  const reach = ['--controller', `127.0.0.1:${controller.port}`, '--join', token, '--name', name]
  const program = start(t, ['enforcer', ...reach, '--state-dir', folder, ...onlyNamespaces(lab.folder)])
  const ask = (port: number) => answers(lab, client, `http://${server.address}:${port}`)
  return { ...program, name, lab, ask, id: (workload: string) => `netns:${name}/${workload}` }
}

suite('several machines with one controller', { skip: needsRoot, timeout: 180_000 }, () => {
  test('each reports for itself, obeys the one policy, and keeps it where the controller is gone', async (t) => {
    const state = join(temporaryFolder(t), 'state')
    const { port, child } = await startController(t, state)
    const nodes = await Promise.all(['node-a', 'node-b'].map((name) => startNode(t, name, { state, port })))
    const [a, b] = nodes
    const api = new LocalApi(state)
    const workloads = async () =>
      (await api.get<{ items: WorkloadState[] }>('/api/v1/workloads?running=true&limit=100')).items
    const isSeen = (states: WorkloadState[], id: string) =>
      states.some(({ workload, coverage }) => workload.id === id && coverage === 'seen')
    await eventually(
      async () => {
        const states = await workloads()
        return nodes.every(({ id }) => isSeen(states, id('client')) && isSeen(states, id('server')))
      },
      'the workloads of both are seen',
      startMs,
    )

    // What is asked of one workload is done on its own node, and there only.
    const order = { workload: b.id('server'), seconds: 120, reason: 'a test' }
    await api.send('POST', '/api/v1/captures', order)
    let files: CaptureList['files'] = []
    await eventually(
      async () => {
        for (const { ask } of nodes) assert.deepEqual(await ask(80), ['welcome'])
        files = (await api.get<CaptureList>('/api/v1/captures')).files
        return files.length > 0
      },
      'packets are recorded',
      startMs,
    )
    assert.deepEqual([...new Set(files.map(({ enforcer }) => enforcer))], ['node-b'])

    const rules = join(temporaryFolder(t), 'rules.yaml')
    writeFileSync(rules, toServer('action: allow, ports: tcp/80'))
    const applied = await pavise('policy', 'apply', rules, '--reason', 'a test', '--state-dir', state)
    assert.equal(applied.code, 0, applied.errors)
    for (const group of ['nv.client.default', 'nv.server.default']) {
      const by = ['--reason', 'a test', '--state-dir', state]
      const mode = await pavise('policy', 'mode', group, 'Protect', ...by)
      assert.equal(mode.code, 0, mode.errors)
    }
    await eventually(
      async () => {
        const states = await workloads()
        const isHeld = ({ id }: (typeof nodes)[number]) =>
          states.some(
            ({ workload, protection }) => workload.id === id('client') && protection?.kind === 'held',
          )
        const { items } = await api.get<NodeList>('/api/v1/nodes')
        return nodes.every(isHeld) && items.every(({ policyIsCurrent }) => policyIsCurrent === true)
      },
      'both go by the policy, and hold the packets of the client',
      startMs,
    )
    const refused = /ECONN|silence/
    for (const { ask } of nodes) assert.match((await ask(8080))[0], refused)
    await eventually(
      async () => {
        const { items } = await api.get<{ items: ViolationRecord[] }>('/api/v1/violations?limit=100')
        return nodes.every(({ id }) => items.some(({ workload }) => workload === id('client')))
      },
      'both tell of what they refused',
      startMs,
    )

    const removed = await pavise('nodes', 'remove', 'node-b', '--reason', 'a test', '--state-dir', state)
    assert.match(removed.output, /node-b is removed/)
    await eventually(() => b.errors().includes('NODE_UNKNOWN'), 'it is told', startMs)
    const { items } = await api.get<NodeList>('/api/v1/nodes')
    assert.deepEqual(
      items.map(({ name, connected, policyIsCurrent }) => [name, connected, policyIsCurrent]),
      [['node-a', true, true]],
    )
    assert.ok((await workloads()).every(({ workload }) => !workload.id.startsWith('netns:node-b/')))

    await killed(child)
    await eventually(() => a.errors().includes('the controller is gone'), 'it is noticed', startMs)
    for (const { ask } of nodes) assert.match((await ask(8080))[0], refused, 'the last policy holds')
  })
})
