import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { NodeLink } from '../../src/enforcer/uplink/node-link.ts'
import { Outbox } from '../../src/enforcer/uplink/outbox.ts'
import { Uplink } from '../../src/enforcer/uplink/uplink.ts'
import { silentLog } from '../../src/lib/log.ts'
import { sampleFlow } from '../records.ts'
import { hello } from './enforcer-client.ts'
import { eventually, temporaryFolder } from './fixture.ts'
import { type JoinedNode, joinedNode } from './joined-node.ts'
import type { LoadReport } from './load-controller.ts'

const flowsPerRound = 1_000
const rounds = 2

/** Starts a controller on that folder, where one may have been killed before, and makes tokens. */
async function startController(t: TestContext, folder: string, tokens: number) {
  const child = fork(new URL('./load-controller.ts', import.meta.url), [folder, '0', `${tokens}`])
  t.after(() => child.kill('SIGKILL'))
  for (;;) {
    const [report] = (await once(child, 'message')) as [LoadReport]
    if (report.port !== undefined) return { child, port: report.port, tokens: report.tokens ?? [] }
  }
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** The enforcer's own part of the connection, as it runs on a node. */
function uplinkOf(t: TestContext, { identity, folder, controller }: JoinedNode) {
  const outbox = new Outbox()
  const uplink = new Uplink({
    ...{ outbox, link: new NodeLink({ controller, identity, folder, log: silentLog }), log: silentLog },
    hello: { ...hello, enforcer: identity.name, run: `run of ${identity.name}` },
    workloads: () => [],
    enforced: () => ({ policy: null, quarantined: [] }),
    receive: () => false,
    captures: () => undefined,
    peers: () => undefined,
    kill: ({ order }) => ({ order, outcome: 'gone', detail: 'nothing runs here' }),
  })
  t.after(() => uplink.close())
  void uplink.start()
  return { outbox, uplink, name: identity.name }
}

function addFlows({ outbox, uplink, name }: ReturnType<typeof uplinkOf>, round: number): void {
  for (let i = 0; i < flowsPerRound; i++) {
    const flow = sampleFlow({ id: `${name}-${round}-${i}` })
    outbox.add({ recordId: flow.recordId, text: JSON.stringify(flow) })
  }
  uplink.wake()
}

test(
  'kill -9 of controller and node while they talk: nothing that was acknowledged is lost, nothing is there twice',
  { timeout: 120_000 },
  async (t) => {
    const folder = temporaryFolder(t)
    let running = await startController(t, folder, 3)
    // The address is the node's to follow: after a kill the controller has another port here.
    const controller = { host: '127.0.0.1', port: running.port }
    const [one, two, doomed] = await Promise.all(
      running.tokens.map((token, index) =>
        joinedNode({ name: `node-${index}`, token, controller, in: folder }),
      ),
    )
    const uplinks = [one, two].map((node) => uplinkOf(t, node))
    const node = fork(new URL('./killed-node.ts', import.meta.url), [doomed.folder, `${running.port}`])
    t.after(() => node.kill('SIGKILL'))
    let acknowledged = 0
    node.on('message', (sequence: number) => (acknowledged = sequence))
    await eventually(() => acknowledged >= 20, 'the node that is to be killed is acknowledged', 30_000)
    await killed(node)

    for (let round = 0; round < rounds; round++) {
      for (const each of uplinks) addFlows(each, round)
      await eventually(
        () => uplinks.some(({ outbox }) => outbox.sent.length > 0 || outbox.isEmpty),
        'batches are under way',
        30_000,
      )
      await killed(running.child)
      running = await startController(t, folder, 0)
      controller.port = running.port
    }
    await eventually(() => uplinks.every(({ outbox }) => outbox.isEmpty), 'all is acknowledged', 60_000)
    await killed(running.child)

    const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
    const count = (like: string) =>
      database.prepare('SELECT COUNT(*) AS n FROM flows WHERE id LIKE ?').get(like)?.n as number
    for (const { name } of uplinks) assert.equal(count(`${name}-%`), rounds * flowsPerRound, name)
    assert.ok(count('killed-%') >= acknowledged, `${count('killed-%')} of ${acknowledged}`)
    database.close()
  },
)
