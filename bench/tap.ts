import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Wakeup } from '../src/kernel/poller.ts'
import { BenchNetwork, SERVER_ADDRESS } from './tap/network.ts'
import type { ReaderData, ReaderResult } from './tap/reader.ts'

/*
 * The tap under load: what it reads and decodes a second, and what is dropped, while what makes the load runs on the same
 * cores. Bulk is one TCP connection as fast as it goes, in packets of segmentation offload; small packets have 64 bytes
 * of payload. Takes root and ten seconds.
 */

const SECONDS = 2
const BLOCK_BYTES = 128 * 1024
const BLOCKS = 128
const here = import.meta.dirname

const SINK = `require('node:net').createServer((socket) => {
  let bytes = 0
  let reported = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes - reported > 5e7) process.stdout.write((reported = bytes) + '\\n')
  })
}).listen(7000, () => process.stdout.write('0\\n'))`
const SOURCE = `const socket = require('node:net').connect(7000, '${SERVER_ADDRESS}')
  const chunk = Buffer.alloc(1 << 20, 'x')
  const write = () => { while (socket.write(chunk)); socket.once('drain', write) }
  socket.on('connect', write)`

export async function run(): Promise<void> {
  if (process.geteuid?.() !== 0) {
    console.log('skipped: network namespaces take root')
    return
  }
  const network = new BenchNetwork()
  try {
    const bulk = () => startBulk(network)
    const small = async () =>
      void network.start(network.client, join(here, 'tap/flood.ts'), `${network.clientInterface}`)
    await measure(network, { name: 'bulk, no tap', readers: 0, load: bulk })
    await measure(network, { name: 'bulk, one thread', readers: 1, load: bulk })
    await measure(network, { name: 'small packets, one thread', readers: 1, load: small })
    await measure(network, { name: 'small packets, two threads that share them', readers: 2, load: small })
  } finally {
    await network.remove()
  }
}

/** Resolves once the connection is there. @returns what the receiver has received, in bytes */
async function startBulk(network: BenchNetwork): Promise<() => number> {
  const server = network.start(network.server, '-e', SINK)
  let received = 0
  server.stdout?.on('data', (text: Buffer) => (received = Number(text.toString().trim().split('\n').at(-1))))
  if (server.stdout !== null) await once(server.stdout, 'data')
  network.start(network.client, '-e', SOURCE)
  return () => received
}

interface Case {
  name: string
  readers: number
  load: () => Promise<(() => number) | void>
}

async function measure(network: BenchNetwork, { name, readers, load }: Case): Promise<void> {
  const received = await load()
  // Until what starts has started.
  await delay(500)
  const wakeup = Wakeup.create()
  try {
    const running = await Promise.all(
      Array.from({ length: readers }, () => startReader(network, { wakeupFd: wakeup.fd, isOneOf: readers })),
    )
    const [began, before] = [performance.now(), received?.() ?? 0]
    await delay(SECONDS * 1000)
    wakeup.signal()
    const seconds = (performance.now() - began) / 1000
    const transferred =
      received === undefined ? '' : `, ${gigabits((received() - before) / seconds)} transferred`
    const results = await Promise.all(running.map((reader) => reader.result))
    report(`${name}${transferred}`, seconds, results)
  } finally {
    wakeup.close()
    await network.endAll()
  }
}

async function startReader(
  network: BenchNetwork,
  { wakeupFd, isOneOf }: { wakeupFd: number; isOneOf: number },
) {
  const group = isOneOf > 1 ? { fanoutGroup: 1 } : {}
  const tap = { netnsPath: `/run/netns/${network.server}`, blockBytes: BLOCK_BYTES, blocks: BLOCKS, ...group }
  const workerData: ReaderData = { tap, wakeupFd }
  const worker = new Worker(new URL('tap/reader.ts', import.meta.url), { workerData, execArgv: [] })
  await once(worker, 'message')
  return { result: once(worker, 'message').then(([message]) => message as ReaderResult) }
}

function report(name: string, seconds: number, results: ReaderResult[]): void {
  if (results.length === 0) return console.log(name)
  const sum = (of: (result: ReaderResult) => number) =>
    results.reduce((total, result) => total + of(result), 0)
  const [packets, dropped, busy] = [sum((r) => r.packets), sum((r) => r.dropped), sum((r) => r.busySeconds)]
  const rate = `${(packets / seconds / 1000).toFixed(0)} k packets/s (${gigabits(sum((r) => r.bytes) / seconds)})`
  const lost = `${dropped} dropped (${((100 * dropped) / (packets + dropped)).toFixed(2)} %)`
  const cost = `${((busy * 1e9) / packets).toFixed(0)} ns a packet with decoding, ${((100 * busy) / seconds).toFixed(0)} % of a core`
  console.log(`${name}: ${rate}, ${lost}, ${cost}`)
  if (sum((r) => r.decoded) < packets)
    throw new Error(`only ${sum((r) => r.decoded)} of ${packets} were decoded`)
}

function gigabits(bytesPerSecond: number): string {
  return `${((bytesPerSecond * 8) / 1e9).toFixed(1)} Gbit/s`
}

if (import.meta.main) await run()
