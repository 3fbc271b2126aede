import { randomBytes } from 'node:crypto'
import { captureBufferBytes, readCaptureFile } from '../../src/cli/inspect/capture-file.ts'
import { Engine } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { compileRecognisers } from '../../src/personal-data/compile.ts'
import { builtInRecognisers } from '../../src/personal-data/recognisers/index.ts'
import { keepYoungGenerationSmall } from '../../src/lib/young-generation.ts'
import { ScanMemory } from '../../src/scan/scan-memory.ts'

/** What inspecting a capture took, on one thread, from reading the file to the findings of each flow. */
export interface InspectionCost {
  packets: number
  bytes: number
  flows: number
  findings: number
  ms: number
  /** Memory of this process when a quarter of the file was read, and at its end. */
  quarterRssBytes: number
  endRssBytes: number
}

export async function inspectFile(path: string): Promise<InspectionCost> {
  keepYoungGenerationSmall()
  const memory = new ScanMemory()
  const buffer = memory.allocate(captureBufferBytes)
  const detector = compileRecognisers(builtInRecognisers, memory)
  let flows = 0
  let findings = 0
  let quarterRssBytes = 0
  const engine = new Engine(
    { protocols: builtInProtocols, detector, hashKey: randomBytes(32), seed: [1, 2] },
    {
      flow: (view) => {
        flows++
        findings += view.findings().length
      },
    },
  )
  let endRssBytes = 0
  const began = performance.now()
  await readCaptureFile(path, buffer, engine, (read, size) => {
    if (quarterRssBytes === 0 && read * 4 >= size) quarterRssBytes = process.memoryUsage.rss()
    if (read === size) endRssBytes = process.memoryUsage.rss()
  })
  engine.close()
  const ms = performance.now() - began
  const { packets, bytes } = engine.counters
  return { packets, bytes, flows, findings, ms, quarterRssBytes, endRssBytes }
}

// Started by bench/inspect.ts, in a process of its own so that its memory can be told.
if (process.argv[2] !== undefined && import.meta.main) {
  console.log(JSON.stringify(await inspectFile(process.argv[2])))
}
