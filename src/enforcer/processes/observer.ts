// Entry of the observing thread.
import { workerData } from 'node:worker_threads'
import { ObserverLoop } from './observer-loop.ts'
import type { ObserverData } from './observer-messages.ts'

new ObserverLoop(workerData as ObserverData).run()
process.exit()
