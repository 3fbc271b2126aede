import { randomBytes } from 'node:crypto'
import { keptBetweenRuns } from '../../lib/file-cache.ts'
import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type {
  AttackRecord,
  PaviseRecord,
  PersonalDataRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import { Engine, type EngineOptions, type ObservationSink } from '../../inspect/engine.ts'
import type { FlowView } from '../../inspect/flow-view.ts'
import { PolicyTrial } from '../../inspect/policy-trial.ts'
import { builtInProtocols } from '../../inspect/protocols.ts'
import { compileSensors } from '../../personal-data/compile.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { ScanMemory } from '../../scan/scan-memory.ts'
import { loadSignatures } from '../rules-option.ts'
import { loadSecLang } from '../seclang-option.ts'
import { loadSensors } from '../sensors-option.ts'
import { threatSettings } from '../threats-option.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import type { UserRuleSets } from '../../inspect/attacks/user-rules.ts'
import { captureBufferBytes, readCaptureFile } from './capture-file.ts'
import { ProgressBar } from './progress-bar.ts'
import { InspectReport } from './report.ts'
import { Tally } from './tally.ts'
import { planMakers } from '../../scan/compile/set-plan.ts'

export interface InspectOptions {
  json: boolean
  failOn: 'none' | 'clear' | 'any'
  sensors?: string[]
  seclang?: string[]
  rules?: string[]
  threat?: string[]
  policy?: string[]
  assign?: string[]
}

/** Inspects capture files one after the other, as one stream of packets. */
export async function runInspect(files: string[], options: InspectOptions): Promise<ExitCode> {
  const live = options.policy === undefined ? undefined : await loadLivePolicy(options.policy, options.assign)
  const sensors = await loadSensors(options.sensors)
  const { rules: secLang } = await loadSecLang(options.seclang)
  const { signatures } = await loadSignatures(options.rules)
  const rules = { ...(secLang && { secLang }), ...(signatures && { signatures }) }
  const run = new InspectRun(options, { sensors, live, rules })
  for (const file of files) await run.read(file)
  return run.finish(files)
}

/** @throws PolicyError where a rule or an assignment cannot be. */
async function loadLivePolicy(
  paths: readonly string[],
  assigned: readonly string[] = [],
): Promise<LivePolicy> {
  const { loadPolicy } = await import('../policy/load.ts')
  const { assignedGroups } = await import('../policy/assigned-groups.ts')
  const { LivePolicy } = await import('../../policy/live/live-policy.ts')
  const definition = loadPolicy(paths)
  const live = new LivePolicy(definition)
  for (const [address, group] of assignedGroups(assigned, definition)) live.assign(address, group)
  return live
}

/** Flows told of before whoever reads the output has its turn. */
const flowsAtOnce = 256

/** What is looked for beside what is built in. */
interface InspectRules {
  sensors: SensorDefinitions
  live: LivePolicy | undefined
  rules: UserRuleSets
}

class InspectRun {
  readonly #options: InspectOptions
  readonly #memory = new ScanMemory()
  readonly #tally = new Tally()
  readonly #report = new InspectReport()
  readonly #output = new LineOutput(process.stdout)
  readonly #engine: Engine
  /** Where there is a policy. */
  readonly #trial: PolicyTrial | undefined
  readonly #buffer: Uint8Array
  readonly #progress = new ProgressBar(process.stderr)
  #hasFailed = false

  constructor(options: InspectOptions, { sensors, live, rules }: InspectRules) {
    this.#options = options
    this.#buffer = this.#memory.allocate(captureBufferBytes)
    const seed = randomBytes(8)
    const sink: ObservationSink = {
      flow: (view) => this.#flow(view),
      threat: (record) => this.#threat(record),
      attack: (record) => this.#attack(record),
    }
    const engineOptions: EngineOptions = {
      protocols: builtInProtocols,
      detector: compileSensors(sensors, this.#memory, { plans: keptBetweenRuns('sets', planMakers) }),
      hashKey: randomBytes(32),
      threats: threatSettings(options.threat),
      rules,
      seed: [seed.readUInt32LE(0), seed.readUInt32LE(4)],
    }
    this.#trial = live === undefined ? undefined : new PolicyTrial({ ...engineOptions, live }, sink)
    this.#engine = this.#trial?.engine ?? new Engine(engineOptions, sink)
  }

  async read(file: string): Promise<void> {
    const progress = (read: number, size: number) => this.#progress.show(file, read, size)
    const problem = await readCaptureFile(file, this.#buffer, this.#trial ?? this.#engine, progress)
    this.#progress.clear()
    if (problem === undefined) return
    const { offset, reason } = problem
    this.#tally.incomplete.push({ file, offset, reason })
    process.stderr.write(`${file}: incomplete at byte ${offset}: ${reason}\n`)
  }

  async finish(files: string[]): Promise<ExitCode> {
    while (!this.#engine.closeSome(flowsAtOnce)) await this.#output.drained()
    this.#trial?.close((record) => this.#violation(record))
    const summary = this.#tally.summary(files, this.#engine)
    if (this.#options.json) this.#output.line(toJsonText(summary))
    else {
      const style = styleFor(process.stdout.isTTY, process.env)
      const width = process.stdout.columns ?? 160
      for (const line of this.#report.lines(summary, style, width)) this.#output.line(line)
    }
    await this.#output.end()
    if (this.#tally.incomplete.length > 0) return ExitCode.incomplete
    return this.#hasFailed ? ExitCode.findings : ExitCode.clean
  }

  #flow(view: FlowView): void {
    const { flows } = this.#engine
    this.#tally.flow(view, flows.start(view.flow), flows.last(view.flow))
    const findings = view.findings()
    for (const finding of findings) this.#tally.finding(finding)
    if (this.#options.json) this.#emit(view, findings)
    else if (findings.length > 0) this.#report.add(view.record(), findings)
    if (findings.length > 0) this.#judge(view)
  }

  #violation(record: ViolationRecord): void {
    this.#tally.violation(record)
    if (this.#options.json) this.#output.line(toJsonText(record))
    else this.#report.violation(record)
    if (this.#options.failOn !== 'none') this.#hasFailed = true
  }

  #attack(record: AttackRecord): void {
    this.#tally.attack(record)
    if (this.#options.json) this.#output.line(toJsonText(record))
    else this.#report.attack(record)
    if (this.#options.failOn !== 'none') this.#hasFailed = true
  }

  #threat(record: ThreatRecord): void {
    this.#tally.threat(record)
    if (this.#options.json) this.#output.line(toJsonText(record))
    else this.#report.threat(record)
    if (this.#options.failOn !== 'none' && record.severity !== 'info') this.#hasFailed = true
  }

  #emit(view: FlowView, findings: PersonalDataRecord[]): void {
    const records: PaviseRecord[] = [view.record(), ...findings]
    for (const record of records) this.#output.line(toJsonText(record))
  }

  #judge(view: FlowView): void {
    const { failOn } = this.#options
    if (failOn === 'none' || (failOn === 'clear' && view.conversation?.encrypted === true)) return
    this.#hasFailed = true
  }
}
