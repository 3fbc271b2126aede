import { once } from 'node:events'
import { join } from 'node:path'
import { Controller } from '../../src/controller/controller.ts'
import { silentLog } from '../../src/lib/log.ts'
import { defaultRetention } from '../../src/store/limits.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { openLedger } from './fixture.ts'

/** A controller in a process of its own, which tells its memory to its parent. Argument: the state folder. */
const folder = process.argv[2]
const store = await SqliteStore.open(join(folder, 'store.db'))
const controller = await Controller.start({
  store,
  socketPath: join(folder, 'controller.sock'),
  hashKey: 'ab'.repeat(32),
  retention: defaultRetention,
  ledger: await openLedger(folder, store),
  log: silentLog,
})
const report = setInterval(() => process.send?.({ rss: process.memoryUsage.rss() }), 250)
process.send?.({ rss: process.memoryUsage.rss() })

await once(process, 'message')
clearInterval(report)
const counted = controller.dataFlows().flatMap((flow) => flow.carried)
process.send?.({ counted: counted.reduce((sum, data) => sum + data.count, 0) })
await controller.close()
await store.close()
process.disconnect()
