import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WorkloadProtection, WorkloadState } from '../../src/model/enforcer-messages.ts'
import type {
  AttackRecord,
  CoverageRecord,
  FlowRecord,
  ProcessRecord,
  ViolationRecord,
} from '../../src/model/records.ts'
import type { Mode } from '../../src/policy/definition.ts'
import { enforcementState } from '../../src/kernel/netfilter/enforcement-state.ts'
import { eventually, startController, temporaryFolder, type Running } from '../controller/fixture.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

/** A controller of this process, and an enforcer as a program of its own. */
export class EnforcedLab {
  readonly running: Running
  readonly #folder: string
  readonly #options: string[]
  #child: ChildProcess | undefined
  #errors = ''

  private constructor(running: Running, folder: string, options: string[]) {
    this.running = running
    this.#folder = folder
    this.#options = options
  }

  /** @param options - of `pavise enforcer`: which engines it looks at */
  static async start(t: Pick<TestContext, 'after'>, options: string[]): Promise<EnforcedLab> {
    const running = await startController(t)
    const lab = new EnforcedLab(running, join(temporaryFolder(t), 'state'), options)
    t.after(() => lab.kill())
    lab.startEnforcer()
    return lab
  }

  startEnforcer(): void {
    const args = [
      'enforcer',
      '--socket',
      this.running.socketPath,
      '--state-dir',
      this.#folder,
      ...this.#options,
    ]
    const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()))
    this.#child = child
  }

  /** State folder of the enforcer. */
  get folder(): string {
    return this.#folder
  }

  /** What the enforcer wrote for people. */
  get errors(): string {
    return this.#errors
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Ends the enforcer without giving it time for anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it as a service manager does. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Rules as YAML, which take the place of those before. */
  async apply(text: string): Promise<void> {
    const by = { author: 'a test', reason: 'a test' }
    const texts = [{ name: 'rules.yaml', text }]
    await this.running.controller.policy.apply({ ...by, texts, only: true, dryRun: false })
  }

  /** Of the network of all groups that rules give none; programs and files are left alone. */
  async mode(newServiceMode: Mode): Promise<void> {
    const settings = { newServiceMode, newServiceProfileMode: 'Discover' } as const
    await this.running.controller.policy.setSettings(settings, { author: 'a test', reason: 'a test' })
  }

  /** Resolves when the enforcer goes by the policy that holds. */
  async current(): Promise<void> {
    const { controller } = this.running
    await this.#until(
      () => controller.enforcers().some(({ policyIsCurrent }) => policyIsCurrent === true),
      'the policy is enforced',
    )
  }

  /** Resolves when a workload is protected in this way. */
  async protected(
    id: string,
    kind: WorkloadProtection['kind'],
    failOpen?: boolean,
  ): Promise<WorkloadProtection> {
    let found: WorkloadProtection | undefined
    await this.#until(async () => {
      const { items } = await this.running.store.workloads({ limit: 100, running: true })
      const state = items.find((item) => item.state.workload.id === id)?.state
      const { protection = { kind: 'none' } } = state ?? {}
      found = state === undefined ? undefined : protection
      const isSettled = kind !== 'held' || protection.afterMs !== undefined
      return found?.kind === kind && isSettled && (failOpen === undefined || protection.failOpen === failOpen)
    }, `${id} is protected: ${kind}`)
    return found as WorkloadProtection
  }

  /** Resolves when the packets of the workload of this name are held. */
  async held(name: string): Promise<WorkloadState> {
    let found: WorkloadState | undefined
    await this.#until(
      async () => {
        const { items } = await this.running.store.workloads({ limit: 100, running: true })
        found = items.find(({ state }) => state.workload.name === name)?.state
        return found?.protection?.kind === 'held' && found.protection.afterMs !== undefined
      },
      `${name} is held`,
      () => JSON.stringify(found, null, 1),
    )
    return found as WorkloadState
  }

  /** Resolves with all workloads, those that have ended too, once they are as wanted. */
  async workloads(wanted: (all: WorkloadState[]) => boolean): Promise<WorkloadState[]> {
    let all: WorkloadState[] = []
    await this.#until(
      async () => {
        all = (await this.running.store.workloads({ limit: 100 })).items.map(({ state }) => state)
        return wanted(all)
      },
      'the workloads are told',
      () => JSON.stringify(all, null, 1),
    )
    return all
  }

  /** Resolves when the packets of a workload are read. */
  async seen(id: string): Promise<void> {
    await this.#until(async () => {
      const { items } = await this.running.store.workloads({ limit: 100, running: true })
      return items.some(({ state }) => state.workload.id === id && state.coverage === 'seen')
    }, `${id} is seen`)
  }

  /** Resolves when somebody serves the queue of a namespace. */
  async served(path: string): Promise<void> {
    await this.#until(() => enforcementState(path)?.isServed === true, `the queue of ${path} is served`)
  }

  /** Resolves with the violations once they are as wanted. */
  async violations(wanted: (all: ViolationRecord[]) => boolean): Promise<ViolationRecord[]> {
    let all: ViolationRecord[] = []
    await this.#until(
      async () => wanted((all = await this.#violations())),
      'the violations are told',
      () => JSON.stringify(all, null, 1),
    )
    return all
  }

  async #violations(): Promise<ViolationRecord[]> {
    const { items } = await this.running.store.incidents({ limit: 500, type: 'violation' })
    return items.filter((item) => item.type === 'violation')
  }

  /** Resolves with what was told of programs once that is as wanted. */
  async processes(wanted: (all: ProcessRecord[]) => boolean): Promise<ProcessRecord[]> {
    let all: ProcessRecord[] = []
    const look = async () => {
      const { items } = await this.running.store.incidents({ limit: 500, type: 'process' })
      return wanted((all = items.filter((item) => item.type === 'process')))
    }
    await this.#until(look, 'the programs are told', () => JSON.stringify(all, null, 1))
    return all
  }

  /** Resolves with the attacks once they are as wanted. */
  async attacks(wanted: (all: AttackRecord[]) => boolean): Promise<AttackRecord[]> {
    let all: AttackRecord[] = []
    await this.#until(
      async () => {
        const { items } = await this.running.store.incidents({ limit: 500, type: 'attack' })
        return wanted((all = items.filter((item) => item.type === 'attack')))
      },
      'the attacks are told',
      () => JSON.stringify(all, null, 1),
    )
    return all
  }

  async coverage(wanted: (all: CoverageRecord[]) => boolean): Promise<CoverageRecord[]> {
    let all: CoverageRecord[] = []
    await this.#until(
      async () => wanted((all = (await this.running.store.coverage({ limit: 500 })).items)),
      'the gaps are told',
      () => JSON.stringify(all, null, 1),
    )
    return all
  }

  async flows(wanted: (all: FlowRecord[]) => boolean): Promise<FlowRecord[]> {
    let all: FlowRecord[] = []
    await this.#until(
      async () => wanted((all = (await this.running.store.flows({ limit: 500 })).items)),
      'the flows are told',
      () => JSON.stringify(all, null, 1),
    )
    return all
  }

  async #until(condition: () => boolean | Promise<boolean>, what: string, shown = () => ''): Promise<void> {
    await eventually(condition, what, 60_000).catch((error: Error) => {
      throw new Error(`${error.message}\n${shown()}\n${this.#errors}`)
    })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    if (child.signalCode === 'SIGKILL') return // By an engine that ends what names its folder.
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `The enforcer ended by itself, with ${child.exitCode ?? child.signalCode}\n${this.#errors}`,
      )
    const ended = once(child, 'close')
    child.kill(signal)
    await ended
  }
}
