import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { SetPlan } from '../../src/scan/compile/set-plan.ts'
import { keepYoungGenerationSmall } from '../../src/lib/young-generation.ts'

/** What inspecting a capture took, on one thread, from reading the file to the findings of each flow. */
export interface InspectionCost {
  packets: number
  bytes: number
  flows: number
  findings: number
  attacks: number
  threats: number
  ms: number
  /** Memory of this process when a quarter of the file was read, and at its end. */
  quarterRssBytes: number
  endRssBytes: number
  /** What the program holds of it then: objects and buffers. The rest is what V8 keeps for later. */
  quarterHeldBytes: number
  endHeldBytes: number
}

/** @param isCollected memory is looked at after a garbage collection, which takes time that is counted */
export async function inspectFile(path: string, isCollected: boolean): Promise<InspectionCost> {
  // As `pavise inspect` does, before anything is loaded, and with what it keeps between runs.
  keepYoungGenerationSmall()
  const { captureBufferBytes, readCaptureFile } = await import('../../src/cli/inspect/capture-file.ts')
  const { Engine } = await import('../../src/inspect/engine.ts')
  const { builtInProtocols } = await import('../../src/inspect/protocols.ts')
  const { keptBetweenRuns } = await import('../../src/lib/file-cache.ts')
  const { compileRecognisers } = await import('../../src/personal-data/compile.ts')
  const { builtInRecognisers } = await import('../../src/personal-data/recognisers/index.ts')
  const { planMakers } = await import('../../src/scan/compile/set-plan.ts')
  const { ScanMemory } = await import('../../src/scan/scan-memory.ts')
  const memory = new ScanMemory()
  const buffer = memory.allocate(captureBufferBytes)
  const plans = keptBetweenRuns<SetPlan>('sets', planMakers)
  const detector = compileRecognisers(builtInRecognisers, memory, { plans })
  let flows = 0
  let findings = 0
  let attacks = 0
  let threats = 0
  let quarter: NodeJS.MemoryUsage | undefined
  const engine = new Engine(
    { protocols: builtInProtocols, detector, hashKey: randomBytes(32), seed: [1, 2] },
    {
      flow: (view) => {
        flows++
        findings += view.findings().length
      },
      // They are looked for where somebody wants them, as `pavise inspect` does.
      attack: () => void attacks++,
      threat: () => void threats++,
    },
  )
  let end: NodeJS.MemoryUsage | undefined
  const began = performance.now()
  await readCaptureFile(path, buffer, engine, (read, size) => {
    const isQuarter = quarter === undefined && read * 4 >= size
    if (isCollected && (isQuarter || read === size)) collectGarbage()
    if (isQuarter) quarter = process.memoryUsage()
    if (read === size) end = process.memoryUsage()
  })
  engine.close()
  const ms = performance.now() - began
  const { packets, bytes } = engine.counters
  return {
    ...{ packets, bytes, flows, findings, attacks, threats, ms },
    quarterRssBytes: quarter?.rss ?? 0,
    endRssBytes: end?.rss ?? 0,
    quarterHeldBytes: heldBytes(quarter),
    endHeldBytes: heldBytes(end),
  }
}

function heldBytes(usage: NodeJS.MemoryUsage | undefined): number {
  return (usage?.heapUsed ?? 0) + (usage?.arrayBuffers ?? 0)
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
}

// Started by bench/inspect.ts, in a process of its own so that its memory can be told.
if (process.argv[2] !== undefined && import.meta.main) {
  console.log(JSON.stringify(await inspectFile(process.argv[2], process.argv[3] === 'collected')))
}
