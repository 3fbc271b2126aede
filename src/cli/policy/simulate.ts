import { randomBytes } from 'node:crypto'
import { Engine } from '../../inspect/engine.ts'
import type { FlowView } from '../../inspect/flow-view.ts'
import { builtInProtocols } from '../../inspect/protocols.ts'
import { ExitCode } from '../../lib/errors.ts'
import { formatAddress } from '../../lib/ip.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { keepYoungGenerationSmall } from '../../lib/young-generation.ts'
import { compileRecognisers } from '../../personal-data/compile.ts'
import { builtInRecognisers } from '../../personal-data/recognisers/index.ts'
import { Policy } from '../../policy/policy.ts'
import { assignedEnds, Simulation } from '../../policy/simulation.ts'
import { ScanMemory } from '../../scan/scan-memory.ts'
import { captureBufferBytes, readCaptureFile } from '../inspect/capture-file.ts'
import { ProgressBar } from '../inspect/progress-bar.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { assignedGroups } from './assigned-groups.ts'
import { loadPolicy } from './load.ts'
import { SeenNames } from './seen-names.ts'
import { simulationLines, simulationRecords } from './simulation-report.ts'

export interface SimulateFlags {
  policy: string[]
  from: string[]
  assign?: string[]
  json: boolean
}

/** @returns 1 where something that was seen would be denied, 3 where a capture could not be read to its end. */
export async function simulatePolicy(flags: SimulateFlags): Promise<ExitCode> {
  const definition = loadPolicy(flags.policy)
  const assigned = assignedGroups(flags.assign ?? [], definition)
  keepYoungGenerationSmall()
  const run = new SimulationRun(new Simulation(new Policy(definition), { find: assignedEnds(assigned) }))
  for (const file of flags.from) await run.read(file)
  return run.finish(flags.json)
}

class SimulationRun {
  readonly #simulation: Simulation
  readonly #memory = new ScanMemory()
  readonly #buffer = this.#memory.allocate(captureBufferBytes)
  readonly #names = new SeenNames()
  readonly #progress = new ProgressBar(process.stderr)
  readonly #engine: Engine
  #isIncomplete = false

  constructor(simulation: Simulation) {
    this.#simulation = simulation
    const seed = randomBytes(8)
    this.#engine = new Engine(
      {
        protocols: builtInProtocols,
        detector: compileRecognisers(builtInRecognisers, this.#memory),
        hashKey: randomBytes(32),
        seed: [seed.readUInt32LE(0), seed.readUInt32LE(4)],
      },
      {
        flow: (view) => this.#flow(view),
        named: (_, name, address) => this.#names.learn(formatAddress(address), name),
      },
    )
  }

  async read(file: string): Promise<void> {
    const progress = (read: number, size: number) => this.#progress.show(file, read, size)
    const problem = await readCaptureFile(file, this.#buffer, this.#engine, progress)
    this.#progress.clear()
    if (problem === undefined) return
    this.#isIncomplete = true
    process.stderr.write(`${file}: incomplete at byte ${problem.offset}: ${problem.reason}\n`)
  }

  async finish(json: boolean): Promise<ExitCode> {
    this.#engine.close()
    const output = new LineOutput(process.stdout)
    const lines = json
      ? simulationRecords(this.#simulation, this.#isIncomplete).map((record) => toJsonText(record))
      : simulationLines(
          this.#simulation,
          styleFor(process.stdout.isTTY, process.env),
          process.stdout.columns ?? 160,
        )
    for (const line of lines) output.line(line)
    await output.end()
    if (this.#isIncomplete) return ExitCode.incomplete
    return this.#simulation.counts.denied > 0 ? ExitCode.findings : ExitCode.clean
  }

  #flow(view: FlowView): void {
    const record = view.record()
    const isPartial = view.conversation === undefined || record.state === 'midstream'
    const serverNames = this.#names.of(record.server.address)
    this.#simulation.flow({ record, findings: view.findings(), isPartial, serverNames })
  }
}
