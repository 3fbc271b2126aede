import { once } from 'node:events'
import { join } from 'node:path'
import { Controller } from '../../src/controller/controller.ts'
import { silentLog } from '../../src/lib/log.ts'
import { defaultRetention } from '../../src/store/limits.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { openLedger } from './fixture.ts'

export interface LoadReport {
  rss?: number
  /** Seconds of processor time so far, of all its threads. */
  cpu?: number
  /** How long a page of a list took with its total, as somebody reads it meanwhile. */
  listMs?: number
  /** Values of findings that were counted, at the end. */
  counted?: number
  /** Of the port for nodes. */
  port?: number
  /** For as many nodes as were asked for. */
  tokens?: string[]
}

/**
 * A controller in a process of its own, which tells its memory to its parent. Arguments: the state folder, the port for nodes, and
 * for how many nodes it makes tokens.
 */
const [folder, port, tokens] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const tell = (report: LoadReport) => process.send?.(report)
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const store = await SqliteStore.open(join(folder, 'store.db'))
const controller = await Controller.start({
  store,
  socketPath: join(folder, 'controller.sock'),
  nodes: { host: '127.0.0.1', port, folder: join(folder, 'nodes') },
  hashKey: 'ab'.repeat(32),
  retention: defaultRetention,
  ledger: await openLedger(folder, store),
  log: silentLog,
})
const report = setInterval(() => tell({ rss: process.memoryUsage.rss(), cpu: cpuSeconds() }), 250)
const reading = setInterval(() => {
  const began = performance.now()
  const query = { limit: 100, total: true, search: 'items', encrypted: false }
  void store.findings(query).then(() => tell({ listMs: performance.now() - began }))
}, 500)
const made: string[] = []
while (made.length < tokens) made.push((await controller.nodes?.makeToken('test', 3_600_000))?.token ?? '')
tell({ port: controller.nodes?.port ?? 0, tokens: made })

await once(process, 'message')
clearInterval(report)
clearInterval(reading)
tell({ cpu: cpuSeconds() })
const counted = controller.dataFlows().flatMap((flow) => flow.carried)
tell({ counted: counted.reduce((sum, data) => sum + data.count, 0) })
await controller.close()
await store.close()
process.disconnect()
