import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { ContainedFiles } from '../../kernel/contained-files.ts'
import { PermissionGate } from '../../kernel/permission-gate.ts'
import { Wakeup } from '../../kernel/poller.ts'
import type { Mount } from '../../kernel/mountinfo.ts'
import { containerOfCgroup } from '../../runtimes/cgroup.ts'
import { readProcess } from '../../runtimes/processes.ts'
import type { Profile } from '../../policy/processes/profile.ts'
import { type ContainerFiles, readContainerFiles } from './container-files.ts'
import { Pulse } from './gate-loop.ts'
import type {
  GateData,
  GateOrder,
  GateReport,
  GuardedContainer,
  OpenObservation,
  ProgramObservation,
} from './gate-messages.ts'
import { processLimits } from './limits.ts'

export interface GateListener {
  observed(observations: ProgramObservation[]): void
  opened(observations: OpenObservation[]): void
  /** Something was let through because it could not be decided. */
  undecided(detail: string): void
  /** From now on nothing is held back: the gate is open for good. */
  failed(detail: string): void
}

/** What of a container is guarded, and what of it could not be. */
export interface Guarding {
  files: ContainerFiles
  container: GuardedContainer
  /** Mounts from which programs run unseen, and why. */
  unguarded: { point: string; detail: string }[]
}

/**
 * The gate through which the programs of containers go: a thread that answers, and the marks that make the kernel ask. Where the thread
 * ends or does not answer in time, the gate is opened: whoever waits goes on.
 */
export class ProcessGate {
  readonly #programs: PermissionGate
  /** Marked by whoever knows which folders rules speak of. */
  readonly files: PermissionGate
  readonly #wakeup = Wakeup.create()
  readonly #port: MessagePort
  readonly #thread: Worker
  readonly #pulse: Int32Array
  readonly #listener: GateListener
  readonly #watchdog: NodeJS.Timeout
  readonly #stopped = Promise.withResolvers<void>()
  #lastTurn = -1
  #stuckSince = 0
  #isOpen = false

  /** @throws {KernelError} where this kernel or the privileges do not allow it */
  constructor(listener: GateListener) {
    this.#listener = listener
    this.#programs = PermissionGate.open('execute')
    this.files = PermissionGate.open('open')
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const pulse = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
    this.#pulse = new Int32Array(pulse)
    const data: GateData = {
      port: port2,
      wakeupFd: this.#wakeup.fd,
      programs: this.#programs.fd,
      files: this.files.fd,
      pulse,
    }
    this.#thread = new Worker(new URL('gate.ts', import.meta.url), {
      workerData: data,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: processLimits.youngGenerationMiB },
    })
    this.#thread.on('error', (error: Error) => this.#open(error.message))
    this.#thread.on('exit', (code) => this.#open(`exit code ${code}`))
    port1.on('message', (report: GateReport) => this.#take(report))
    this.#watchdog = setInterval(() => this.#look(), processLimits.watchdogMs)
  }

  /**
   * From its return on every program of the container goes through the gate.
   * @returns undefined where the container's files are our own
   * @throws where its first process has ended, or nothing of it can be watched
   */
  guard(workload: string, pid: number, startedAt: number, profile: Profile): Guarding | undefined {
    const files = readContainerFiles(pid, startedAt)
    if (files === undefined) return undefined
    const { mounts, devices, image, users } = files
    const ids = (some: readonly Mount[]) => some.map(({ id }) => id)
    const own = new Set(devices)
    const container: GuardedContainer = {
      workload,
      container: containerOfCgroup(readProcess(pid, 'cgroup') ?? '')?.id,
      pid,
      mounts: ids(mounts),
      ownMounts: ids(mounts.filter(({ device }) => own.has(device))),
      devices,
      image,
      users,
      profile,
    }
    this.#order({ kind: 'guard', container })
    return { files, container, unguarded: this.#mark(pid, files) }
  }

  setProfile(workload: string, profile: Profile): void {
    this.#order({ kind: 'profile', workload, profile })
  }

  setFolders(workload: string, folders: ReadonlyMap<string, readonly string[]>): void {
    this.#order({ kind: 'folders', workload, folders })
  }

  /** Marks end with the mounts of the container. */
  forget(workload: string): void {
    this.#order({ kind: 'forget', workload })
  }

  /** Resolves when the last observations have been told. */
  async stop(): Promise<void> {
    this.#isOpen = true
    clearInterval(this.#watchdog)
    const timer = setTimeout(this.#stopped.resolve, processLimits.stopMs)
    this.#order({ kind: 'stop' })
    await this.#stopped.promise
    clearTimeout(timer)
    this.#programs.close()
    this.files.close()
    await this.#thread.terminate()
    this.#port.close()
    this.#wakeup.close()
  }

  #mark(pid: number, { mounts, devices }: ContainerFiles): Guarding['unguarded'] {
    const unguarded: Guarding['unguarded'] = []
    const own = new Set(devices)
    const files = new ContainedFiles(pid)
    try {
      for (const { point, device } of mounts) {
        try {
          const isMarked = files.at(point, (fd) => {
            if (own.has(device)) this.#programs.markFilesystem(fd)
            else this.#programs.markMount(fd)
            return true
          })
          if (isMarked !== true) throw files.lastError(point)
        } catch (error) {
          unguarded.push({ point, detail: (error as Error).message })
        }
      }
    } finally {
      files.close()
    }
    return unguarded
  }

  #order(order: GateOrder): void {
    this.#port.postMessage(order)
    this.#wakeup.signal()
  }

  #take(report: GateReport): void {
    if (report.kind === 'observed') this.#listener.observed(report.observations)
    else if (report.kind === 'opened') this.#listener.opened(report.observations)
    else if (report.kind === 'undecided') this.#listener.undecided(report.detail)
    else if (report.kind === 'stopped') this.#stopped.resolve()
    else this.#open(report.detail)
  }

  /** A thread that is at work in the same turn for too long holds everybody back. */
  #look(): void {
    const turn = Atomics.load(this.#pulse, Pulse.turns)
    const now = performance.now()
    const isBusy = Atomics.load(this.#pulse, Pulse.isBusy) === 1
    if (!isBusy || turn !== this.#lastTurn) this.#stuckSince = now
    this.#lastTurn = turn
    if (now - this.#stuckSince >= processLimits.stuckMs) this.#open('it did not answer in time')
  }

  #open(detail: string): void {
    this.#stopped.resolve()
    if (this.#isOpen) return
    this.#isOpen = true
    clearInterval(this.#watchdog)
    this.#programs.close()
    this.files.close()
    this.#listener.failed(detail)
  }
}
