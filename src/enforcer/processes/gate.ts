// Entry of the gate's thread.
import { workerData } from 'node:worker_threads'
import { GateLoop } from './gate-loop.ts'
import type { GateData } from './gate-messages.ts'

new GateLoop(workerData as GateData).run()
process.exit()
