// Entry of a worker thread.
import { workerData } from 'node:worker_threads'
import { InspectionLoop } from './inspection-loop.ts'
import type { WorkerData } from './worker-messages.ts'

new InspectionLoop(workerData as WorkerData).run()
process.exit()
