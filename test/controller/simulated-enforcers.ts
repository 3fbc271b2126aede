import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { wireLimits, type ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { at, sampleFinding, sampleFlow } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { type JoinedNode, joinedNode } from './joined-node.ts'
import type { LoadReport } from './load-controller.ts'

/** What enforcers send together, each one batch a second. */
export interface SimulatedLoad {
  enforcers: number
  findingsPerSecond: number
  seconds: number
}

/** What a controller in a process of its own said of itself while it took that. */
export interface LoadResult {
  findingsPerSecond: number
  /** In MiB, every 250 ms. */
  rss: number[]
  /** Values of findings that it counted. */
  counted: number
  /** Seconds of processor time, from when all had joined on. */
  controllerCpu: number
  enforcersCpu: number
  /** How long lists took meanwhile, in ms. */
  lists: number[]
}

const flowsPerBatch = 10
const joinedAtOnce = 10

/** Makes nodes join a controller of their own over TLS, and sends; the store is `store.db` in the folder. */
export async function simulate(folder: string, load: SimulatedLoad): Promise<LoadResult> {
  const child = fork(new URL('./load-controller.ts', import.meta.url), [folder, '0', `${load.enforcers}`])
  try {
    return await simulateAt(child, folder, load)
  } finally {
    child.kill('SIGKILL')
  }
}

async function simulateAt(child: ChildProcess, folder: string, load: SimulatedLoad): Promise<LoadResult> {
  const rss: number[] = []
  const lists: number[] = []
  let counted = 0
  let cpu = 0
  child.on('message', (message: LoadReport) => {
    if (message.rss !== undefined) rss.push(message.rss / 2 ** 20)
    if (message.listMs !== undefined) lists.push(message.listMs)
    counted = message.counted ?? counted
    cpu = message.cpu ?? cpu
  })
  const nodes = await joinAll(folder, await tokensOf(child))
  const [cpuBefore, ownBefore, began] = [cpu, process.cpuUsage(), performance.now()]
  await Promise.all(nodes.map((node, index) => send(node, index, load)))
  const seconds = (performance.now() - began) / 1000
  const own = process.cpuUsage(ownBefore)
  child.send('finish')
  await once(child, 'close')
  return {
    findingsPerSecond: (load.seconds * load.findingsPerSecond) / seconds,
    ...{ rss, lists, counted },
    controllerCpu: cpu - cpuBefore,
    enforcersCpu: (own.user + own.system) / 1e6,
  }
}

/** What a second brings at one enforcer: new flows, and for each its findings. */
function batch(enforcer: string, sequence: number, findingsPerFlow: number): ObservedRecord[] {
  const records: ObservedRecord[] = []
  for (let i = 0; i < flowsPerBatch; i++) {
    const id = `${enforcer}-${sequence}-${i}`
    const end = at(sequence)
    records.push(sampleFlow({ id, end, server: { address: `192.0.2.${i}`, port: 443 } }))
    for (let field = 0; field < findingsPerFlow; field++) {
      records.push(sampleFinding({ flow: id, field: `http.body $.items[${field}]`, last: end }))
    }
  }
  return records
}

/** Sends at its pace, and no more at once than the wire allows; resolves when all is acknowledged. */
async function send({ identity, connect }: JoinedNode, index: number, load: SimulatedLoad): Promise<void> {
  const { enforcers, findingsPerSecond, seconds } = load
  const findingsPerFlow = findingsPerSecond / enforcers / flowsPerBatch
  const enforcer = identity.name
  const client = await EnforcerClient.join(connect, { enforcer, run: `run-${index}` })
  const started = performance.now() + (index * 1_000) / enforcers
  for (let sequence = 1; sequence <= seconds; sequence++) {
    await pause(Math.max(0, started + (sequence - 1) * 1_000 - performance.now()))
    if (sequence > wireLimits.batchesInFlight) {
      await client.acknowledged(sequence - wireLimits.batchesInFlight)
    }
    client.batch(sequence, batch(enforcer, sequence, findingsPerFlow))
  }
  await client.acknowledged(seconds)
}

async function tokensOf(child: ChildProcess): Promise<Required<Pick<LoadReport, 'port' | 'tokens'>>> {
  for (;;) {
    const [{ port, tokens }] = (await once(child, 'message')) as [LoadReport]
    if (port !== undefined && tokens !== undefined) return { port, tokens }
  }
}

/** Each a machine that joins by itself, with a key of its own; some at a time, for here they have one processor for all. */
async function joinAll(
  folder: string,
  { port, tokens }: { port: number; tokens: string[] },
): Promise<JoinedNode[]> {
  const controller = { host: '127.0.0.1', port }
  const nodes: JoinedNode[] = []
  for (let from = 0; from < tokens.length; from += joinedAtOnce) {
    const some = tokens.slice(from, from + joinedAtOnce)
    const joining = some.map((token, index) =>
      joinedNode({ name: `node-${from + index}`, token, controller, in: folder }),
    )
    nodes.push(...(await Promise.all(joining)))
  }
  return nodes
}
