// Entry of the gate's thread.
import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { GateLoop } from './gate-loop.ts'
import type { GateData } from './gate-messages.ts'
import { processLimits } from './limits.ts'

try {
  // Of this thread alone: containers wait for it, however busy they keep the machine.
  setPriority(processLimits.gatePriority)
} catch {
  // It is slower then.
}
new GateLoop(workerData as GateData).run()
process.exit()
